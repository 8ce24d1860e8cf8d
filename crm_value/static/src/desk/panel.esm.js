import {RecordField} from "../core/record_field.esm";
import {_t} from "@web/core/l10n/translation";
import {behindAction} from "../core/rows.esm";
import {registry} from "@web/core/registry";

// What whoever works on a document should know of its customer: what to do first, what
// is open, and the last contacts. Each opens what is behind it.
export class Panel extends RecordField {
    static template = "crm_value.Panel";

    /** The parts that say something, in the order in which they are read. */
    get parts() {
        const titles = {
            order: _t("On This Quotation"),
            usual: _t("Usual and Due, Not Here"),
            open: _t("Open With the Customer"),
            contact: _t("Last Contacts"),
        };
        return Object.entries(titles)
            .map(([code, title]) => ({code, title, lines: this.value[code]}))
            .filter(({lines}) => lines.length);
    }

    show(opens) {
        return this.action.doAction(behindAction(opens));
    }
}

registry.category("fields").add("value_panel", {
    component: Panel,
    supportedTypes: ["json"],
});
