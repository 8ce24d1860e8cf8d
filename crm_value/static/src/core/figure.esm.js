import {formatScore, formatShare, formatSigned, isKnown} from "./format.esm";
import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

// A figure that can be unknown: blank in a list, said in words on a form.
export class FigureField extends Component {
    static template = "crm_value.FigureField";
    static props = {...standardFieldProps, format: Function, inForm: Boolean};

    get value() {
        return this.props.record.data[this.props.name];
    }

    get isKnown() {
        return isKnown(this.value);
    }

    get text() {
        return this.props.format(this.value);
    }
}

class TrendField extends FigureField {
    static template = "crm_value.TrendField";
    static props = {...FigureField.props, inWords: {type: Boolean, optional: true}};

    get direction() {
        const sign = this.text.slice(0, 1);
        return {"+": "up", "-": "down"}[sign] || "none";
    }
}

function addFigure(name, format, definition) {
    registry.category("fields").add(name, {
        component: FigureField,
        supportedTypes: ["float"],
        extractProps: ({viewType}) => ({format, inForm: viewType === "form"}),
        ...definition,
    });
    registry.category("formatters").add(name, format);
}

addFigure("value_score", formatScore);
addFigure("value_share", formatShare);
addFigure("value_trend", formatSigned, {
    component: TrendField,
    extractProps: ({options, viewType}) => ({
        format: formatSigned,
        inForm: viewType === "form" && !options.in_words,
        inWords: options.in_words,
    }),
});
