import {RecordField} from "../core/record_field.esm";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";

// How satisfied a customer is, and what its contacts answered.
export class ValueSatisfaction extends RecordField {
    static template = "crm_value.ValueSatisfaction";

    get satisfaction() {
        return this.value;
    }

    sayItems({items, mean}) {
        return _t("Questions: %(count)s, mean score %(mean)s of 100", {
            count: formatInteger(items),
            mean: this.formatScore(mean),
        });
    }
}

registry.category("fields").add("value_satisfaction", {
    component: ValueSatisfaction,
    supportedTypes: ["json"],
});
