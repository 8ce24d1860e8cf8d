import {RecordField} from "../core/record_field.esm";
import {behindAction} from "../core/rows.esm";
import {registry} from "@web/core/registry";

// What whoever serves a ticket should know of its customer: what to do first, what is
// open, and the last contacts. Each opens what is behind it.
export class TicketPanel extends RecordField {
    static template = "crm_value.TicketPanel";

    show(opens) {
        return this.action.doAction(behindAction(opens));
    }
}

registry.category("fields").add("value_ticket_panel", {
    component: TicketPanel,
    supportedTypes: ["json"],
});
