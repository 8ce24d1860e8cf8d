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

export const stageColor = (number) => COLORS[number] || COLORS[0];
