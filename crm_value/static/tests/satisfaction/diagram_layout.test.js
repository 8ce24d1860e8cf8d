import {
    BOX,
    HEIGHT,
    WIDTH,
    arrow,
    placeConstructs,
} from "@crm_value/satisfaction/diagram_layout.esm";
import {describe, expect, test} from "@odoo/hoot";

describe.current.tags("headless");

const ids = (count) => Array.from({length: count}, (_, at) => ({id: at + 1}));
const columns = (places) => Object.values(places).map(({column}) => column);

test("causes stand left of what the index tells, effects right, two in a column", () => {
    const places = placeConstructs(ids(7), 5);
    expect(columns(places)).toEqual([0, 0, 1, 1, 2, 3, 3]);
    expect(places[5].y).toBe(HEIGHT / 2);
    expect(places[1].y).toBeLessThan(places[2].y);
    expect(places[1].x).toBe(BOX.width / 2);
    expect(places[7].x).toBe(WIDTH - BOX.width / 2);
});

test("boxes neither overlap nor leave the picture", () => {
    for (let count = 1; count <= 12; count++) {
        for (let target = 1; target <= count; target++) {
            const places = Object.values(placeConstructs(ids(count), target));
            for (const {x, y} of places) {
                expect(x).toBeWithin(BOX.width / 2, WIDTH - BOX.width / 2);
                expect(y).toBeWithin(BOX.height / 2, HEIGHT - BOX.height / 2);
            }
            for (const one of places) {
                const near = places.filter(
                    (other) =>
                        other !== one &&
                        other.column === one.column &&
                        Math.abs(other.y - one.y) < BOX.height
                );
                expect(near).toEqual([]);
            }
        }
    }
});

test("without what the index tells, all stand in their order", () => {
    expect(columns(placeConstructs(ids(3), 9))).toEqual([0, 0, 1]);
    expect(placeConstructs([], 9)).toEqual({});
});

test("an arrow goes from border to border", () => {
    const from = {x: 100, y: 200, column: 0};
    const to = {x: 500, y: 200, column: 1};
    const {d, label, over} = arrow(from, to, 2);
    expect(d).toBe(`M ${100 + BOX.width / 2} 200 L ${500 - BOX.width / 2} 200`);
    expect(label.y).toBe(200);
    expect(label.x).toBeWithin(180, 420);
    expect(over).toBe(undefined);
});

test("an arrow from a cause to an effect goes over the middle", () => {
    const places = placeConstructs(ids(3), 2);
    const {over, label} = arrow(places[1], places[3], places[2].column);
    expect(over).toBe(true);
    expect(label.y).toBeLessThan(places[2].y - BOX.height / 2);
});
