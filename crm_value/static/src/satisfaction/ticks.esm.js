/** Round numbers that part an axis into about four. */
export function roundTicks(low, high) {
    const part = (high - low) / 5;
    const power = 10 ** Math.floor(Math.log10(part));
    const step = [1, 2, 5, 10]
        .map((factor) => factor * power)
        .find((size) => size >= part);
    const first = Math.ceil(low / step);
    const count = Math.floor(high / step + 1e-9) - first + 1;
    return Array.from({length: count}, (_, at) => (first + at) * step);
}
