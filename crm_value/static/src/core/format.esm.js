/* global luxon */
import {formatFloat} from "@web/views/fields/formatters";

// The language of the user, as the browser knows it.
const language = () => luxon.Settings.defaultLocale || undefined;

/** Whether a figure is known: zero is, null and false are not. */
export const isKnown = (value) => typeof value === "number";

/** A number of percent, with the sign where the language has it. */
export const withPercent = (number) =>
    new Intl.NumberFormat(language(), {style: "percent"})
        .formatToParts(0.5)
        .map(({type, value}) => (type === "integer" ? number : value))
        .join("");

const oneDigit = (value) => formatFloat(value, {digits: [16, 1]});

export const formatScore = (value) => (isKnown(value) ? oneDigit(value) : "");
export const formatShare = (value) => {
    if (!isKnown(value)) {
        return "";
    }
    // A growth from next to nothing has no size that tells anything.
    if (Math.abs(value) >= 9.995) {
        return value > 0 ? `> ${withPercent(999)}` : `< ${withPercent(-999)}`;
    }
    return withPercent(oneDigit(100 * value));
};
export const formatShortShare = (value) => {
    const digits = {digits: [16, 1], trailingZeros: false};
    return isKnown(value) ? withPercent(formatFloat(100 * value, digits)) : "";
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
        return `> ${withPercent(99)}`;
    }
    if (value < 0.005) {
        return `< ${withPercent(1)}`;
    }
    return withPercent(formatFloat(100 * value, {digits: [16, 0]}));
};

/** A difference of shares, with its sign. */
export const formatSignedShare = (value) =>
    isKnown(value) ? withPercent(formatSigned(100 * value)) : "";

/** A number on an axis, as short as the language has it: 350K, 35万. */
export const formatCompact = (value) =>
    new Intl.NumberFormat(language(), {
        notation: "compact",
        maximumFractionDigits: 1,
    }).format(value);

/** An effect or a weight: two digits. */
export const formatEffect = (value) =>
    isKnown(value) ? formatFloat(value, {digits: [16, 2]}) : "";
