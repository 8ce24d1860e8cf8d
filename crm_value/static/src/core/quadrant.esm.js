import {Component} from "@odoo/owl";
import {formatSelection} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

// Told apart by the colour blind as well; in charts the shape says it once more.
// The colours are those of colors.scss.
export const QUADRANTS = {
    platinum: {paint: "total", shape: "rectRot"},
    gold: {paint: "second", shape: "circle"},
    iron: {paint: "plain", shape: "rect"},
    lead: {paint: "least", shape: "triangle"},
};

export class QuadrantField extends Component {
    static template = "crm_value.QuadrantField";
    static props = {...standardFieldProps, unknown: {type: Boolean, optional: true}};

    get value() {
        return this.props.record.data[this.props.name];
    }

    get label() {
        return formatSelection(this.value, {
            selection: this.props.record.fields[this.props.name].selection,
        });
    }
}

registry.category("fields").add("value_quadrant", {
    component: QuadrantField,
    supportedTypes: ["selection"],
    extractProps: ({options}) => ({unknown: options.unknown}),
});
