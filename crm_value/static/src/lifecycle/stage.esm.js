import {_t} from "@web/core/l10n/translation";

// The colours of Odoo's kanban cards, by the number that a stage has.
const COLORS = [
    "#a2a2a2",
    "#d6453d",
    "#dc8534",
    "#e8bb1d",
    "#5794dd",
    "#9f628f",
    "#db8865",
    "#41a9a2",
    "#6b7bd6",
    "#ee2f8a",
    "#4fae5b",
    "#9872e6",
];

/** What to think of a time in which nobody was lost. */
export const describeNobodyLost = () =>
    _t(
        "Who is lost is foretold: unlikely to buy again within a year. A short history hardly shows that of anybody: read this as not known yet, not as a retention of 100%."
    );

export const stageColor = (number) => COLORS[number] || COLORS[0];
