import {after, beforeEach, describe, expect, test} from "@odoo/hoot";
import {
    formatEnd,
    formatMonth,
    formatShortMonth,
    monthEndBefore,
} from "@crm_value/core/month.esm";
import {localization} from "@web/core/l10n/localization";
import {patchWithCleanup} from "@web/../tests/web_test_helpers";

describe.current.tags("headless");

beforeEach(() => patchWithCleanup(localization, {dateFormat: "MM/dd/yyyy"}));

test("a month is said by its name and year", () => {
    expect(formatMonth("2026-06-30")).toBe("June 2026");
    expect(formatShortMonth("2026-06-01")).toBe("Jun 2026");
});

test("the end of a month is the month, an open one the day", () => {
    expect(formatEnd({date: "2026-06-30"})).toBe("June 2026");
    expect(formatEnd({date: "2026-06-30", is_open: false})).toBe("June 2026");
    expect(formatEnd({date: "2026-06-15", is_open: true})).toBe("06/15/2026");
});

test("months have ends of different length", () => {
    expect(monthEndBefore("2026-03-31", 1)).toBe("2026-02-28");
    expect(monthEndBefore("2024-03-31", 1)).toBe("2024-02-29");
    expect(monthEndBefore("2026-02-28", 1)).toBe("2026-01-31");
});

test("months go over the year, back and ahead", () => {
    expect(monthEndBefore("2026-01-31", 1)).toBe("2025-12-31");
    expect(monthEndBefore("2026-06-30", 12)).toBe("2025-06-30");
    expect(monthEndBefore("2026-11-30", -3)).toBe("2027-02-28");
});

test("an open month counts as the month it is in", () => {
    expect(monthEndBefore("2026-06-15", 1)).toBe("2026-05-31");
});

test("the language says whether the year or the month comes first", () => {
    const locale = luxon.Settings.defaultLocale;
    after(() => {
        luxon.Settings.defaultLocale = locale;
    });
    luxon.Settings.defaultLocale = "zh-CN";
    expect(formatMonth("2026-06-30")).toBe("2026年6月");
    expect(formatShortMonth("2026-06-01")).toBe("2026年6月");
});
