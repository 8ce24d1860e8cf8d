import {Component} from "@odoo/owl";

/**
 * @param {Object} labels by key
 * @returns {Array} the options of ValueChoice
 */
export const optionsOf = (labels) =>
    Object.entries(labels).map(([key, label]) => ({key, label}));

// Buttons of which one is chosen.
export class ValueChoice extends Component {
    static template = "crm_value.Choice";
    static props = {
        label: String,
        options: Array, // Of {key, label}
        chosen: {optional: true},
        choose: Function,
    };
}
