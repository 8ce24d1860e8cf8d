import {deserializeDate, formatDate} from "@web/core/l10n/dates";

// The language says which comes first, the year or the month.
const formatAs = (month) => (day) =>
    deserializeDate(day).toLocaleString({month, year: "numeric"});

export const formatMonth = formatAs("long");
export const formatShortMonth = formatAs("short");

/**
 * @param {Object} end date, and is_open where the month is not over
 * @returns {String} the month that it ends, or the day until which it is known
 */
export const formatEnd = ({date, is_open: isOpen}) =>
    isOpen ? formatDate(deserializeDate(date)) : formatMonth(date);

/**
 * @param {String} day a date as the server writes it
 * @param {Number} months how many to go back (negative: ahead)
 * @returns {String} the end of that month, as the server writes it
 */
export const monthEndBefore = (day, months) =>
    deserializeDate(day).startOf("month").minus({months}).endOf("month").toISODate();
