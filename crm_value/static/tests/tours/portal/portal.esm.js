import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("crm_value_portal", {
    steps: () => [
        {
            content: "The home page has a card on loyalty",
            trigger: ".o_portal_index_card:not(.d-none) a[href='/my/loyalty']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The tier is shown",
            trigger: ".o_value_portal .card:contains('Silver')",
        },
        {
            content: "Points are shown with what is locked",
            trigger: ".o_value_portal .card:contains('1,700'):contains('750')",
        },
        {
            content: "Points have a date and a document",
            trigger: ".o_value_portal td a[href^='/my/']",
        },
        {
            content: "What they are worth is told, and asked to be used",
            trigger:
                ".o_value_portal .card:contains('Worth up to') button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is known that they shall be used",
            trigger: ".o_value_portal .card:contains('We know that you want')",
        },
        {
            content: "The benefits are listed",
            trigger: ".o_value_portal li:contains('Special prices')",
        },
        {
            content: "Go to older movements",
            trigger: ".o_portal_pager a[href^='/my/loyalty/page/2']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "They are shown",
            trigger: ".o_value_portal tbody tr:contains('Opening Balance')",
        },
    ],
});
