import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("crm_value_feedback", {
    steps: () => [
        {
            content: "The answer clicked in the mail is chosen",
            trigger: ".o_survey_selected:contains('3') input[value='3']:not(:visible)",
        },
        {
            content: "Say why",
            trigger: "textarea",
            run: "edit Deliveries come too late",
        },
        {
            content: "Send it",
            trigger: "button[value=send]:not(.disabled)",
            run: "click",
        },
        {
            content: "It has arrived",
            trigger: ".o_survey_finished:contains('Thank you')",
        },
    ],
});
