import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {localization} from "@web/core/l10n/localization";
import {patchWithCleanup} from "@web/../tests/web_test_helpers";
import {tableOf} from "@crm_value/core/chart_table.esm";

describe.current.tags("headless");

beforeEach(() => {
    patchWithCleanup(localization, {
        decimalPoint: ".",
        thousandsSep: ",",
        grouping: [3, 0],
    });
});

test("a chart is told in rows, without its unnamed bands", () => {
    const datasets = [
        {label: "Index", data: [58.5, null]},
        {data: [60, 61]},
        {label: "Before", data: [0, 1234.5]},
    ];
    expect(tableOf({data: {labels: ["May", "June"], datasets}})).toEqual({
        columns: ["Index", "Before"],
        rows: [
            {label: "May", texts: ["58.5", "0.0"]},
            {label: "June", texts: ["", "1,234.5"]},
        ],
    });
});

test("points without labels make no table", () => {
    const cloud = {data: {datasets: [{label: "Star", data: [{x: 1, y: 2}]}]}};
    expect(tableOf(cloud).rows).toEqual([]);
});
