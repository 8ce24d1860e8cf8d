import {_t} from "@web/core/l10n/translation";
import {deserializeDate, formatDate} from "@web/core/l10n/dates";

const TREATED = "#0b5fa5";
const HELD = "#b35c00";
const BAND = "rgba(108, 117, 125, 0.18)";

const line = (label, data, color, more) => ({
    label,
    data,
    borderColor: color,
    backgroundColor: color,
    borderWidth: 2,
    pointRadius: 3,
    ...more,
});

const edge = (data, more) => ({
    data,
    borderWidth: 0,
    pointRadius: 0,
    backgroundColor: BAND,
    ...more,
});

/**
 * What both groups brought week by week, and the band of chance.
 *
 * @param {Array} weeks each {date, treated, held, low, high}
 * @returns {Object} the configuration of the chart
 */
export function weeksConfig(weeks) {
    const all = (name) => weeks.map((week) => week[name]);
    return {
        type: "line",
        data: {
            labels: all("date").map((day) => formatDate(deserializeDate(day))),
            datasets: [
                line(_t("Gets It"), all("treated"), TREATED),
                line(_t("Held Out"), all("held"), HELD, {
                    borderDash: [6, 4],
                    pointStyle: "rectRot",
                }),
                edge(all("high"), {fill: "+1"}),
                edge(all("low")),
            ],
        },
        options: {
            animation: false,
            maintainAspectRatio: false,
            interaction: {mode: "index", intersect: false},
            plugins: {
                legend: {
                    position: "bottom",
                    labels: {
                        usePointStyle: true,
                        filter: ({text}) => Boolean(text),
                    },
                },
                tooltip: {filter: ({dataset}) => Boolean(dataset.label)},
            },
        },
    };
}
