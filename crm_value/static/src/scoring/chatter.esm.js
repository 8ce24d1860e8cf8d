import {Chatter} from "@mail/chatter/web_portal/chatter";
import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

// Messages and activities of the contact behind a profile, which has none of its own.
export class ValueChatter extends Component {
    static template = "crm_value.ValueChatter";
    static components = {Chatter};
    static props = {...standardWidgetProps};

    get partner() {
        return this.props.record.data.partner_id;
    }
}

registry.category("view_widgets").add("value_chatter", {component: ValueChatter});
