import {RecordField} from "../core/record_field.esm";
import {registry} from "@web/core/registry";

// What is to be expected of a customer: in words, and as a product of its factors.
export class ValueOutlook extends RecordField {
    static template = "crm_value.ValueOutlook";

    get outlook() {
        return this.value;
    }
}

registry.category("fields").add("value_outlook", {
    component: ValueOutlook,
    supportedTypes: ["json"],
});
