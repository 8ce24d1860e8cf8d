import {
    formatChance,
    formatCompact,
    formatEffect,
    formatScore,
    formatShare,
    formatShortShare,
    formatSigned,
    formatSignedShare,
} from "@crm_value/core/format.esm";
import {allowTranslations, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {after, beforeEach, describe, expect, test} from "@odoo/hoot";
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

test("zero is a figure", () => {
    expect(formatScore(0)).toBe("0.0");
    expect(formatShare(0)).toBe("0.0%");
    expect(formatShortShare(0)).toBe("0%");
    expect(formatSigned(0)).toBe("0.0");
});

test("a growth from next to nothing has no size", () => {
    expect(formatShare(9.99)).toBe("999.0%");
    expect(formatShare(134.935)).toBe("> 999%");
    expect(formatShare(-87.5)).toBe("< -999%");
});

test("a probability has no digits, and is never certain", () => {
    expect(formatChance(0.843)).toBe("84%");
    expect(formatChance(1)).toBe("> 99%");
    expect(formatChance(0)).toBe("< 1%");
    expect(formatChance(false)).toBe("");
});

test("an effect has two digits and a minus that stands out", () => {
    expect(formatEffect(0.456)).toBe("0.46");
    expect(formatEffect(-0.3)).toBe("-0.30");
    expect(formatEffect(0)).toBe("0.00");
    expect(formatEffect(null)).toBe("");
});

test("what is not known is blank, however the server says it", () => {
    for (const format of [formatScore, formatShare, formatShortShare, formatSigned]) {
        for (const unknown of [null, false, undefined]) {
            expect(format(unknown)).toBe("");
        }
    }
});

test("scores and shares have one digit", () => {
    expect(formatScore(72.54)).toBe("72.5");
    expect(formatScore(1234.5)).toBe("1,234.5");
    expect(formatShare(0.12345)).toBe("12.3%");
    expect(formatShortShare(0.12345)).toBe("12.3%");
    expect(formatShortShare(0.5)).toBe("50%");
});

test("a change says its direction, unless it rounds to none", () => {
    expect(formatSigned(2.04)).toBe("+2.0");
    expect(formatSigned(-2.06)).toBe("-2.1");
    expect(formatSigned(0.04)).toBe("0.0");
    expect(formatSigned(-0.04)).toBe("0.0");
});

function speak(language) {
    const before = luxon.Settings.defaultLocale;
    after(() => {
        luxon.Settings.defaultLocale = before;
    });
    luxon.Settings.defaultLocale = language;
}

test("percent stand where the language has them", () => {
    expect(formatSignedShare(-0.204)).toBe("-20.4%");
    expect(formatSignedShare(null)).toBe("");
    speak("zh-CN");
    expect(formatShare(0.12345)).toBe("12.3%");
    speak("fr-FR");
    expect(formatShortShare(0.5)).toMatch(/^50[\u00a0\u202f]%$/);
    speak("tr-TR");
    expect(formatShortShare(0.5)).toBe("%50");
});

test("an axis counts as the language does", () => {
    speak("en-US");
    expect(formatCompact(350000)).toBe("350K");
    expect(formatCompact(-1500)).toBe("-1.5K");
    speak("zh-CN");
    expect(formatCompact(350000)).toBe("35万");
    expect(formatCompact(0)).toBe("0");
});

test("figures are written as the language of the user writes them", () => {
    patchWithCleanup(localization, {decimalPoint: ",", thousandsSep: "."});
    expect(formatScore(1234.5)).toBe("1.234,5");
    expect(formatSigned(-2.06)).toBe("-2,1");
});
