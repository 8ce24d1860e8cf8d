import {PivotModel} from "@web/views/pivot/pivot_model";
import {pivotView} from "@web/views/pivot/pivot_view";
import {registry} from "@web/core/registry";

// A pivot in which a figure that is not known is an empty cell, on the screen and in
// the exported file, where Odoo writes FALSE.
export class ValuePivotModel extends PivotModel {
    _getMeasurements() {
        const measurements = super._getMeasurements(...arguments);
        for (const [name, value] of Object.entries(measurements)) {
            if (value === false) {
                delete measurements[name];
            }
        }
        return measurements;
    }
}

registry.category("views").add("value_pivot", {...pivotView, Model: ValuePivotModel});
