import {RecordField} from "../core/record_field.esm";
import {registry} from "@web/core/registry";

// How satisfied a customer is, and what its contacts answered.
export class ValueSatisfaction extends RecordField {
    static template = "crm_value.ValueSatisfaction";

    get satisfaction() {
        return this.value;
    }
}

registry.category("fields").add("value_satisfaction", {
    component: ValueSatisfaction,
    supportedTypes: ["json"],
});
