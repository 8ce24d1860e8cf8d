import {FigureField} from "../core/figure.esm";
import {formatChance} from "../core/format.esm";
import {formatMonetary} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";

// A figure of the future as the server says it: rounded, with how sure it is. Lists sort
// and sum by the figure itself; the option names the field that holds the words.
class ForetoldField extends FigureField {
    static props = {...FigureField.props, words: String};

    get text() {
        return this.props.record.data[this.props.words];
    }
}

/** The total of a list, no sharper than its parts; in the currency of all companies. */
function formatTotal(value) {
    const currencies = new Set(user.activeCompanies.map((each) => each.currency_id));
    const [currencyId] = currencies.size === 1 ? currencies : [false];
    const rounded = Number((value || 0).toPrecision(3));
    return formatMonetary(rounded, {currencyId, digits: [16, 0]});
}

registry.category("fields").add("value_foretold", {
    component: ForetoldField,
    supportedTypes: ["float", "monetary"],
    fieldDependencies: ({options}) => [{name: options.words, type: "char"}],
    extractProps: ({options, viewType}) => ({
        format: String,
        inForm: viewType === "form",
        words: options.words,
    }),
});
registry.category("formatters").add("value_foretold", formatTotal);

registry.category("fields").add("value_chance", {
    component: FigureField,
    supportedTypes: ["float"],
    extractProps: ({viewType}) => ({format: formatChance, inForm: viewType === "form"}),
});
registry.category("formatters").add("value_chance", formatChance);
