import {formatScore, formatSigned} from "../core/format.esm";
import {RecordField} from "../core/record_field.esm";
import {registry} from "@web/core/registry";

// The value score as steps: each part begins where the one before ends, and a click
// opens its documents.
export class ValueWaterfall extends RecordField {
    static template = "crm_value.ValueWaterfall";

    setup() {
        super.setup();
        Object.assign(this, {formatScore, formatSigned});
    }

    get steps() {
        const {sides = []} = this.value || {};
        let from = 0;
        return sides
            .filter(({share}) => this.isKnown(share))
            .flatMap(({side, share, parts}) =>
                parts
                    .filter(({points}) => this.isKnown(points))
                    .map((part) => ({...part, side, points: part.points * share}))
            )
            .map((part) => {
                const step = {...part, from};
                from += part.points;
                return step;
            });
    }

    barStyle({from, points}) {
        return `left: ${Math.max(from, 0)}%; width: ${Math.max(points, 0.5)}%;`;
    }
}

registry.category("fields").add("value_waterfall", {
    component: ValueWaterfall,
    supportedTypes: ["json"],
});
