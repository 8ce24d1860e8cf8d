import {markup} from "@odoo/owl";

/** Return an action that a method answered with its help as HTML, as the client reads
 * that of actions it has loaded itself. */
export function answered(action) {
    return action.help ? {...action, help: markup(action.help)} : action;
}
