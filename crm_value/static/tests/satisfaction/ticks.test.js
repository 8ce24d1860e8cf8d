import {describe, expect, test} from "@odoo/hoot";
import {roundTicks} from "@crm_value/satisfaction/ticks.esm";

describe.current.tags("headless");

/** Ticks without the noise of floats. */
const ticks = (...ends) => roundTicks(...ends).map((tick) => Number(tick.toFixed(9)));

test("ticks are round numbers within the ends", () => {
    expect(ticks(60, 85)).toEqual([60, 65, 70, 75, 80, 85]);
    expect(ticks(0, 0.46)).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
    expect(ticks(0, 100)).toEqual([0, 20, 40, 60, 80, 100]);
});

test("an axis may begin below zero", () => {
    expect(ticks(-0.1, 0.5)).toEqual([0, 0.2, 0.4]);
    expect(ticks(-50, 50)).toEqual([-40, -20, 0, 20, 40]);
});

test("there are always a few, never a crowd", () => {
    for (const size of [0.003, 0.07, 1, 13, 999, 12345]) {
        for (const low of [-size / 3, 0, size / 7]) {
            const found = roundTicks(low, low + size);
            expect(found.length).toBeWithin(2, 6);
            expect(found[0]).toBeGreaterThan(low - 1e-9);
            expect(found.at(-1)).toBeLessThan(low + size + 1e-6 * size);
        }
    }
});
