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

    get known() {
        return this.value.sides
            .flatMap(({side, parts}) => parts.map((part) => ({...part, side})))
            .filter(({score}) => this.isKnown(score));
    }

    /** What it brings today, but for what it costs. */
    get brought() {
        return this.known.filter((part) => part.side === "current" && !part.is_cost);
    }

    /** What it gets from us, and what serving it costs. */
    get gotten() {
        return this.known.filter(
            ({side, is_cost}) => side === "received" || (side === "current" && is_cost)
        );
    }
}

registry.category("fields").add("value_exchange", {
    component: ValueExchange,
    supportedTypes: ["json"],
});
