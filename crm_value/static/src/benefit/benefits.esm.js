import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

// The benefits of a tier on a record: what applies, what does not, and why.
export class ValueBenefits extends Component {
    static template = "crm_value.ValueBenefits";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
    }

    get benefits() {
        return this.props.record.data[this.props.name];
    }

    async apply(code) {
        const {record} = this.props;
        if (!(await record.save())) {
            return;
        }
        await this.orm.call(record.resModel, "action_apply_benefit", [
            [record.resId],
            code,
        ]);
        await record.load();
    }
}

registry.category("fields").add("value_benefits", {
    component: ValueBenefits,
    supportedTypes: ["json"],
});
