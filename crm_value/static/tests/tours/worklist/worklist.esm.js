import {registry} from "@web/core/registry";

const row = (name) => `.o_data_row:contains('${name}')`;
const gone = (name) => `.o_list_view:not(:has(.o_data_row:contains('${name}')))`;

registry.category("web_tour.tours").add("crm_value_worklist", {
    steps: () => [
        {
            content: "The list says why; the money is not for a salesperson",
            trigger: `.o_list_view:not(:has(th[data-name=stake])) ${row("Fading A")}:contains('No purchase for')`,
        },
        {
            content: "Done",
            trigger: `${row("Fading A")} button[name=action_ask_done]`,
            run: "click",
        },
        {
            content: "Say what came of it",
            trigger: ".modal .o_field_radio label:contains('Wants a Quotation')",
            run: "click",
        },
        {
            content: "It is noted on the contact",
            trigger: ".modal button[name=action_done]",
            run: "click",
        },
        {
            content: "The customer is off the list",
            trigger: gone("Fading A"),
        },
        {
            content: "Think better of it",
            trigger: ".o_notification:contains('Fading A') button:contains('Undo')",
            run: "click",
        },
        {
            content: "The customer is back; snooze another one",
            trigger: `.o_list_view:has(${row("Fading A")}) ${row("Fading B")} button[name=action_snooze]`,
            run: "click",
        },
        {
            content: "For a week",
            trigger: ".modal button[name=action_week]",
            run: "click",
        },
        {
            content: "Reject the next one",
            trigger: `.o_list_view:not(:has(.o_data_row:contains('Fading B'))) ${row("Fading C")} button[name=action_reject]`,
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".modal .o_field_radio label:contains('Buys elsewhere')",
            run: "click",
        },
        {
            content: "Add a word",
            trigger: ".modal div[name=note] input",
            run: "edit Moved abroad",
        },
        {
            content: "Leave it off the list",
            trigger: ".modal button[name=action_reject]",
            run: "click",
        },
        {
            content: "Choose all that is left",
            trigger: `${gone("Fading C")} thead .o_list_record_selector input`,
            run: "click",
        },
        {
            content: "All done at once",
            trigger: ".o_control_panel button[name=action_ask_done]:contains('Done')",
            run: "click",
        },
        {
            content: "Without an answer it says what is asked",
            trigger: ".modal button[name=action_done]",
            run: "click",
        },
        {
            content: "By the name of the field",
            trigger:
                ".modal:contains('What Came of It') .modal-footer button.btn-primary",
            run: "click",
        },
        {
            content: "Say what came of it",
            trigger: ".modal .o_field_radio label:contains('Not Reached')",
            run: "click",
        },
        {
            content: "It is noted for all",
            trigger: ".modal button[name=action_done]",
            run: "click",
        },
        {
            content: "Nobody is left for today",
            trigger: ".o_view_nocontent:contains('Nobody is due today')",
        },
    ],
});
