import {clickable} from "../core/chart.esm";
import {formatCompact} from "../core/format.esm";
import {palette} from "../core/paint.esm";

/**
 * @param {Object} chart of a part: labels, and series of bars
 * @param {Function} open called with what a bar opens
 * @returns {Object} the configuration of the chart
 */
export function barsConfig({labels, series, stacked}, open) {
    const paint = palette();
    const axis = {stacked: Boolean(stacked)};
    // Bars that go down count as well: how many have left is no negative number.
    const short = (value) => formatCompact(stacked ? Math.abs(value) : value);
    return {
        type: "bar",
        data: {
            labels,
            datasets: series.map((one) => ({
                label: one.label,
                data: one.values,
                backgroundColor: one.colors.map((name) => paint[name]),
                minBarLength: 2,
                maxBarThickness: 64,
                skipNull: true,
            })),
        },
        options: {
            animation: false,
            maintainAspectRatio: false,
            ...clickable(({datasetIndex, index}) =>
                open(series[datasetIndex].opens[index])
            ),
            scales: {
                x: {...axis, grid: {display: false}},
                y: {...axis, ticks: {callback: short, precision: 0}},
            },
            plugins: {
                legend: {
                    display: series.length > 1,
                    position: "bottom",
                    labels: {boxWidth: 12},
                    // A part of the bars is no answer to the question.
                    onClick: null,
                },
                tooltip: {
                    callbacks: {
                        label: ({datasetIndex, dataIndex}) => {
                            const one = series[datasetIndex];
                            return [one.label, one.texts[dataIndex]]
                                .filter(Boolean)
                                .join(": ");
                        },
                    },
                },
            },
        },
    };
}
