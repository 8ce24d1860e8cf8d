import {RecordField} from "../core/record_field.esm";
import {registry} from "@web/core/registry";

const CELLS = [
    ["much_little", "much_much"],
    ["little_little", "little_much"],
];

// What a customer brings (upwards) against what it gets from us (to the right).
export class ValueExchange extends RecordField {
    static template = "crm_value.ValueExchange";

    setup() {
        super.setup();
        this.cells = CELLS;
    }

    get exchange() {
        return this.value && this.value.exchange;
    }

    /** The known parts of what it brings today, and of what it gets. */
    parts(side) {
        const {parts = []} =
            this.value.sides.find((one) => one.side === side) || {};
        return parts.filter(({score}) => this.isKnown(score));
    }
}

registry.category("fields").add("value_exchange", {
    component: ValueExchange,
    supportedTypes: ["json"],
});
