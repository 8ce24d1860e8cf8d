import {Component} from "@odoo/owl";

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
