import {Component} from "@odoo/owl";
import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

// The stages a customer has gone through, in the order of time.
export class ValueTimeline extends Component {
    static template = "crm_value.ValueTimeline";
    static props = {...standardFieldProps};

    get stages() {
        return this.props.record.data[this.props.name] || [];
    }

    formatDate(date) {
        return formatDate(deserializeDate(date));
    }
}

registry.category("fields").add("value_timeline", {
    component: ValueTimeline,
    supportedTypes: ["json"],
});
