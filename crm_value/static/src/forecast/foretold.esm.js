import {FigureField} from "../core/figure.esm";
import {formatChance, isKnown} from "../core/format.esm";
import {formatFloat, formatMonetary} from "@web/views/fields/formatters";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";

// A figure of the future as the server says it: rounded, with how sure it is. Lists sort
// and sum by the figure itself; the option names the field that holds the words.
class ForetoldField extends FigureField {
    static props = {...FigureField.props, words: String};

    // What is no amount may be told in words all the same.
    get isKnown() {
        return Boolean(this.text);
    }

    get text() {
        return this.props.record.data[this.props.words];
    }
}

/** A sum of nothing but unknown amounts is not known either. */
function formatWhole(value, {currencyId} = {}) {
    return isKnown(value) ? formatMonetary(value, {currencyId, digits: [16, 0]}) : "";
}

// An amount that was foretold and must add up: whole, as nobody knows its cents.
class WholeField extends FigureField {
    get text() {
        const currency = this.props.record.data.currency_id;
        return formatWhole(this.value, {currencyId: currency && currency.id});
    }
}

// That of the companies that are shown, none where they have several.
function ownCurrency() {
    const currencies = new Set(user.activeCompanies.map((each) => each.currency_id));
    return currencies.size === 1 && [...currencies][0];
}

function formatWholeTotal(value, {currencyId = ownCurrency()} = {}) {
    return formatWhole(value, {currencyId});
}

/** What a group brings together: it has no interval, and so two digits and "about". */
function formatAbout(value, format) {
    return isKnown(value)
        ? _t("about %(amount)s", {amount: format(Number(value.toPrecision(2)))})
        : "";
}

// In the currency of all companies.
const formatTotal = (value) => formatAbout(value, formatWholeTotal);

const formatCount = (value) =>
    formatAbout(value, (number) => formatFloat(number, {digits: [16, 0]}));

function addForetold(name, format) {
    registry.category("fields").add(name, {
        component: ForetoldField,
        supportedTypes: ["float", "monetary"],
        fieldDependencies: ({options}) => [{name: options.words, type: "char"}],
        extractProps: ({options, viewType}) => ({
            format: String,
            inForm: viewType === "form",
            words: options.words,
        }),
    });
    registry.category("formatters").add(name, format);
}

addForetold("value_foretold", formatTotal);
addForetold("value_foretold_count", formatCount);

registry.category("fields").add("value_whole", {
    component: WholeField,
    supportedTypes: ["float", "monetary"],
    fieldDependencies: [{name: "currency_id", type: "many2one"}],
    extractProps: ({viewType}) => ({format: String, inForm: viewType === "form"}),
});
registry.category("formatters").add("value_whole", formatWholeTotal);

registry.category("fields").add("value_chance", {
    component: FigureField,
    supportedTypes: ["float"],
    extractProps: ({viewType}) => ({format: formatChance, inForm: viewType === "form"}),
});
registry.category("formatters").add("value_chance", formatChance);
