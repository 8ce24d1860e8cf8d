import {formatShare, formatShortShare} from "../core/format.esm";
import {RecordField} from "../core/record_field.esm";
import {ValueChange} from "./change.esm";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

// How a value score comes about: parts that add up, and the documents behind them.
export class ValueExplanation extends RecordField {
    static template = "crm_value.ValueExplanation";
    static components = {ValueChange};

    setup() {
        super.setup();
        Object.assign(this, {formatShare, formatShortShare});
    }

    get explanation() {
        return this.value;
    }

    sayMissing({missing}) {
        return missing ? _t("not known: %s", missing) : _t("not known");
    }

    get sides() {
        return this.explanation.sides.filter(
            (side) => side.parts.length && this.formula.length
        );
    }

    /** The sides that make up the value score. */
    get formula() {
        return this.explanation.sides.filter(({share}) => this.isKnown(share));
    }
}

registry.category("fields").add("value_explanation", {
    component: ValueExplanation,
    supportedTypes: ["json"],
});
