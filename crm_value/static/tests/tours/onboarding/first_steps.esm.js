import {registry} from "@web/core/registry";

const step = (name, state = "open") =>
    `.o_value_first_steps [data-step=${name}][data-state=${state}]`;
const button = (name, which = "open") => `${name} button[name=${which}_step]`;

registry.category("web_tour.tours").add("crm_value_first_steps", {
    steps: () => [
        {
            content: "An empty list leads to the first steps",
            trigger: ".o_view_nocontent a.btn-primary",
            run: "click",
        },
        {
            content: "The data are looked at",
            trigger: button(step("data")),
            run: "click",
        },
        {
            content: "Each finding says what it blurs",
            trigger: ".modal .o_data_row:nth-child(4) td[name=blurs]:not(:empty)",
        },
        {
            content: "That is enough",
            trigger: ".modal button[name=action_done]",
            run: "click",
        },
        {
            content: "The step is done; how the company sells is chosen",
            trigger: `.o_value_first_steps:has([data-step=data][data-state=done]) ${button(step("preset")).replace(".o_value_first_steps ", "")}`,
            run: "click",
        },
        {
            content: "A shop it is",
            trigger: ".modal .o_radio_item input[data-value=retail]",
            run: "click",
        },
        {
            content: "Six rules would change",
            trigger:
                ".modal:has(.o_data_row:nth-child(6)):not(:has(.o_data_row:nth-child(7)))",
        },
        {
            content: "It is kept as a draft",
            trigger: ".modal button[name=action_draft]",
            run: "click",
        },
        {
            content: "Which is discarded",
            trigger: button(step("preset", "done"), "undo"),
            run: "click",
        },
        {
            content: "The choice is left for later",
            trigger: button(step("preset"), "skip"),
            run: "click",
        },
        {
            content: "And taken after all",
            trigger: button(step("preset", "skipped"), "undo"),
            run: "click",
        },
        {
            content: "What would change is shown",
            trigger: button(step("preset")),
            run: "click",
        },
        {
            content: "For the own customers, of whom there are none",
            trigger: ".modal button[name=action_preview]",
            run: "click",
        },
        {
            content: "It is not published yet",
            trigger: ".modal:has(button[name=action_publish]) .btn-close",
            run: "click",
        },
        {
            content: "The draft waits for that",
            trigger: `.o_value_first_steps:has([data-step=preset][data-state=done]) [data-step=publish][data-state=open] button[name=open_step]`,
            run: "click",
        },
        {
            content: "It is published",
            trigger: ".modal button[name=action_publish]",
            run: "click",
        },
        {
            content: "Its run waits or works",
            trigger: ".o_form_view .o_field_widget[name=state]",
        },
    ],
});

registry.category("web_tour.tours").add("crm_value_first_steps_closed", {
    steps: () => [
        {
            content: "The first steps are closed",
            trigger: ".o_value_first_steps button[name=close_first_steps]",
            run: "click",
        },
        {
            content: "What helps stands in their place",
            trigger:
                ".o_value_overview:not(:has(.o_value_first_steps)) [data-first-steps] .btn-primary",
        },
        {
            content: "They are found under Configuration",
            trigger: "button[data-menu-xmlid='crm_value.menu_configuration']",
            run: "click",
        },
        {
            content: "And opened again",
            trigger: "a[data-menu-xmlid='crm_value.onboarding_menu']",
            run: "click",
        },
        {
            content: "There they are",
            trigger: `${step("purchases")} button[name=open_step]`,
            run: "click",
        },
        {
            content:
                "How purchases are brought in is written there, as a text with a link",
            trigger: ".o_view_nocontent a[href='/crm_value/import/template']",
        },
    ],
});

registry.category("web_tour.tours").add("crm_value_first_steps_others", {
    steps: () => [
        {
            content: "Who may not configure is shown no steps",
            trigger:
                ".o_value_overview:not(:has(.o_value_first_steps)) [data-first-steps]",
        },
    ],
});
