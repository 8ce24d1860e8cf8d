import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("crm_value_equity", {
    steps: () => [
        {
            content: "The equity is said in words",
            trigger: ".o_value_equity .o_value_sentence:contains('worth')",
        },
        {
            content: "The waterfall is drawn",
            trigger: ".o_value_equity canvas",
        },
        {
            content: "Choose an earlier month",
            trigger: ".o_value_equity tbody tr:nth-child(2) button",
            run: "click",
        },
        {
            content: "It is chosen",
            trigger: ".o_value_equity tbody tr:nth-child(2).table-active",
        },
        {
            content: "Open the customers behind the closing value",
            trigger: ".o_value_tile[data-movement=closing]",
            run: "click",
        },
        {
            content: "They are listed",
            trigger: ".o_list_view .o_data_row:contains('Tour Large')",
        },
        {
            content: "Open one of them",
            trigger: ".o_data_row:contains('Tour Large') [name=partner_id]",
            run: "click",
        },
        {
            content: "Its value opens",
            trigger: ".o_form_view [name=partner_id]:contains('Tour Large')",
        },
        {
            content: "Open the menu of reports",
            trigger: "button[data-menu-xmlid='crm_value.menu_reporting']",
            run: "click",
        },
        {
            content: "Open the analysis",
            trigger: "a[data-menu-xmlid='crm_value.crm_value_equity_analysis_menu']",
            run: "click",
        },
        {
            content: "The months are there",
            trigger: ".o_pivot th:contains('Closing')",
        },
    ],
});
