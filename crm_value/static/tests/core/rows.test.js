import {describe, expect, test} from "@odoo/hoot";
import {pairDomain, rowsAction} from "@crm_value/core/rows.esm";

describe.current.tags("headless");

test("rows open as list, pivot and graph, unless other views are wanted", () => {
    const domain = [["id", "=", 1]];
    const action = rowsAction("Rows", "crm.value.answer", domain);
    expect(action.views.map(([, kind]) => kind)).toEqual(["list", "pivot", "graph"]);
    expect(action.domain).toBe(domain);
    expect(action.context).toEqual({});
    const views = [[false, "list"]];
    expect(rowsAction("Rows", "crm.value.answer", [], {views}).views).toBe(views);
});

test("a filter is set, so that it can be taken off", () => {
    const {context} = rowsAction("Rows", "crm.value.spell", [], {filter: "running"});
    expect(context).toEqual({search_default_running: 1});
    for (const none of [undefined, false, ""]) {
        const action = rowsAction("Rows", "crm.value.spell", [], {filter: none});
        expect(action.context).toEqual({});
    }
});

test("two month ends of a company are a domain", () => {
    expect(pairDomain(3, {date_from: "2026-04-30", date_to: "2026-05-31"})).toEqual([
        ["company_id", "=", 3],
        ["date_from", "=", "2026-04-30"],
        ["date_to", "=", "2026-05-31"],
    ]);
});
