import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("crm_value_desk_agent", {
    steps: () => [
        {
            content: "The promise is told",
            trigger: ".alert:contains('1 of 2 in the queue'):contains('Silver')",
        },
        {
            content: "So is what to do first",
            trigger: ".o_value_panel_first[data-code=orders]:contains('Find out when')",
        },
        {
            content: "Who asks is shown above",
            trigger: ".o_value_beside .o_value_strip",
        },
        {
            content: "An agent may not open orders",
            trigger: ".o_value_panel span[data-code=orders]",
        },
        {
            content: "Open the customer's other tickets",
            trigger: ".o_value_panel button[data-code=tickets]",
            run: "click",
        },
        {
            content: "The other one is listed",
            trigger: ".o_list_view .o_data_row:contains('Help')",
        },
        {
            content: "Go back",
            trigger: ".breadcrumb-item a",
            run: "click",
        },
        {
            content: "Write to the customer",
            trigger: "button.o-mail-Chatter-sendMessage",
            run: "click",
        },
        {
            content: "Answer",
            trigger: ".o-mail-Composer-input",
            run: "edit They are on their way",
        },
        {
            content: "Send it",
            trigger: ".o-mail-Composer-send:enabled",
            run: "click",
        },
        {
            content: "It is sent",
            trigger: ".o-mail-Message:contains('They are on their way')",
        },
    ],
});

registry.category("web_tour.tours").add("crm_value_desk_leader", {
    steps: () => [
        {
            content: "The ticket is overdue in the queue",
            trigger: ".o_list_view .o_data_row:contains('1 of 2') .text-danger",
        },
        {
            content: "Open it",
            trigger: ".o_data_row:contains('1 of 2') td[name=name]",
            run: "click",
        },
        {
            content: "The delay is told first",
            trigger: ".o_value_panel_first[data-tone=danger]:contains('Answer now')",
        },
        {
            content: "The leader has an activity",
            trigger: ".o-mail-Activity:contains('Promise not kept')",
        },
    ],
});

registry.category("web_tour.tours").add("crm_value_desk_kept", {
    steps: () => [
        {
            content: "One of two promises was kept",
            trigger: ".o_pivot td:contains('50.00')",
        },
    ],
});

registry.category("web_tour.tours").add("crm_value_desk_portal", {
    steps: () => [
        {
            content: "Say what it is about",
            trigger: "input[name=subject]",
            run: "edit Where are my widgets?",
        },
        {
            content: "And more",
            trigger: "textarea[name=description]",
            run: "edit They were due last week",
        },
        {
            content: "Send it",
            trigger: "form[action='/submitted/ticket'] button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The ticket is shown",
            trigger: "body:contains('Where are my widgets?')",
        },
    ],
});

registry.category("web_tour.tours").add("crm_value_desk_queue", {
    steps: () => [
        {
            content: "What came through the portal waits in the queue",
            trigger: ".o_data_row td[name=name]:contains('Where are my widgets?')",
            run: "click",
        },
        {
            content: "It is promised to the customer's tier",
            trigger: ".alert:contains('in the queue'):contains('Silver')",
        },
    ],
});
