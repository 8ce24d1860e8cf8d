import {_t} from "@web/core/l10n/translation";

// What a cell can show: the server says of each as part, whole and share.
export const MEASURES = [
    {key: "kept", label: _t("Still customers"), tint: "11, 95, 165", filter: "kept"},
    {
        key: "bought",
        label: _t("Bought in the period"),
        tint: "27, 127, 77",
        filter: "bought",
    },
    {key: "churn", label: _t("Churn"), tint: "179, 64, 31", filter: "churned"},
    {key: "sales", label: _t("Revenue against the first"), tint: "11, 95, 165"},
    {
        key: "profit",
        label: _t("Margin against the first"),
        tint: "11, 95, 165",
        officer: true,
    },
];

/**
 * @param {Array} cohorts of get_cohorts
 * @param {String} key of a measure
 * @returns {Object} columns: periods since the first, rows of cells (undefined where
 * nothing is known)
 */
export function layOut(cohorts, key) {
    const periods = cohorts.flatMap(({cells}) => cells.map(({after}) => after));
    const columns = [...Array(Math.max(0, ...periods) + 1).keys()];
    const rows = cohorts.map((cohort) => ({
        ...cohort,
        cells: columns.map((column) => {
            const cell = cohort.cells.find(({after}) => after === column);
            return cell && {...cell, ...cell.shares[key]};
        }),
    }));
    return {columns, rows};
}
