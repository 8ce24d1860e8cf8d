import {registry} from "@web/core/registry";

const line = (text) => `.o_value_interactions li:contains('${text}')`;
const filter = (kind) => `.o_value_interactions button[data-kind=${kind}]`;

registry.category("web_tour.tours").add("crm_value_interactions", {
    steps: () => [
        {
            content: "Open what happened with the customer",
            trigger: "button[name=action_open_value_interactions]",
            run: "click",
        },
        {
            content: "A mail is there",
            trigger: line("Tour question"),
        },
        {
            content: "Only tickets",
            trigger: filter("ticket"),
            run: "click",
        },
        {
            content: "The mail is not shown",
            trigger: ".o_value_interactions:not(:has(li:contains('Tour question')))",
        },
        {
            content: "Note a call",
            trigger: ".o_value_interactions button[name=note]",
            run: "click",
        },
        {
            content: "Say what it was about",
            trigger: ".modal [name=note] textarea",
            run: "edit Tour note",
        },
        {
            content: "Note it",
            trigger: ".modal button[name=action_note]",
            run: "click",
        },
        {
            content: "No filter",
            trigger: `body:not(:has(.modal)) ${filter("ticket")}`,
            run: "click",
        },
        {
            content: "The call stands above",
            trigger: ".o_value_interactions li:first-child:contains('Tour note')",
        },
        {
            content: "Open the ticket",
            trigger: line("Tour crates"),
            run: "click",
        },
        {
            content: "It is open, with its way back",
            trigger: ".o_form_view:has(.o_field_widget[name=stage_id])",
        },
    ],
});
