import {registry} from "@web/core/registry";

const row = (name) => `.o_data_row:contains('${name}')`;

registry.category("web_tour.tours").add("crm_value_review", {
    steps: () => [
        {
            content: "Decide about the customer that costs more than it brings",
            trigger: `.o_list_view:not(:has(${row("Tour Good")})) ${row("Tour Costly")} button:contains('Decide')`,
            run: "click",
        },
        {
            content: "What to do",
            trigger: "[name=lever] .o_radio_item:contains('Minimum Order') input",
            run: "click",
        },
        {
            content: "Why",
            trigger: "[name=reason] textarea",
            run: "edit Many small orders",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "The figures of the day are kept",
            trigger: ".o_form_saved [name=net_margin_then]:contains('20.00')",
        },
        {
            content: "Say what came of it",
            trigger: "[name=outcome] .o_radio_item:contains('Closer to Paying') input",
            run: "click",
        },
        {
            content: "Close the review",
            trigger: "button[name=action_done]",
            run: "click",
        },
        {
            content: "It is closed",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Reviewed')",
        },
    ],
});
