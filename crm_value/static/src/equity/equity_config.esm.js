import {clickable} from "../core/chart.esm";
import {formatCurrency} from "@web/core/currency";
import {palette} from "../core/paint.esm";

const WHOLE = {digits: [16, 0]}; // nothing foretold is known to the cent
const COLORS = {
    opening: "total",
    new: "up",
    grown: "up",
    shrunk: "down",
    lost: "down",
    // Neither gain nor loss of a customer: another way to value the same ones.
    re_estimated: "other",
    closing: "total",
};

// Where each bar begins and ends: every movement starts where the one before stopped.
export function waterfallBars(month) {
    const {opening, closing} = month;
    let level = opening;
    const moved = ["new", "grown", "shrunk", "lost", "re_estimated"].map((name) => {
        const from = level;
        level += ["shrunk", "lost"].includes(name) ? -month[name] : month[name];
        return [from, level];
    });
    return [[0, opening], ...moved, [0, closing]];
}

// A change of how customers are valued stands below the bar it makes.
function labelOf(name, month, labels) {
    return name === "re_estimated" && month.model_change !== "none"
        ? [labels[name], `▲ ${month.model_label}`]
        : labels[name];
}

/**
 * @param {Object} month one month of get_statement
 * @param {Object} statement the whole answer: labels and currency
 * @param {Function} open called with the name of the bar that was clicked
 * @returns {Object} the configuration of the chart
 */
export function waterfallConfig(month, {labels, currency_id: currency}, open) {
    const names = Object.keys(COLORS);
    const paint = palette();
    return {
        type: "bar",
        data: {
            labels: names.map((name) => labelOf(name, month, labels)),
            datasets: [
                {
                    data: waterfallBars(month),
                    backgroundColor: names.map((name) => paint[COLORS[name]]),
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
                        callback: (value) => formatCurrency(value, currency, WHOLE),
                    },
                },
            },
            plugins: {
                legend: {display: false},
                tooltip: {
                    callbacks: {
                        label: ({dataIndex}) => {
                            const name = names[dataIndex];
                            const amount = formatCurrency(month[name], currency, WHOLE);
                            return name === "re_estimated" && month.model_words
                                ? [amount, month.model_words]
                                : amount;
                        },
                    },
                },
            },
        },
    };
}
