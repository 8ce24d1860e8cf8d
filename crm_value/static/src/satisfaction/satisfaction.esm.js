import {Component} from "@odoo/owl";
import {formatScore} from "../core/figure.esm";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

// How satisfied a customer is, and what its contacts answered.
export class ValueSatisfaction extends Component {
    static template = "crm_value.ValueSatisfaction";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.formatScore = formatScore;
    }

    get satisfaction() {
        return this.props.record.data[this.props.name];
    }

    isKnown(score) {
        return typeof score === "number";
    }

    async open(method, ...args) {
        const {resModel, resId} = this.props.record;
        const action = await this.orm.call(resModel, method, [[resId], ...args]);
        return this.action.doAction(action);
    }
}

registry.category("fields").add("value_satisfaction", {
    component: ValueSatisfaction,
    supportedTypes: ["json"],
});
