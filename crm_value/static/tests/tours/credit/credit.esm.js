import {registry} from "@web/core/registry";

const part = (code, text) => `tr[data-part=${code}]:contains('${text}')`;

registry.category("web_tour.tours").add("crm_value_credit", {
    steps: () => [
        {
            content: "Open what the relationship is made of",
            trigger: ".o_form_view .nav-link[name=relation]",
            run: "click",
        },
        {
            content: "The grade stands there, with what it is made of",
            trigger: `.o_value_credit[data-grade=d] ${part("late", "55 days")}`,
        },
        {
            content: "Its try on the past stands beside it",
            trigger: ".o_value_credit_test:contains('Not tried yet')",
        },
        {
            content: "Set limit and terms",
            trigger: "button[name=action_open_credit_terms]",
            run: "click",
        },
        {
            content: "What is set now, and what is suggested",
            trigger:
                ".modal [name=terms_now_id]:contains('Tour 30'), .modal [name=terms_suggested_id]:contains('Tour 29')",
        },
        {
            content: "Accept",
            trigger: ".modal button[name=action_accept]",
            run: "click",
        },
        {
            content: "The dialog is closed",
            trigger: "body:not(:has(.modal)) .o_value_credit",
        },
    ],
});

registry.category("web_tour.tours").add("crm_value_credit_words", {
    steps: () => [
        {
            content: "Open what the relationship is made of",
            trigger: ".o_form_view .nav-link[name=relation]",
            run: "click",
        },
        {
            content: "A plain user reads words, no figures and no button",
            trigger:
                ".o_form_view:not(:has(button[name=action_open_credit_terms])) .o_value_credit:not(:has(table)):contains('55 days late')",
        },
    ],
});
