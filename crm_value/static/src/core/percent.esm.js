import {
    PercentageField,
    percentageField,
} from "@web/views/fields/percentage/percentage_field";
import {registry} from "@web/core/registry";

// A share as all our texts write it, with a space before the sign.
export class PercentField extends PercentageField {
    get formattedValue() {
        return super.formattedValue.replace(/\s*%$/, " %");
    }
}

registry.category("fields").add("value_percent", {
    ...percentageField,
    component: PercentField,
});
