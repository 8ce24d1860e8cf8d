import {_t} from "@web/core/l10n/translation";

export const TINTS = {
    improved: "27, 127, 77",
    stayed: "125, 135, 148",
    worsened: "179, 64, 31",
};
export const MEASURES = [
    {key: "count", label: _t("Customers")},
    {key: "share", label: _t("Share of row")},
    {key: "revenue", label: _t("Revenue at the end")},
    {key: "margin", label: _t("Margin at the end"), officer: true},
];
const SUMS = ["count", "revenue", "margin"];

const nothing = () => Object.fromEntries(SUMS.map((name) => [name, 0]));

function add(total, cell) {
    for (const name of SUMS) {
        total[name] += cell[name] || 0;
    }
}

// Stages, and those without one where there are any.
function lines(stages, end, cells) {
    const field = `stage_id_${end}`;
    const known = stages.map(({id, name}) => ({
        key: id,
        label: name,
        domain: [[field, "=", id]],
    }));
    const unknown = {
        key: "unknown",
        label: _t("Stage not known"),
        domain: [
            [field, "=", false],
            ["move", "!=", end === "from" ? "new" : "gone"],
        ],
    };
    const key = end === "from" ? "from" : "to";
    return cells.some((cell) => cell[key] === "unknown") ? [...known, unknown] : known;
}

/**
 * @param {Object} matrix answer of get_matrix
 * @returns {Object} rows, columns, totals and how many moved which way
 */
export function layOut({stages, cells}) {
    const all = {key: "all", label: _t("Total"), domain: []};
    const rows = [
        ...lines(stages, "from", cells),
        {key: "new", label: _t("No customer yet"), domain: [["move", "=", "new"]]},
    ];
    const columns = [
        ...lines(stages, "to", cells),
        {key: "gone", label: _t("Gone or merged"), domain: [["move", "=", "gone"]]},
    ];
    const found = Object.fromEntries(cells.map((c) => [`${c.from} ${c.to}`, c]));
    for (const line of [...rows, ...columns, all]) {
        line.total = nothing();
    }
    for (const row of rows) {
        row.cells = columns.map((column) => found[`${row.key} ${column.key}`]);
    }
    const moves = {improved: 0, stayed: 0, worsened: 0, new: 0, gone: 0, unknown: 0};
    for (const cell of cells) {
        add(rows.find(({key}) => key === cell.from).total, cell);
        add(columns.find(({key}) => key === cell.to).total, cell);
        add(all.total, cell);
        moves[cell.move] += cell.count;
    }
    return {rows, columns, all, moves};
}
