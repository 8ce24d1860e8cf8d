import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/views/fields/formatters";

/** Whether a figure is known: zero is, null and false are not. */
export const isKnown = (value) => typeof value === "number";
const oneDigit = (value) => formatFloat(value, {digits: [16, 1]});

export const formatScore = (value) => (isKnown(value) ? oneDigit(value) : "");
export const formatShare = (value) => {
    if (!isKnown(value)) {
        return "";
    }
    // A growth from next to nothing has no size that tells anything.
    return value >= 9.995 ? _t("> %s %", 999) : _t("%s %", oneDigit(100 * value));
};
export const formatShortShare = (value) => {
    const digits = {digits: [16, 1], trailingZeros: false};
    return isKnown(value) ? _t("%s %", formatFloat(100 * value, digits)) : "";
};
export const formatSigned = (value) => {
    if (!isKnown(value)) {
        return "";
    }
    const rounded = oneDigit(Math.abs(value));
    if (rounded === oneDigit(0)) {
        return rounded;
    }
    return (value > 0 ? "+" : "-") + rounded;
};

/** A probability: whole percent, and nothing is quite certain. */
export const formatChance = (value) => {
    if (!isKnown(value)) {
        return "";
    }
    if (value > 0.995) {
        return _t("> %s %", 99);
    }
    if (value < 0.005) {
        return _t("< %s %", 1);
    }
    return _t("%s %", formatFloat(100 * value, {digits: [16, 0]}));
};

/** An effect or a weight: two digits. */
export const formatEffect = (value) =>
    isKnown(value) ? formatFloat(value, {digits: [16, 2]}) : "";
