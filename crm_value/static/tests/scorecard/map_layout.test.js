import {
    corridor,
    drawLinks,
    rowsOf,
    sparkPath,
} from "@crm_value/scorecard/map_layout.esm";
import {describe, expect, test} from "@odoo/hoot";

describe.current.tags("headless");

const box = (id, x, y) => ({id, x, y, width: 100, height: 50});
// Money above, customers in the middle, staff below.
const CARDS = [box(1, 100, 0), box(2, 0, 150), box(3, 300, 150), box(4, 100, 300)];
const link = (id, cause, effect) => ({id, cause, effect});
const numbers = (d) => d.match(/-?[\d.]+/g).map(Number);

test("cards side by side are one row, from the left", () => {
    const rows = rowsOf([box(3, 300, 160), ...CARDS.slice(0, 2), CARDS[3]]);
    expect(rows.map(({boxes}) => boxes.map(({id}) => id))).toEqual([[1], [2, 3], [4]]);
    expect(rows[1].top).toBe(150);
    expect(rows[1].bottom).toBe(210);
});

test("an arrow goes from the top of its cause to the bottom of its effect", () => {
    const [arrow] = drawLinks(CARDS, [link(7, 2, 1)]);
    const way = numbers(arrow.d);
    expect(way.slice(0, 2)).toEqual([50, 150]);
    expect(way.slice(-2)).toEqual([150, 50]);
    expect(arrow.sign).toEqual({x: 100, y: 100});
});

test("an arrow downwards goes from bottom to top", () => {
    const way = numbers(drawLinks(CARDS, [link(7, 1, 2)])[0].d);
    expect(way.slice(0, 2)).toEqual([150, 50]);
    expect(way.slice(-2)).toEqual([50, 150]);
});

test("an arrow past a row goes where no card stands", () => {
    const rows = rowsOf(CARDS);
    expect(corridor(rows[1], 150)).toBe(150);
    expect(corridor(rows[1], 60)).toBe(110);
    expect(corridor(rows[1], 320)).toBe(290);
    expect(corridor(rows[1], 900)).toBe(900);
    const cards = [box(1, 100, 0), box(2, 100, 150), box(4, 100, 300)];
    const [arrow] = drawLinks(cards, [link(7, 4, 1)]);
    const passed = numbers(arrow.d);
    expect(passed).toInclude(90);
    // The sign stands in the gap next to the cause.
    expect(arrow.sign.y).toBeWithin(200, 300);
});

test("arrows at one edge stand side by side, and their signs apart", () => {
    const cards = [box(1, 0, 0), box(2, 0, 150)];
    const [one, two] = drawLinks(cards, [link(7, 2, 1), link(8, 2, 1)]);
    expect(one.d).not.toBe(two.d);
    const apart = Math.hypot(one.sign.x - two.sign.x, one.sign.y - two.sign.y);
    expect(apart).toBeGreaterThan(25);
});

test("an arrow within a row rises above it", () => {
    const [arrow] = drawLinks(CARDS, [link(7, 2, 3)]);
    expect(Math.min(...numbers(arrow.d))).toBeLessThan(150);
    expect(arrow.sign.y).toBeLessThan(150);
});

test("an arrow to a card that is not there is left out", () => {
    expect(drawLinks(CARDS, [link(7, 2, 99)])).toEqual([]);
    expect(drawLinks([], [])).toEqual([]);
});

test("a trend has a gap where a month is missing", () => {
    const size = {width: 20, height: 10};
    expect(sparkPath([0, 10, null, 5, 20], size)).toBe("M 0 10 L 5 0 M 15 5 L 20 0");
    expect(sparkPath([null], size)).toBe("");
});
