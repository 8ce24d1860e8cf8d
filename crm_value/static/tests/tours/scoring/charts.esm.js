import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("crm_value_charts", {
    steps: () => [
        {
            content: "The curve is said in words",
            trigger: ".o_value_pareto .o_value_sentence:contains('of revenue')",
        },
        {
            content: "The curve is drawn",
            trigger: ".o_value_pareto canvas",
        },
        {
            content: "Open class A",
            trigger: ".o_value_tile[data-class=a]",
            run: "click",
        },
        {
            content: "The list holds class A only",
            trigger: ".o_list_view .o_data_row:contains('Tour Large')",
        },
        {
            content: "Open the menu of customers",
            trigger: "button[data-menu-xmlid='crm_value.menu_customers']",
            run: "click",
        },
        {
            content: "Open the value matrix",
            trigger: "a[data-menu-xmlid='crm_value.crm_value_matrix_menu']",
            run: "click",
        },
        {
            content: "The matrix is drawn",
            trigger: ".o_value_matrix canvas",
        },
        {
            content: "Open a quadrant",
            trigger: ".o_value_tile[data-quadrant=platinum]",
            run: "click",
        },
        {
            content: "The list is filtered",
            trigger: ".o_facet_values:contains('Star')",
        },
    ],
});

registry.category("web_tour.tours").add("crm_value_loyalty_matrix", {
    steps: () => [
        {
            content: "Who has been asked is said in words",
            trigger: ".o_value_loyalty_matrix .o_value_sentence:contains('No survey')",
        },
        {
            content: "No margin is shown to a salesperson",
            trigger: ".o_value_loyalty_tiles:not(:contains('Margin'))",
        },
        {
            content: "Open who buys much, asked or not",
            trigger: ".o_value_tile[data-behaviour=high][data-attitude=unknown]",
            run: "click",
        },
        {
            content: "Open a customer of the list",
            trigger: ".o_list_view .o_data_row:contains('Tour') .o_data_cell",
            run: "click",
        },
        {
            content: "Open how loyal it is",
            trigger: ".o_notebook a[name=relation]",
            run: "click",
        },
        {
            content: "The class is not known, and it is said why",
            trigger:
                ".o_value_loyalty [data-code=attitude]:contains('no survey response')",
        },
        {
            content: "Open what the purchases are known by",
            trigger: ".o_value_loyalty [data-code=frequency] button",
            run: "click",
        },
        {
            content: "The documents are listed",
            trigger: ".breadcrumb-item, .o_breadcrumb:contains('Behavioural Loyalty')",
        },
    ],
});
