import {sayDays} from "../core/words.esm";
import {_t} from "@web/core/l10n/translation";
import {formatShortShare} from "../core/format.esm";
import {stageColor} from "./stage.esm";

// From the beginning on, as long as enough were seen.
function steps({curve, until}) {
    if (!until) {
        return [];
    }
    const points = [[0, 1], ...curve];
    const [, share] = points.at(-1);
    return [...points, [until, share]].map(([x, y]) => ({x, y}));
}

/**
 * @param {Array} stages of get_times
 * @returns {Object} the configuration of the chart
 */
export function spellConfig(stages) {
    return {
        type: "line",
        data: {
            datasets: stages.map((stage) => ({
                label: stage.name,
                data: steps(stage),
                borderColor: stageColor(stage.color),
                backgroundColor: stageColor(stage.color),
                borderWidth: 2,
                pointRadius: 0,
                stepped: "before",
            })),
        },
        options: {
            animation: false,
            maintainAspectRatio: false,
            interaction: {mode: "nearest", axis: "x", intersect: false},
            scales: {
                x: {
                    type: "linear",
                    min: 0,
                    title: {display: true, text: _t("Days since the stage began")},
                },
                y: {
                    min: 0,
                    max: 1,
                    title: {display: true, text: _t("Still in the stage")},
                    ticks: {callback: (value) => formatShortShare(value)},
                },
            },
            plugins: {
                legend: {position: "bottom"},
                tooltip: {
                    callbacks: {
                        title: () => "",
                        label: ({dataset, parsed}) =>
                            _t("%(stage)s: %(share)s stay longer than %(days)s", {
                                stage: dataset.label,
                                share: formatShortShare(parsed.y),
                                days: sayDays(parsed.x),
                            }),
                    },
                },
            },
        },
    };
}
