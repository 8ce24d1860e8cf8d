import {describe, expect, test} from "@odoo/hoot";
import {waterfallBars} from "@crm_value/equity/equity_config.esm";

describe.current.tags("headless");

test("every movement starts where the one before stopped", () => {
    const month = {
        opening: 100,
        new: 20,
        grown: 5,
        shrunk: 10,
        lost: 30,
        re_estimated: -15,
        closing: 70,
    };
    expect(waterfallBars(month)).toEqual([
        [0, 100],
        [100, 120],
        [120, 125],
        [125, 115],
        [115, 85],
        [85, 70],
        [0, 70],
    ]);
});

test("without a movement nothing moves", () => {
    const names = ["opening", "new", "grown", "shrunk", "lost", "re_estimated"];
    const month = Object.fromEntries([...names, "closing"].map((name) => [name, 0]));
    expect(
        waterfallBars(month)
            .flat()
            .every((level) => level === 0)
    ).toBe(true);
});
