import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

// What is to be expected of a customer: in words, and as a product of its factors.
export class ValueOutlook extends Component {
    static template = "crm_value.ValueOutlook";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
    }

    get outlook() {
        return this.props.record.data[this.props.name];
    }

    async open(method, ...args) {
        const {resModel, resId} = this.props.record;
        const action = await this.orm.call(resModel, method, [[resId], ...args]);
        return this.action.doAction(action);
    }
}

registry.category("fields").add("value_outlook", {
    component: ValueOutlook,
    supportedTypes: ["json"],
});
