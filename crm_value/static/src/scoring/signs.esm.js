import {RecordField} from "../core/record_field.esm";
import {registry} from "@web/core/registry";

// What is going wrong with a customer, in sentences.
export class ValueTroubles extends RecordField {
    static template = "crm_value.ValueTroubles";

    get troubles() {
        return (this.value || []).filter(({tone}) => tone);
    }
}

// What differs from the last month end, in words.
export class ValueChanges extends RecordField {
    static template = "crm_value.ValueChanges";
}

for (const [name, component] of [
    ["value_troubles", ValueTroubles],
    ["value_changes", ValueChanges],
]) {
    registry.category("fields").add(name, {component, supportedTypes: ["json"]});
}
