import {RecordField} from "../core/record_field.esm";
import {_t} from "@web/core/l10n/translation";
import {formatScore} from "../core/format.esm";
import {registry} from "@web/core/registry";

// How loyal a customer is: what it does, what it says, and by what.
export class ValueLoyalty extends RecordField {
    static template = "crm_value.ValueLoyalty";

    /** What the two scores mean, and from which number on they are high. */
    get behaviourText() {
        if (this.loyalty.behaviour_text) {
            return this.loyalty.behaviour_text;
        }
        const cut = formatScore(this.loyalty.behaviour_cut);
        return _t("mean of the known ranks; high from %s", cut);
    }

    get attitudeText() {
        const text = this.loyalty.attitude_text;
        const cut = formatScore(this.loyalty.attitude_cut);
        return _t("%(answered)s; high from %(cut)s", {answered: text, cut});
    }

    get loyalty() {
        return this.value;
    }
}

registry.category("fields").add("value_loyalty", {
    component: ValueLoyalty,
    supportedTypes: ["json"],
});
