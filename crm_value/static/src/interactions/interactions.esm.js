import {Component, onMounted, useState} from "@odoo/owl";
import {
    deserializeDate,
    deserializeDateTime,
    toLocaleDateString,
    toLocaleDateTimeString,
} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {openByKey} from "../core/key.esm";
import {useLoading} from "../core/loading.esm";
import {useService} from "@web/core/utils/hooks";

const ARROWS = {in: "fa-arrow-left", out: "fa-arrow-right"};

// What happened with a customer, newest first: a page at a time, filtered by a click.
export class Interactions extends Component {
    static template = "crm_value.Interactions";
    static props = {
        partnerId: Number,
        ticketId: {type: Number, optional: true},
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.openByKey = openByKey;
        this.shown = useState({
            lines: [],
            more: false,
            kinds: [],
            channels: [],
            prefers: null,
        });
        this.asked = useState({kind: null, channel: null});
        this.loading = useLoading(() => this.load());
        onMounted(() => this.loading.reload());
    }

    /** Ask for the first page. What was asked in between is answered by its own call. */
    async load() {
        const turn = (this.turn = {});
        const found = await this.fetch(null);
        if (turn === this.turn) {
            Object.assign(this.shown, found);
        }
    }

    async loadMore() {
        const {lines} = this.shown;
        const turn = (this.turn = {});
        const {lines: next, more} = await this.fetch(lines.at(-1).key);
        if (turn === this.turn) {
            Object.assign(this.shown, {lines: [...lines, ...next], more});
        }
    }

    fetch(before) {
        const {kind, channel} = this.asked;
        return this.orm.call("res.partner", "get_interactions", [
            [this.props.partnerId],
            before,
            kind && [kind],
            channel && [channel],
        ]);
    }

    choose(name, value) {
        this.asked[name] = this.asked[name] === value ? null : value;
        return this.loading.reload();
    }

    formatMoment(line) {
        return line.is_day
            ? toLocaleDateString(deserializeDate(line.date.slice(0, 10)))
            : toLocaleDateTimeString(deserializeDateTime(line.date));
    }

    arrow({direction}) {
        return ARROWS[direction];
    }

    sayDirection({direction}) {
        return direction === "in" ? _t("From the customer") : _t("From us");
    }

    sayKind({kind}) {
        return this.shown.kinds.find((one) => one.kind === kind)?.label;
    }

    async open(line) {
        const action = await this.orm.call(line.model, line.opens_by, [[line.id]]);
        return this.action.doAction(action);
    }

    note() {
        const {partnerId, ticketId} = this.props;
        const place = ticketId && {
            default_res_model: "helpdesk.ticket",
            default_res_id: ticketId,
        };
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                name: _t("Note a Contact"),
                res_model: "crm.value.contact.note",
                views: [[false, "form"]],
                target: "new",
                context: {default_partner_id: partnerId, ...place},
            },
            {onClose: () => this.loading.reload()}
        );
    }
}
