import {registry} from "@web/core/registry";

const offered = (name) => `.o_value_suggestions li:contains('${name}')`;

registry.category("web_tour.tours").add("crm_value_suggestions", {
    steps: () => [
        {
            content: "A suggestion says why",
            trigger: `${offered("Cup")}:contains('4 of 7 customers who buy Tea')`,
        },
        {
            content: "Add it",
            trigger: `${offered("Cup")} button[name=add]`,
            run: "click",
        },
        {
            content: "It is a line of the quotation",
            trigger: "[name=order_line] .o_data_row:contains('Cup')",
        },
        {
            content: "Dismiss the other one",
            trigger: `${offered("Pot")} button[name=dismiss]`,
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".o-dropdown-item:contains('Too expensive')",
            run: "click",
        },
        {
            content: "Nothing is suggested any more",
            trigger: ".o_form_view:not(:has(.o_value_suggestions))",
        },
    ],
});

registry.category("web_tour.tours").add("crm_value_suggestions_catalog", {
    steps: () => [
        {
            content: "Open the catalog",
            trigger: "[name=order_line] button[name=action_add_from_catalog]",
            run: "click",
        },
        {
            content: "Add what is suggested beside it",
            trigger: `.o_search_panel ${offered("Pot")} button[name=add]`,
            run: "click",
        },
        {
            content: "It is suggested no more",
            trigger: `.o_search_panel .o_value_suggestions:not(:contains('Pot'))`,
        },
    ],
});
