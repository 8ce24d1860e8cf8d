import {allowTranslations, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {formatFigure, formatMove, sortedBars} from "@crm_value/scenario/tornado.esm";
import {localization} from "@web/core/l10n/localization";

describe.current.tags("headless");

beforeEach(() => {
    allowTranslations();
    patchWithCleanup(localization, {
        decimalPoint: ".",
        thousandsSep: ",",
        grouping: [3, 0],
    });
});

test("customers are counted, and unknown is a dash", () => {
    expect(formatFigure("customers", 1234.4, false)).toBe("1,234");
    expect(formatFigure("equity", null, false)).toBe("–");
    expect(formatFigure("equity", 620585.7, false)).toBe("621,000");
});

test("a difference has its sign, nothing has none", () => {
    expect(formatMove("customers", 12.3, false)).toBe("+12");
    expect(formatMove("customers", -12.3, false)).toBe("-12");
    expect(formatMove("customers", 0.2, false)).toBe("0");
});

test("the largest bar comes first, and what moves nothing is left out", () => {
    const bar = (name, low, high, isAssumed = false) => ({
        name,
        low: low === null ? null : {equity: low},
        high: {equity: high},
        is_assumption: isAssumed,
    });
    const bars = [
        bar("small", null, 5),
        bar("none", null, 0),
        bar("wide", -30, 10, true),
        bar("flat", 0, 0, true),
    ];
    const found = sortedBars(bars, "equity");
    expect(found.map(({name}) => name)).toEqual(["wide", "small", "flat"]);
    expect(found[0].from).toBe(-30);
    expect(found[0].to).toBe(10);
});
