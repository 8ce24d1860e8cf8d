import {formatScore, isKnown} from "../core/format.esm";
import {_t} from "@web/core/l10n/translation";
import {clickable} from "../core/chart.esm";
import {palette, thin} from "../core/paint.esm";

const line = (data, values) => ({data, pointRadius: 0, borderWidth: 0, ...values});

/**
 * A line over time within the band of its interval.
 *
 * @param {Array} points of {label, value, low, high}, null where not known
 * @param {Object} limits min and max of the scale, label of the line
 * @param {Function} [open] called with the point that was clicked
 * @returns {Object} the configuration of the chart
 */
export function historyConfig(points, {min, max, label}, open) {
    const {total} = palette();
    const values = points.map(({value}) => value);
    return {
        type: "line",
        data: {
            labels: points.map((point) => point.label),
            datasets: [
                {
                    label,
                    data: values,
                    borderColor: total,
                    backgroundColor: total,
                    borderWidth: 3,
                    pointRadius: 5,
                    spanGaps: true,
                },
                line(
                    points.map(({high}) => high),
                    {fill: "+1", backgroundColor: thin(total), spanGaps: true}
                ),
                line(
                    points.map(({low}) => low),
                    {spanGaps: true}
                ),
            ],
        },
        options: {
            animation: false,
            maintainAspectRatio: false,
            scales: {y: {suggestedMin: min, suggestedMax: max}},
            ...(open ? clickable(({index}) => open(points[index])) : {}),
            plugins: {
                legend: {display: false},
                tooltip: {
                    filter: ({datasetIndex}) => datasetIndex === 0,
                    callbacks: {
                        label: ({dataIndex}) => {
                            const {value, low, high, n} = points[dataIndex];
                            const facts = {
                                value: formatScore(value),
                                low: formatScore(low),
                                high: formatScore(high),
                                n,
                            };
                            return isKnown(low)
                                ? _t("%(value)s (%(low)s – %(high)s), n = %(n)s", facts)
                                : _t("%(value)s, n = %(n)s", facts);
                        },
                    },
                },
            },
        },
    };
}
