import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {allowTranslations, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {historyConfig} from "@crm_value/satisfaction/measures_config.esm";
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

const points = [
    {label: "Apr", value: 0, low: 0, high: 10, n: 9},
    {label: "May", value: null, low: null, high: null, n: 0},
    {label: "Jun", value: 50, low: null, high: null, n: 1},
];
const limits = {min: 0, max: 100, label: "Index"};
const tooltip = (config, dataIndex) =>
    String(config.options.plugins.tooltip.callbacks.label({dataIndex}));

test("what is not known is a gap in the line, zero is a point", () => {
    const [line, high, low] = historyConfig(points, limits).data.datasets;
    expect(line.data).toEqual([0, null, 50]);
    expect(high.data).toEqual([10, null, null]);
    expect(low.data).toEqual([0, null, null]);
});

test("a point says its interval, if it has one, and its answers", () => {
    const config = historyConfig(points, limits);
    expect(tooltip(config, 0)).toBe("0.0 (0.0 – 10.0), n = 9");
    expect(tooltip(config, 2)).toBe("50.0, n = 1");
});

test("a click opens the point, where there is something to open", () => {
    const opened = [];
    const {options} = historyConfig(points, limits, (point) =>
        opened.push(point.label)
    );
    options.onClick({}, []);
    options.onClick({}, [{index: 2}]);
    expect(opened).toEqual(["Jun"]);
    expect("onClick" in historyConfig(points, limits).options).toBe(false);
});
