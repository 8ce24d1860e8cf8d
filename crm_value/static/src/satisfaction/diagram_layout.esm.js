// Where the constructs of a model stand: causes left of what the index tells, effects
// right, two in a column. Of several pairs, those nearer to the middle spread wider, so
// that an arrow to the middle passes between their boxes.
export const WIDTH = 1000;
export const HEIGHT = 420;
export const BOX = {width: 160, height: 66};
const ABOVE = -0.55 * HEIGHT;

function columnsOf(ids) {
    const columns = [];
    for (let at = 0; at < ids.length; at += 2) {
        columns.push(ids.slice(at, at + 2));
    }
    return columns;
}

/** How far the boxes of a column stand above and below the middle. */
function spreadOf(columns, number, middle) {
    const outermostFirst =
        number < middle
            ? columns.slice(0, middle)
            : columns.slice(middle + 1).reverse();
    const pairs = outermostFirst.filter(({length}) => length === 2);
    if (pairs.length < 2) {
        return 0.38; // Past a single box in the middle
    }
    return 0.18 + (0.22 * pairs.indexOf(columns[number])) / (pairs.length - 1);
}

/**
 * @param {Array} constructs in causal order, each with an id
 * @param {Number} target the id of what the index tells
 * @returns {Object} id: {x, y, column}, the middles of the boxes
 */
export function placeConstructs(constructs, target) {
    const ids = constructs.map(({id}) => id);
    const at = ids.indexOf(target);
    const before = columnsOf(at < 0 ? ids : ids.slice(0, at));
    const after = columnsOf(at < 0 ? [] : ids.slice(at + 1));
    const columns = [...before, ...(at < 0 ? [] : [[target]]), ...after];
    const middle = before.length;
    const step = (WIDTH - BOX.width) / Math.max(columns.length - 1, 1);
    const places = {};
    columns.forEach((column, number) => {
        const spread = HEIGHT * spreadOf(columns, number, middle);
        column.forEach((id, place) => {
            const offset = place ? spread : -spread;
            places[id] = {
                x: BOX.width / 2 + number * step,
                y: HEIGHT / 2 + (column.length === 1 ? 0 : offset),
                column: number,
            };
        });
    });
    return places;
}

/** The point where the line from the middle of a box towards another leaves the box. */
function leave(from, to) {
    const dx = to.x - from.x;
    const dy = to.y - from.y;
    const scale = Math.min(
        dx ? BOX.width / 2 / Math.abs(dx) : Infinity,
        dy ? BOX.height / 2 / Math.abs(dy) : Infinity
    );
    return {x: from.x + dx * scale, y: from.y + dy * scale};
}

/**
 * @param {Object} from place of the cause
 * @param {Object} to place of the effect
 * @param {Number} middle column of what the index tells
 * @returns {Object} d: the path of an arrow, label: where its number stands
 */
export function arrow(from, to, middle) {
    if (from.column < middle && to.column > middle) {
        const over = {x: (from.x + to.x) / 2, y: ABOVE};
        const start = leave(from, {x: from.x, y: -1e4});
        const end = leave(to, {x: to.x, y: -1e4});
        return {
            over: true,
            d: `M ${start.x} ${start.y} Q ${over.x} ${over.y} ${end.x} ${end.y}`,
            label: {
                x: (start.x + 2 * over.x + end.x) / 4,
                y: (start.y + 2 * over.y + end.y) / 4,
            },
        };
    }
    const start = leave(from, to);
    const end = leave(to, from);
    // Nearer to the cause, where arrows to the same box lie further apart.
    const part = to.column - from.column > 1 ? 0.3 : 0.45;
    return {
        d: `M ${start.x} ${start.y} L ${end.x} ${end.y}`,
        label: {
            x: start.x + part * (end.x - start.x),
            y: start.y + part * (end.y - start.y),
        },
    };
}
