import {GraphRenderer} from "@web/views/graph/graph_renderer";
import {QUADRANTS} from "../quadrant/quadrant.esm";
import {graphView} from "@web/views/graph/graph_view";
import {registry} from "@web/core/registry";

// A graph in which each quadrant has its own colour, as everywhere else.
class ValueGraphRenderer extends GraphRenderer {
    quadrantColor(label) {
        const {selection} = this.model.metaData.fields.quadrant;
        const found = selection.find(([, name]) => name === label);
        return found && QUADRANTS[found[0]].color;
    }

    getBarChartData() {
        const data = super.getBarChartData();
        for (const dataset of data.datasets) {
            dataset.backgroundColor =
                this.quadrantColor(dataset.label) || dataset.backgroundColor;
        }
        return data;
    }

    getLineChartData() {
        const data = super.getLineChartData();
        for (const dataset of data.datasets) {
            const color = this.quadrantColor(dataset.label);
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
                (color, index) => this.quadrantColor(data.labels[index]) || color
            );
            dataset.hoverBackgroundColor = dataset.backgroundColor;
        }
        return data;
    }
}

registry
    .category("views")
    .add("value_graph", {...graphView, Renderer: ValueGraphRenderer});
