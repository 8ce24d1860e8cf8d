import {_t} from "@web/core/l10n/translation";

const sales = (name) => ({
    share: (cell, first) => [cell[name], first && first[name]],
    tint: "11, 95, 165",
});

// What a cell shows: a share as [part, whole], either not known where it is no number.
export const MEASURES = [
    {
        key: "kept",
        label: _t("Still customers"),
        share: (cell) => [cell.kept_to, cell.known],
        tint: "11, 95, 165",
        filter: "kept",
    },
    {
        key: "bought",
        label: _t("Bought in that time"),
        share: (cell) => [cell.bought, cell.seen],
        tint: "27, 127, 77",
        filter: "bought",
    },
    {
        key: "churn",
        label: _t("Churn"),
        share: (cell) => [cell.churned, cell.kept_from],
        tint: "179, 64, 31",
        filter: "churned",
    },
    {key: "sales", label: _t("Revenue against the first"), ...sales("sales")},
    {
        key: "profit",
        label: _t("Margin against the first"),
        ...sales("profit"),
        officer: true,
    },
];
const ENOUGH = 10; // Customers, for an average to be said
const isKnown = (value) => typeof value === "number";

/**
 * @param {Array} pairs of part and whole
 * @returns {Number|null} the share of all of them together, null if none is known
 */
export function pooled(pairs) {
    const known = pairs.filter(([part, whole]) => isKnown(part) && whole > 0);
    const sum = (at) => known.reduce((total, pair) => total + pair[at], 0);
    return known.length ? sum(0) / sum(1) : null;
}

/**
 * @param {Array} cohorts of get_cohorts
 * @param {Object} measure one of MEASURES
 * @returns {Object} columns, rows of cells (undefined where nothing is known), the
 * weighted average of each column, and the last one with enough customers, or -1
 */
export function layOut(cohorts, {share}) {
    const last = Math.max(
        0,
        ...cohorts.flatMap(({cells}) => cells.map((c) => c.after))
    );
    const columns = [...Array(last + 1).keys()];
    const rows = cohorts.map((cohort) => {
        const first = cohort.cells.find(({after}) => after === 0);
        const cells = columns.map((column) => {
            const cell = cohort.cells.find(({after}) => after === column);
            const pair = cell && share(cell, first);
            return cell && {...cell, pair, share: pooled([pair])};
        });
        return {...cohort, cells};
    });
    const averages = columns.map((column) => {
        const cells = rows.map((row) => row.cells[column]).filter(Boolean);
        const known = cells.filter((cell) => cell.share !== null);
        return {
            share: pooled(known.map(({pair}) => pair)),
            known: known.reduce((total, cell) => total + cell.known, 0),
        };
    });
    const said = averages.findLastIndex(({known}) => known >= ENOUGH);
    return {columns, rows, averages, said};
}
