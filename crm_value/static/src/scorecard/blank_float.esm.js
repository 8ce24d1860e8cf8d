import {FloatField, floatField} from "@web/views/fields/float/float_field";
import {registry} from "@web/core/registry";

// A number that can be taken back: what is emptied is not known, and no zero.
export class BlankFloatField extends FloatField {
    parse(value) {
        return String(value).trim() ? super.parse(value) : false;
    }
}

registry
    .category("fields")
    .add("value_blank_float", {...floatField, component: BlankFloatField});
