import {registry} from "@web/core/registry";

const next = (duty) => ({
    content: `Next: ${duty}`,
    trigger: `[name=value_duty] .o_arrow_button_current:contains('${duty}')`,
});
const choose = (name, label) => [
    {
        content: `Open the choices of ${name}`,
        trigger: `[name=${name}] .o_select_menu_toggler`,
        run: "click",
    },
    {
        content: `Choose ${label}`,
        trigger: `.o_select_menu_item:contains('${label}')`,
        run: "click",
    },
];
const close = [
    {
        content: "Show the stages that are folded",
        trigger: "[name=stage_id] .o_statusbar_status button.dropdown-toggle:visible",
        run: "click",
    },
    {
        content: "Close it",
        trigger: ".o-dropdown--menu .dropdown-item:contains('Done')",
        run: "click",
    },
];
const closed = "[name=stage_id] .o_arrow_button_current:contains('Done')";

registry.category("web_tour.tours").add("crm_value_complaint_duties", {
    steps: () => [
        {
            content: "Open what is owed",
            trigger: ".nav-link[name=complaint]",
            run: "click",
        },
        next("Assess"),
        ...choose("value_severity", "Serious"),
        next("Find the Cause"),
        {
            content: "Look for the cause",
            trigger: "[name=value_cause_id] input",
            run: "edit Tour Cause",
        },
        {
            content: "It is the cause",
            trigger: ".o-autocomplete--dropdown-item:contains('Tour Cause')",
            run: "click",
        },
        next("Decide on a Remedy"),
        ...choose("value_remedy", "Replacement"),
        next("Tell the Customer"),
        {
            content: "The customer knows",
            trigger: "button[name=action_value_told]",
            run: "click",
        },
        next("Have It Confirmed"),
        {
            content: "It is settled",
            trigger: "button[name=action_value_confirmed]",
            run: "click",
        },
        {
            content: "Nothing is owed any more",
            trigger: "[name=value_confirmed_at]:visible",
        },
        ...close,
        {
            content: "Nobody asks why",
            trigger: closed,
        },
        {
            content: "It is closed for good",
            trigger: ".o-mail-Message:contains('has been closed')",
        },
    ],
});

registry.category("web_tour.tours").add("crm_value_complaint_early", {
    steps: () => [
        ...close,
        {
            content: "What is owed is said",
            trigger: ".modal:contains('Something is still owed'):contains('Assess')",
        },
        {
            content: "Say why",
            trigger: ".modal button:contains('Close With a Reason')",
            run: "click",
        },
        {
            content: "The reason",
            trigger: ".modal [name=reason] input",
            run: "edit Withdrawn by phone",
        },
        {
            content: "Close it",
            trigger: ".modal button[name=action_close]:visible",
            run: "click",
        },
        {
            content: "It is noted",
            trigger: ".o-mail-Message:contains('Withdrawn by phone')",
        },
        {
            content: "It is closed",
            trigger: `body:not(:has(.modal)) ${closed}`,
        },
        {
            content: "Open what is owed",
            trigger: ".nav-link[name=complaint]",
            run: "click",
        },
        {
            content: "The reason is kept",
            trigger: "[name=value_close_reason]:contains('Withdrawn by phone')",
        },
    ],
});
