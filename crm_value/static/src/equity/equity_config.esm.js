import {clickable} from "../core/chart.esm";
import {formatCurrency} from "@web/core/currency";

const TOTAL = "#0b5fa5";
const COLORS = {
    opening: TOTAL,
    new: "#1b7f4d",
    grown: "#1b7f4d",
    shrunk: "#b3401f",
    lost: "#b3401f",
    closing: TOTAL,
};

// Where each bar begins and ends: every movement starts where the one before stopped.
export function waterfallBars(month) {
    const {opening, closing} = month;
    let level = opening;
    const moved = ["new", "grown", "shrunk", "lost"].map((name) => {
        const from = level;
        level += ["shrunk", "lost"].includes(name) ? -month[name] : month[name];
        return [from, level];
    });
    return [[0, opening], ...moved, [0, closing]];
}

/**
 * @param {Object} month one month of get_statement
 * @param {Object} statement the whole answer: labels and currency
 * @param {Function} open called with the name of the bar that was clicked
 * @returns {Object} the configuration of the chart
 */
export function waterfallConfig(month, {labels, currency_id: currency}, open) {
    const names = Object.keys(COLORS);
    return {
        type: "bar",
        data: {
            labels: names.map((name) => labels[name]),
            datasets: [
                {
                    data: waterfallBars(month),
                    backgroundColor: names.map((name) => COLORS[name]),
                    minBarLength: 2,
                },
            ],
        },
        options: {
            animation: false,
            maintainAspectRatio: false,
            ...clickable(({index}) => open(names[index])),
            scales: {
                y: {
                    ticks: {
                        callback: (value) =>
                            formatCurrency(value, currency, {humanReadable: true}),
                    },
                },
            },
            plugins: {
                legend: {display: false},
                tooltip: {
                    callbacks: {
                        label: ({dataIndex}) =>
                            formatCurrency(month[names[dataIndex]], currency),
                    },
                },
            },
        },
    };
}
