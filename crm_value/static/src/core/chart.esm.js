/* global Chart */
import {Component, onWillStart, useEffect, useRef} from "@odoo/owl";
import {loadBundle} from "@web/core/assets";
import {onPage} from "./paint.esm";
import {tableOf} from "./chart_table.esm";

/**
 * @param {Function} open called with the hit and the chart when something is clicked
 * @returns {Object} options of a chart: a click opens, and the pointer says so
 */
export const clickable = (open) => ({
    onClick: (_ev, [hit], chart) => hit && open(hit, chart),
    onHover: ({native}, hits) => {
        native.target.style.cursor = hits.length ? "pointer" : "default";
    },
});

// A canvas with a Chart.js configuration; a new configuration draws a new chart. Who
// cannot see it is read a table, unless the screen shows one of the same figures.
export class ValueChart extends Component {
    static template = "crm_value.ValueChart";
    static props = {
        config: Object,
        label: String,
        hasTable: {type: Boolean, optional: true},
    };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            (config) => {
                const chart = new Chart(this.canvas.el, onPage(config));
                return () => chart.destroy();
            },
            () => [this.props.config]
        );
    }

    get table() {
        return this.props.hasTable ? {rows: []} : tableOf(this.props.config);
    }
}
