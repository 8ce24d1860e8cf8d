import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

// How likely a customer is not to buy again in time, with the reasons in their order.
export class ValueRisk extends Component {
    static template = "crm_value.ValueRisk";
    static props = {...standardFieldProps};

    get risk() {
        return this.props.record.data[this.props.name];
    }

    /** What makes it likelier, and what speaks against it. */
    get sides() {
        const of = (raises) => this.risk.reasons.filter((one) => one.raises === raises);
        return [
            {code: "raises", reasons: of(true)},
            {code: "lowers", reasons: of(false)},
        ].filter((side) => side.reasons.length);
    }
}

registry.category("fields").add("value_risk", {
    component: ValueRisk,
    supportedTypes: ["json"],
});
