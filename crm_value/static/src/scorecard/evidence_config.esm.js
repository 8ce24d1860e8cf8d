import {_t} from "@web/core/l10n/translation";
import {formatShortMonth} from "../core/month.esm";
import {palette} from "../core/paint.esm";

/** The values of a series in the order of months, null where one is missing. */
export function byMonth(series, months) {
    const values = new Map(series);
    return months.map((month) => values.get(month) ?? null);
}

const line = (label, data, values) => ({
    label,
    data,
    borderWidth: 2,
    pointRadius: 3,
    spanGaps: false,
    ...values,
});

const axis = (position, text) => ({
    position,
    title: {display: true, text},
    grid: {drawOnChartArea: position === "left"},
});

const named = ({name, unit, turned}) => {
    const facts = {name, unit};
    if (turned && unit) {
        return _t("%(name)s (%(unit)s, less is better)", facts);
    }
    return unit ? `${name} (${unit})` : name;
};

/**
 * Two series over time, each with an axis of its own.
 *
 * @param {Object} evidence cause and effect, each {name, unit, series of [month, value]}
 * @returns {Object} the configuration of the chart, null where there is no series
 */
export function seriesConfig({cause, effect}) {
    const months = [...cause.series, ...effect.series].map(([month]) => month);
    const calendar = [...new Set(months)].sort();
    if (!calendar.length) {
        return null;
    }
    const paint = palette();
    return {
        type: "line",
        data: {
            labels: calendar.map(formatShortMonth),
            datasets: [
                line(named(cause), byMonth(cause.series, calendar), {
                    borderColor: paint.total,
                    backgroundColor: paint.total,
                    yAxisID: "cause",
                }),
                line(named(effect), byMonth(effect.series, calendar), {
                    borderColor: paint.effect,
                    backgroundColor: paint.effect,
                    borderDash: [6, 4],
                    pointStyle: "rectRot",
                    yAxisID: "effect",
                }),
            ],
        },
        options: {
            animation: false,
            maintainAspectRatio: false,
            scales: {
                cause: axis("left", cause.name),
                effect: axis("right", effect.name),
            },
            plugins: {legend: {labels: {usePointStyle: true}}},
        },
    };
}

// Points are drawn so that farther is better; where less is, the axis says so.
const sayAxis = ({name, turned}, said) => (turned ? [name, said] : name);

/**
 * What is left of cause and effect, a point for each month or customer.
 *
 * @param {Object} evidence its points, pairs of numbers, and both ends: turned is an end
 * of which less is better
 * @returns {Object} the configuration of the chart, null where there are no points
 */
export function pointsConfig({cause, effect, points}) {
    if (!points?.length) {
        return null;
    }
    return {
        type: "scatter",
        data: {
            datasets: [
                {
                    data: points.map(([x, y]) => ({x, y})),
                    backgroundColor: palette().total,
                    pointRadius: 4,
                },
            ],
        },
        options: {
            animation: false,
            maintainAspectRatio: false,
            scales: {
                x: {
                    title: {
                        display: true,
                        text: sayAxis(cause, _t("less is on the right")),
                    },
                },
                y: {
                    title: {
                        display: true,
                        text: sayAxis(effect, _t("less is higher up")),
                    },
                },
            },
            plugins: {legend: {display: false}},
        },
    };
}
