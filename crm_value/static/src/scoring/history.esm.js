import {Component} from "@odoo/owl";
import {ValueChart} from "../core/chart.esm";
import {_t} from "@web/core/l10n/translation";
import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {formatScore} from "../core/format.esm";
import {palette} from "../core/paint.esm";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useLoadingAtOnce} from "../core/loading.esm";
import {useService} from "@web/core/utils/hooks";

const STYLES = {
    value_score: {color: "ink", borderWidth: 3},
    current_value_score: {color: "total", borderDash: [6, 4]},
    potential_value_score: {color: "second", borderDash: [2, 3]},
};

// The scores at each month end as lines; a gap where a score is not known.
export class ValueHistory extends Component {
    static template = "crm_value.ValueHistory";
    static components = {ValueChart};
    static props = {...standardWidgetProps};

    setup() {
        const orm = useService("orm");
        this.label = _t("Scores at each month end");
        this.loading = useLoadingAtOnce(async () => {
            const {resModel, resId} = this.props.record;
            const history = await orm.call(resModel, "get_history", [[resId]]);
            return history.points.length > 1 ? this.prepareConfig(history) : false;
        });
    }

    prepareConfig({labels, points}) {
        const paint = palette();
        return {
            type: "line",
            data: {
                labels: points.map((point) => formatDate(deserializeDate(point.date))),
                datasets: Object.entries(STYLES).map(([name, {color, ...style}]) => ({
                    label: labels[name],
                    data: points.map((point) =>
                        point[name] === false ? null : point[name]
                    ),
                    pointRadius: 3,
                    borderColor: paint[color],
                    ...style,
                })),
            },
            options: {
                animation: false,
                maintainAspectRatio: false,
                interaction: {mode: "index", intersect: false},
                scales: {y: {min: 0, max: 100}},
                plugins: {
                    legend: {position: "bottom"},
                    tooltip: {
                        callbacks: {
                            label: ({dataset, parsed}) =>
                                `${dataset.label}: ${formatScore(parsed.y)}`,
                        },
                    },
                },
            },
        };
    }
}

registry.category("view_widgets").add("value_history", {component: ValueHistory});
