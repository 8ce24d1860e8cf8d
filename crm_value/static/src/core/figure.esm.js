import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const isKnown = (value) => typeof value === "number";
const oneDigit = (value) => formatFloat(value, {digits: [16, 1]});

export const formatScore = (value) => (isKnown(value) ? oneDigit(value) : "");
export const formatShare = (value) =>
    isKnown(value) ? _t("%s %", oneDigit(100 * value)) : "";
export const formatShortShare = (value) => {
    const digits = {digits: [16, 1], trailingZeros: false};
    return isKnown(value) ? _t("%s %", formatFloat(100 * value, digits)) : "";
};
export const formatSigned = (value) => {
    if (!isKnown(value)) {
        return "";
    }
    const rounded = oneDigit(Math.abs(value));
    if (rounded === oneDigit(0)) {
        return rounded;
    }
    return (value > 0 ? "+" : "−") + rounded;
};

// A figure that can be unknown: blank in a list, said in words on a form.
class FigureField extends Component {
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
        return {"+": "up", "−": "down"}[sign] || "none";
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
