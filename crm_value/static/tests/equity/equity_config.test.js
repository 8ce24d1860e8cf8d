import {describe, expect, test} from "@odoo/hoot";
import {waterfallBars} from "@crm_value/equity/equity_config.esm";

describe.current.tags("headless");

test("every movement starts where the one before stopped", () => {
    const month = {opening: 100, new: 20, grown: 5, shrunk: 10, lost: 30, closing: 85};
    expect(waterfallBars(month)).toEqual([
        [0, 100],
        [100, 120],
        [120, 125],
        [125, 115],
        [115, 85],
        [0, 85],
    ]);
});

test("without a movement nothing moves", () => {
    const month = {opening: 0, new: 0, grown: 0, shrunk: 0, lost: 0, closing: 0};
    expect(
        waterfallBars(month)
            .flat()
            .every((level) => level === 0)
    ).toBe(true);
});
