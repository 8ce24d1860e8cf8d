import {Component, useState} from "@odoo/owl";
import {SelectCreateDialog} from "@web/views/view_dialogs/select_create_dialog";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

// Who calls, what is open and what can be done, above whatever the agent works on.
export class CallCards extends Component {
    static template = "crm_value.CallCards";
    static props = {};

    setup() {
        this.calls = useService("crm_value_call");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.orm = useService("orm");
        this.cards = useState(this.calls.cards);
    }

    get list() {
        return Object.values(this.cards);
    }

    title({state, direction}) {
        if (state === "ended") {
            return _t("Call ended");
        }
        if (state === "answered") {
            return _t("On the phone");
        }
        return direction === "out" ? _t("Calling") : _t("Incoming call");
    }

    async perform(card, method) {
        const action = await this.orm.call("crm.value.call", method, [[card.id]]);
        await this.action.doAction(action);
    }

    openTicket(ticket) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "helpdesk.ticket",
            res_id: ticket.id,
            views: [[false, "form"]],
        });
    }

    // No contact is made here: an agent names one that is there.
    search(card) {
        this.dialog.add(SelectCreateDialog, {
            title: _t("Who is calling?"),
            resModel: "res.partner",
            multiSelect: false,
            noCreate: true,
            onSelected: ([id]) => this.calls.choose(card.id, id),
        });
    }
}

registry
    .category("main_components")
    .add("crm_value_call_cards", {Component: CallCards});
