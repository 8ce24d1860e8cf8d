import {_t} from "@web/core/l10n/translation";
import {formatShare, formatShortShare} from "../core/format.esm";
import {palette, thin} from "../core/paint.esm";

const axis = (text) => ({
    type: "linear",
    min: 0,
    max: 1,
    title: {display: true, text},
    ticks: {callback: (value) => formatShortShare(value)},
});

// From the axes to the point where class A ends.
function markLines({customer_share: x, revenue_share: y}, color) {
    return {
        label: _t("End of class A"),
        data: [
            {x: 0, y},
            {x, y},
            {x, y: 0},
        ],
        borderColor: color,
        borderDash: [6, 4],
        borderWidth: 2,
        pointRadius: [0, 6, 0],
        pointBackgroundColor: color,
    };
}

/**
 * @param {Object} curve answer of get_pareto_curve
 * @returns {Object} the configuration of the chart
 */
export function paretoConfig({points, classes}) {
    const {total, least} = palette();
    return {
        type: "line",
        data: {
            datasets: [
                markLines(classes[0], least),
                {
                    label: _t("All customers, by revenue"),
                    data: points.map(([x, y]) => ({x, y})),
                    borderColor: total,
                    backgroundColor: thin(total),
                    borderWidth: 3,
                    fill: true,
                    pointRadius: 0,
                },
            ],
        },
        options: {
            animation: false,
            maintainAspectRatio: false,
            interaction: {mode: "nearest", intersect: false},
            scales: {
                x: axis(_t("Customers, the largest first")),
                y: axis(_t("All-time revenue")),
            },
            plugins: {
                legend: {position: "bottom"},
                tooltip: {
                    callbacks: {
                        title: () => "",
                        label: ({parsed}) =>
                            _t("%(few)s of customers: %(most)s of revenue", {
                                few: formatShare(parsed.x),
                                most: formatShare(parsed.y),
                            }),
                    },
                },
            },
        },
    };
}
