import {GraphRenderer} from "@web/views/graph/graph_renderer";
import {QUADRANTS} from "../quadrant.esm";
import {formatFloat} from "@web/views/fields/formatters";
import {graphView} from "@web/views/graph/graph_view";
import {onWillStart} from "@odoo/owl";
import {palette} from "../paint.esm";
import {registry} from "@web/core/registry";
import {stageColor} from "../../lifecycle/stage.esm";
import {useService} from "@web/core/utils/hooks";

// A graph in which quadrants and stages have their own colour, as everywhere else.
class ValueGraphRenderer extends GraphRenderer {
    setup() {
        super.setup();
        const orm = useService("orm");
        const paint = palette();
        const {quadrant} = this.model.metaData.fields;
        this.colors = Object.fromEntries(
            (quadrant ? quadrant.selection : []).map(([code, label]) => [
                label,
                paint[QUADRANTS[code].paint],
            ])
        );
        onWillStart(async () => {
            const stages = await orm.searchRead(
                "crm.value.stage",
                [],
                ["name", "color"]
            );
            for (const {name, color} of stages) {
                this.colors[name] = stageColor(color);
            }
        });
    }

    /** No decimals on counts and on amounts of a thousand and more. */
    formatValue(value, allIntegers, formatType) {
        if (formatType) {
            return super.formatValue(value, allIntegers, formatType);
        }
        const whole = Number.isInteger(value) || Math.abs(value) >= 1000;
        return formatFloat(value, {digits: [16, whole ? 0 : 2]});
    }

    getBarChartData() {
        const data = super.getBarChartData();
        for (const dataset of data.datasets) {
            dataset.backgroundColor =
                this.colors[dataset.label] || dataset.backgroundColor;
        }
        return data;
    }

    getLineChartData() {
        const data = super.getLineChartData();
        for (const dataset of data.datasets) {
            const color = this.colors[dataset.label];
            if (color) {
                dataset.borderColor = color;
                dataset.pointBackgroundColor = color;
                dataset.backgroundColor = `${color}66`;
            }
        }
        return data;
    }

    getPieChartData() {
        const data = super.getPieChartData();
        for (const dataset of data.datasets) {
            dataset.backgroundColor = dataset.backgroundColor.map(
                (color, index) => this.colors[data.labels[index]] || color
            );
            dataset.hoverBackgroundColor = dataset.backgroundColor;
        }
        return data;
    }
}

registry
    .category("views")
    .add("value_graph", {...graphView, Renderer: ValueGraphRenderer});
