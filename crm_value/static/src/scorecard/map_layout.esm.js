// Where the arrows of a map run. Cards are measured on the screen; an arrow leaves one
// at the edge towards the other, passes the rows between them where no card stands, and
// wears the sign of its verdict in a gap between two rows.
const ARC = 34; // How far an arrow within a row rises above it
const APART = 26; // What two signs keep from each other
const PLACES = [0.5, 0.36, 0.64, 0.24, 0.76];
const BENDS = [0.5, 0.34, 0.66, 0.42, 0.58]; // How high arrows of one gap turn aside

/**
 * @param {Array} boxes of {id, x, y, width, height}
 * @returns {Array} rows from above, each {top, bottom, boxes} from the left
 */
export function rowsOf(boxes) {
    const rows = [];
    for (const box of [...boxes].sort((a, b) => a.y - b.y)) {
        const row = rows.at(-1);
        if (row && box.y < row.bottom) {
            row.bottom = Math.max(row.bottom, box.y + box.height);
            row.boxes.push(box);
        } else {
            rows.push({top: box.y, bottom: box.y + box.height, boxes: [box]});
        }
    }
    for (const row of rows) {
        row.boxes.sort((a, b) => a.x - b.x);
    }
    return rows;
}

/** The x nearest to a wish where a row lets an arrow through. */
export function corridor(row, wish) {
    const free = [];
    let from = -Infinity;
    for (const {x, width} of row.boxes) {
        free.push([from, x]);
        from = x + width;
    }
    free.push([from, Infinity]);
    const near = free.map(([low, high]) => {
        const margin = Math.min(10, (high - low) / 2);
        return Math.min(Math.max(wish, low + margin), high - margin);
    });
    return near.sort((a, b) => Math.abs(a - wish) - Math.abs(b - wish))[0];
}

const middle = ({x, width}) => x + width / 2;

/** The edges at which each arrow leaves and arrives, and who else is there. */
function portsOf(links, places) {
    const ports = new Map();
    const add = (link, end, other, edge) => {
        const key = `${link[end]} ${edge}`;
        const wish = middle(places.get(link[other]).box);
        ports.set(key, [...(ports.get(key) || []), {link, end, wish}]);
    };
    for (const link of links) {
        const up = places.get(link.effect).row <= places.get(link.cause).row;
        const level = places.get(link.effect).row === places.get(link.cause).row;
        add(link, "cause", "effect", up ? "top" : "bottom");
        add(link, "effect", "cause", up && !level ? "bottom" : "top");
    }
    return ports;
}

/** Give the arrows of an edge places side by side: {"linkId end": x}. */
function spread(ports, places) {
    const found = new Map();
    for (const [key, here] of ports) {
        const {x, width} = places.get(Number(key.split(" ")[0])).box;
        here.sort((a, b) => a.wish - b.wish || a.link.id - b.link.id);
        here.forEach(({link, end}, at) => {
            found.set(`${link.id} ${end}`, x + (width * (at + 1)) / (here.length + 1));
        });
    }
    return found;
}

const turn = (from, to, bend) => from.y + bend * (to.y - from.y);

/** A smooth line through points, upright at each of them. */
function smooth(points, bend) {
    const [start, ...others] = points;
    let before = start;
    const parts = others.map((point, at) => {
        const y = turn(before, point, at ? 0.5 : bend);
        const part = `C ${before.x} ${y} ${point.x} ${y} ${point.x} ${point.y}`;
        before = point;
        return part;
    });
    return [`M ${start.x} ${start.y}`, ...parts].join(" ");
}

/** A point of the curve that smooth() draws between its first two points. */
function along(from, to, part, bend) {
    const rest = 1 - part;
    const y = turn(from, to, bend);
    const weights = [rest ** 3, 3 * rest ** 2 * part, 3 * rest * part ** 2, part ** 3];
    const mix = (values) => values.reduce((sum, v, at) => sum + v * weights[at], 0);
    return {
        x: mix([from.x, from.x, to.x, to.x]),
        y: mix([from.y, y, y, to.y]),
    };
}

function passing(start, end, rows, from, to) {
    const step = to < from ? -1 : 1;
    const points = [start];
    for (let at = from + step; at !== to; at += step) {
        const {top, bottom} = rows[at];
        const share = (top - start.y) / (end.y - start.y || 1);
        const x = corridor(rows[at], start.x + share * (end.x - start.x));
        const ends = [
            {x, y: bottom},
            {x, y: top},
        ];
        points.push(...(step < 0 ? ends : ends.reverse()));
    }
    return [...points, end];
}

function within(start, end) {
    const y = Math.min(start.y, end.y) - ARC;
    return {
        d: `M ${start.x} ${start.y} C ${start.x} ${y} ${end.x} ${y} ${end.x} ${end.y}`,
        places: [{x: (start.x + end.x) / 2, y: y + ARC / 4}],
    };
}

/** The first of some places that is not too near to those that are taken. */
function freePlace(places, taken) {
    const isFree = ({x, y}) =>
        taken.every((other) => Math.hypot(other.x - x, other.y - y) >= APART);
    return places.find(isFree) || places[0];
}

function route(link, places, rows, ports, bends) {
    const [from, to] = [places.get(link.cause), places.get(link.effect)];
    const [x1, x2] = [ports.get(`${link.id} cause`), ports.get(`${link.id} effect`)];
    if (from.row === to.row) {
        return within({x: x1, y: from.box.y}, {x: x2, y: to.box.y});
    }
    const up = to.row < from.row;
    const edge = ({box}, isTop) => box.y + (isTop ? 0 : box.height);
    const points = passing(
        {x: x1, y: edge(from, up)},
        {x: x2, y: edge(to, !up)},
        rows,
        from.row,
        to.row
    );
    const [first, second] = points;
    const gap = `${from.row} ${up}`;
    bends[gap] = (bends[gap] || 0) + 1;
    const bend = BENDS[(bends[gap] - 1) % BENDS.length];
    return {
        d: smooth(points, bend),
        places: PLACES.map((part) => along(first, second, part, bend)),
    };
}

/**
 * @param {Array} boxes of {id, x, y, width, height}: the cards as they stand
 * @param {Array} links of {id, cause, effect}: ids of cards
 * @returns {Array} the links between cards that are there, each with d, the path of its
 * arrow, and sign, the place of its sign
 */
export function drawLinks(boxes, links) {
    const rows = rowsOf(boxes);
    const places = new Map();
    rows.forEach((row, at) =>
        row.boxes.forEach((box) => places.set(box.id, {box, row: at}))
    );
    const known = links.filter(
        ({cause, effect}) => places.has(cause) && places.has(effect)
    );
    const ports = spread(portsOf(known, places), places);
    const taken = [];
    const bends = {};
    return known.map((link) => {
        const {d, places: near} = route(link, places, rows, ports, bends);
        const sign = freePlace(near, taken);
        taken.push(sign);
        return {...link, d, sign};
    });
}

/**
 * @param {Array} values of a trend, null where missing
 * @param {Object} size width and height of the picture; a score is 0 to 10
 * @returns {String} the path of the trend, with a gap where a value is missing
 */
export function sparkPath(values, {width, height}) {
    const step = width / Math.max(values.length - 1, 1);
    let isPen = false;
    const parts = [];
    values.forEach((value, at) => {
        if (typeof value === "number") {
            const y = height - (height * Math.min(Math.max(value, 0), 10)) / 10;
            parts.push(`${isPen ? "L" : "M"} ${at * step} ${y}`);
        }
        isPen = typeof value === "number";
    });
    return parts.join(" ");
}
