import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {allowTranslations} from "@web/../tests/web_test_helpers";
import {matrixConfig} from "@crm_value/scoring/matrix_config.esm";

describe.current.tags("headless");

beforeEach(allowTranslations);

const quadrants = [
    {code: "gold", label: "Gold"},
    {code: "lead", label: "Lead"},
];
const point = (quadrant, revenue) => ({id: revenue, quadrant, revenue, x: 1, y: 2});
const radii = (points) =>
    matrixConfig({points, quadrants, cuts: [null, null]}).data.datasets.map(
        ({pointRadius}) => pointRadius
    );

test("the area of a point stands for the revenue", () => {
    const [[large, quarter]] = radii([point("gold", 400), point("gold", 100)]);
    expect(quarter).toBe(large / 2);
});

test("a point without revenue is small, but seen", () => {
    const [[large], [none, loss]] = radii([
        point("gold", 400),
        point("lead", 0),
        point("lead", -50),
    ]);
    expect(none).toBe(loss);
    expect(none).toBeWithin(1, large);
    expect(radii([point("lead", 0)])[1]).toEqual([none]);
});

test("each quadrant has its points", () => {
    const {datasets} = matrixConfig({
        points: [point("lead", 5)],
        quadrants,
        cuts: [50, null],
    }).data;
    expect(datasets.map(({label, data}) => [label, data.length])).toEqual([
        ["Gold", 0],
        ["Lead", 1],
    ]);
});
