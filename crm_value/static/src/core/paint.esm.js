// The colours of charts, told apart by their lightness, too, by whoever tells red and
// green not apart. On a dark page they are light ones.
const COLORS = {
    light: {
        total: "#0b5fa5",
        up: "#1b7f4d",
        down: "#b3401f",
        other: "#6b6b6b",
        second: "#e0a100",
        effect: "#b35c00",
        least: "#9c3d22",
        plain: "#6b7683",
        ink: "#343a40",
    },
    dark: {
        total: "#6ab0f3",
        up: "#5fd39a",
        down: "#f0926f",
        other: "#b5b5b5",
        second: "#e0a100",
        effect: "#f0a35c",
        least: "#f0926f",
        plain: "#98a6b3",
        ink: "#d5d5d5",
    },
};
const GRID = "rgba(128, 128, 128, 0.25)";

const letters = () => getComputedStyle(document.body).color;

/** @returns {String} "dark" where the page is written in light letters */
export function lightness() {
    const [red, green, blue] = letters().match(/\d+/g) || [];
    return Number(red) + Number(green) + Number(blue) > 384 ? "dark" : "light";
}

/** @returns {Object} the colours that this page has, by their names */
export const palette = () => COLORS[lightness()];

/** The area under a line or around it: its colour, thinned. */
export const thin = (color) => `${color}26`;

function lettered(scale, color) {
    const {ticks, title, grid} = scale;
    return {
        ...scale,
        ticks: {color, ...ticks},
        title: {color, ...title},
        grid: {color: GRID, ...grid},
    };
}

/**
 * @param {Object} config of a chart
 * @returns {Object} the same, its letters and lines in the colours of the page
 */
export function onPage({options = {}, ...config}) {
    const color = letters();
    const named = Object.entries({x: {}, ...options.scales});
    const scales = Object.fromEntries(
        named.map(([name, scale]) => [name, lettered(scale, color)])
    );
    return {...config, options: {...options, color, scales}};
}
