import {allowTranslations} from "@web/../tests/web_test_helpers";
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {layOut} from "@crm_value/lifecycle/migration_table.esm";

describe.current.tags("headless");

beforeEach(allowTranslations);

const stages = [
    {id: 1, name: "Formation"},
    {id: 2, name: "Decline"},
];
const cells = [
    {from: 1, to: 1, move: "stayed", count: 3, revenue: 30},
    {from: 1, to: 2, move: "worsened", count: 2, revenue: 10},
    {from: "new", to: 1, move: "new", count: 4, revenue: 8},
    {from: 2, to: "gone", move: "gone", count: 1, revenue: 0},
];

test("rows and columns sum what is in them", () => {
    const {rows, columns, all} = layOut({stages, cells});
    const counts = (lines) => lines.map(({key, total}) => [key, total.count]);
    expect(counts(rows)).toEqual([
        [1, 5],
        [2, 1],
        ["new", 4],
    ]);
    expect(counts(columns)).toEqual([
        [1, 7],
        [2, 2],
        ["gone", 1],
    ]);
    expect(all.total).toEqual({count: 10, revenue: 48, margin: 0});
});

test("where nobody moved there is no cell", () => {
    const {rows} = layOut({stages, cells});
    expect(rows[1].cells).toEqual([undefined, undefined, cells[3]]);
});

test("moves are counted by direction", () => {
    expect(layOut({stages, cells}).moves).toEqual({
        improved: 0,
        stayed: 3,
        worsened: 2,
        new: 4,
        gone: 1,
        unknown: 0,
    });
});

test("a stage that is not known has a line only where there is one", () => {
    const unknown = {from: "unknown", to: 1, move: "unknown", count: 1};
    const keys = (lines) => lines.map(({key}) => key);
    expect(keys(layOut({stages, cells}).rows)).toEqual([1, 2, "new"]);
    const found = layOut({stages, cells: [...cells, unknown]});
    expect(keys(found.rows)).toEqual([1, 2, "unknown", "new"]);
    expect(keys(found.columns)).toEqual([1, 2, "gone"]);
});
