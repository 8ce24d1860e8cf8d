import {Component} from "@odoo/owl";
import {getFormattedValue} from "@web/views/utils";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

// What a rule is about; where nothing is chosen, it says that all are meant.
export class OrAnyField extends Component {
    static template = "crm_value.OrAny";
    static props = {...standardFieldProps, placeholder: {type: String, optional: true}};

    get text() {
        const {record, name} = this.props;
        return record.data[name] ? getFormattedValue(record, name) : "";
    }
}

registry.category("fields").add("value_or_any", {
    component: OrAnyField,
    supportedTypes: ["many2one", "selection"],
    extractProps: ({placeholder}) => ({placeholder}),
});
