import {
    PercentageField,
    percentageField,
} from "@web/views/fields/percentage/percentage_field";
import {registry} from "@web/core/registry";
import {withPercent} from "./format.esm";

// A share as all our texts write it: as the language of the user does.
export class PercentField extends PercentageField {
    get formattedValue() {
        return withPercent(super.formattedValue.replace(/\s*%$/, ""));
    }
}

registry.category("fields").add("value_percent", {
    ...percentageField,
    component: PercentField,
});
