import "@crm_value/forecast/foretold.esm";
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {allowTranslations, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {localization} from "@web/core/l10n/localization";
import {registry} from "@web/core/registry";

describe.current.tags("headless");

const total = (name, value) => registry.category("formatters").get(name)(value, {});

beforeEach(() => {
    allowTranslations();
    patchWithCleanup(localization, {
        decimalPoint: ".",
        grouping: [3, 0],
        thousandsSep: ",",
    });
});

test("a sum of unknown amounts is empty, one of nothing is zero", () => {
    for (const name of ["value_foretold", "value_whole"]) {
        expect(total(name, false)).toBe("");
        expect(total(name, 0)).toInclude("0");
    }
});

test("a total of forecasts is no sharper than its parts", () => {
    expect(total("value_foretold", 12345)).toInclude("12,000");
    expect(total("value_foretold", 12345)).toInclude("about");
    expect(total("value_whole", 12345)).toInclude("12,345");
});

test("a total of purchases is no money", () => {
    expect(total("value_foretold_count", 123.4)).toBe("about 120");
    expect(total("value_foretold_count", false)).toBe("");
});
