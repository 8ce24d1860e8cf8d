import {describe, expect, test} from "@odoo/hoot";
import {layOut} from "@crm_value/lifecycle/cohort_measures.esm";

describe.current.tags("headless");

const cell = (after, share) => ({after, shares: {kept: {part: 1, whole: 2, share}}});

test("each cell stands in the column of its period", () => {
    const {columns, rows} = layOut(
        [
            {start: "2026-03-01", cells: [cell(0, 1), cell(2, 0)]},
            {start: "2026-04-01", cells: [cell(0, null)]},
        ],
        "kept"
    );
    expect(columns).toEqual([0, 1, 2]);
    const shares = rows.map(({cells}) => cells.map((one) => one && one.share));
    expect(shares).toEqual([
        [1, undefined, 0],
        [null, undefined, undefined],
    ]);
});

test("no cohort leaves one empty column", () => {
    expect(layOut([], "kept")).toEqual({columns: [0], rows: []});
});
