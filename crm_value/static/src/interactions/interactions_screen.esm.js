import {Component} from "@odoo/owl";
import {Interactions} from "./interactions.esm";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

// The interactions with the customer of a contact or of a ticket, as a screen.
class InteractionsScreen extends Component {
    static template = "crm_value.InteractionsScreen";
    static components = {Interactions, Layout};
    static props = {...standardActionServiceProps};
    static displayName = _t("Interactions");

    setup() {
        this.display = {controlPanel: {}};
        // So that the address of the screen says whose interactions it shows.
        this.props.updateActionState?.(this.asked);
    }

    get asked() {
        const {partner_id: partner, ticket_id: ticket} = this.props.action.params;
        return {partner_id: Number(partner), ticket_id: Number(ticket) || undefined};
    }
}

// The same as a page of the customer's profile.
class InteractionsPage extends Component {
    static template = "crm_value.InteractionsPage";
    static components = {Interactions};
    static props = {...standardWidgetProps};

    get partnerId() {
        return this.props.record.data.partner_id.id;
    }
}

registry.category("actions").add("crm_value_interactions", InteractionsScreen);
registry
    .category("view_widgets")
    .add("value_interactions", {component: InteractionsPage});
