import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/views/fields/formatters";
import {palette} from "../core/paint.esm";

const oneDigit = (value) => formatFloat(value, {digits: [16, 1]});
const axis = (text) => ({beginAtZero: true, title: {display: true, text}});

function options(scales) {
    return {
        animation: false,
        maintainAspectRatio: false,
        interaction: {mode: "index", intersect: false},
        scales,
        plugins: {
            legend: {position: "bottom"},
            tooltip: {
                callbacks: {
                    label: ({dataset, parsed}) =>
                        `${dataset.label}: ${oneDigit(parsed.y)}`,
                },
            },
        },
    };
}

/**
 * @param {Object} weeks labels, actual purchases, predicted ones by rule
 * @returns {Object} the configuration of a chart of lines
 */
export function weeksConfig({labels, actual, rules}) {
    const paint = palette();
    const predicted = rules.map(({label, chosen, values}) => ({
        label: _t("Predicted: %s", label),
        data: values,
        borderColor: chosen ? paint.total : paint.second,
        borderWidth: chosen ? 3 : 2,
        borderDash: chosen ? [] : [6, 4],
        pointRadius: 0,
    }));
    const came = {
        label: _t("Actual purchases"),
        data: actual,
        borderColor: paint.ink,
        borderWidth: 1.5,
        pointRadius: 2,
        pointBackgroundColor: paint.ink,
    };
    return {
        type: "line",
        data: {labels, datasets: [came, ...predicted]},
        options: options({
            x: {
                title: {display: true, text: _t("Week beginning on")},
                ticks: {maxTicksLimit: 8, maxRotation: 0},
            },
            y: axis(_t("Purchases")),
        }),
    };
}

/**
 * @param {Object[]} deciles mean predicted and actual purchases of each tenth
 * @returns {Object} the configuration of a chart of bars
 */
export function decilesConfig(deciles) {
    const paint = palette();
    const bars = (label, name, backgroundColor) => ({
        label,
        data: deciles.map((tenth) => tenth[name]),
        backgroundColor,
    });
    return {
        type: "bar",
        data: {
            labels: deciles.map((_tenth, at) => `${at + 1}`),
            datasets: [
                bars(_t("Predicted"), "predicted", paint.total),
                bars(_t("Actual"), "actual", paint.ink),
            ],
        },
        options: options({
            x: {
                title: {
                    display: true,
                    text: _t(
                        "Tenths of customers, from the fewest expected purchases to the most"
                    ),
                },
            },
            y: axis(_t("Purchases per customer")),
        }),
    };
}
