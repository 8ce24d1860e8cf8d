import {clickable} from "../core/chart.esm";
import {formatCompact} from "../core/format.esm";

// Told apart by their lightness, too, by whoever tells red and green not apart.
const COLORS = {
    light: {total: "#0b5fa5", up: "#1b7f4d", down: "#b3401f", other: "#6b6b6b"},
    dark: {total: "#6ab0f3", up: "#5fd39a", down: "#f0926f", other: "#b5b5b5"},
};

/** @returns {String} "dark" where the page is written in light letters */
export function lightness() {
    const [red, green, blue] =
        getComputedStyle(document.body).color.match(/\d+/g) || [];
    return Number(red) + Number(green) + Number(blue) > 384 ? "dark" : "light";
}

/**
 * @param {Object} chart of a part: labels, and series of bars
 * @param {Function} open called with what a bar opens
 * @returns {Object} the configuration of the chart
 */
export function barsConfig({labels, series, stacked}, open) {
    const paint = COLORS[lightness()];
    const {color} = getComputedStyle(document.body);
    const axis = {
        stacked: Boolean(stacked),
        ticks: {color},
        grid: {color: "rgba(128, 128, 128, 0.25)"},
    };
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
                y: {...axis, ticks: {color, callback: short, precision: 0}},
            },
            plugins: {
                legend: {
                    display: series.length > 1,
                    position: "bottom",
                    labels: {color, boxWidth: 12},
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
