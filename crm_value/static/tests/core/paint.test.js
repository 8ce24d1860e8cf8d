import {describe, expect, test} from "@odoo/hoot";
import {lightness, onPage, palette, thin} from "@crm_value/core/paint.esm";

describe.current.tags("headless");

/** Write the page in a colour while something is asked. */
function inLetters(color, ask) {
    const {style} = document.body;
    const before = style.color;
    style.color = color;
    try {
        return ask();
    } finally {
        style.color = before;
    }
}

test("a page in light letters is dark, and its marks are lighter", () => {
    expect(inLetters("rgb(200, 200, 200)", lightness)).toBe("dark");
    expect(inLetters("rgb(33, 37, 41)", lightness)).toBe("light");
    const [dark, light] = ["rgb(200, 200, 200)", "rgb(33, 37, 41)"].map((color) =>
        inLetters(color, palette)
    );
    expect(Object.keys(dark)).toEqual(Object.keys(light));
    expect(dark.total).not.toBe(light.total);
});

test("each axis has the letters of the page, unless it has its own", () => {
    const {options} = inLetters("rgb(200, 200, 200)", () =>
        onPage({
            type: "line",
            options: {scales: {y: {min: 0, ticks: {color: "red"}}}},
        })
    );
    expect(options.color).toBe("rgb(200, 200, 200)");
    expect(Object.keys(options.scales)).toEqual(["x", "y"]);
    expect(options.scales.x.ticks.color).toBe("rgb(200, 200, 200)");
    expect(options.scales.y.ticks.color).toBe("red");
    expect(options.scales.y.min).toBe(0);
});

test("an area is its line's colour, thinned", () => {
    expect(thin("#0b5fa5")).toBe("#0b5fa526");
});
