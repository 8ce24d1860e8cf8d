import {RecordField} from "../core/record_field.esm";
import {registry} from "@web/core/registry";

// How a customer pays: the grade, what it is made of, and how such grades did.
export class ValueCredit extends RecordField {
    static template = "crm_value.ValueCredit";
}

registry.category("fields").add("value_credit", {
    component: ValueCredit,
    supportedTypes: ["json"],
});
