import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("crm_value_satisfaction", {
    steps: () => [
        {
            content: "The measures are said in words",
            trigger: ".o_value_measures .o_value_sentence:contains('of 100')",
        },
        {
            content: "The history is drawn",
            trigger: ".o_value_measures canvas",
        },
        {
            content: "Look at recommendation",
            trigger: ".o_value_tile[data-measure=nps]",
            run: "click",
        },
        {
            content: "It is chosen",
            trigger: ".o_value_tile.active[data-measure=nps]",
        },
        {
            content: "Group by salesperson",
            trigger: "[data-choice=user_id]",
            run: "click",
        },
        {
            content: "The groups follow; open the answers of one",
            trigger: ".o_value_cells tr:contains('tour_salesperson') button",
            run: "click",
        },
        {
            content: "They are listed",
            trigger: ".o_list_view .o_data_row:contains('Tour Large')",
        },
        {
            content: "Open the menu of satisfaction",
            trigger: "button[data-menu-xmlid='crm_value.menu_satisfaction']",
            run: "click",
        },
        {
            content: "Open satisfaction and value",
            trigger:
                "a[data-menu-xmlid='crm_value.crm_value_satisfaction_matrix_menu']",
            run: "click",
        },
        {
            content: "Open the satisfied and loyal",
            trigger: ".o_value_tile[data-quadrant=apostle]:not([disabled])",
            run: "click",
        },
        {
            content: "Open one of them",
            trigger: ".o_data_row:contains('Tour Large') [name=partner_id]",
            run: "click",
        },
        {
            content: "Look at its answers",
            trigger: ".nav-link[name=relation]",
            run: "click",
        },
        {
            content: "Open one survey",
            trigger: ".o_value_satisfaction tr[data-participation] button",
            run: "click",
        },
        {
            content: "Its answers are listed",
            trigger: ".o_list_view .o_data_row:contains('Tour Large')",
        },
        {
            content: "Open the menu again",
            trigger: "button[data-menu-xmlid='crm_value.menu_satisfaction']",
            run: "click",
        },
        {
            content: "Open the themes",
            trigger: "a[data-menu-xmlid='crm_value.crm_value_themes_menu']",
            run: "click",
        },
        {
            content: "Open the answers about delivery",
            trigger: ".o_value_themes tr:contains('Delivery') button",
            run: "click",
        },
        {
            content: "They are listed",
            trigger: ".o_list_view .o_data_row:contains('Delivery was late')",
        },
    ],
});

registry.category("web_tour.tours").add("crm_value_satisfaction_index", {
    steps: () => [
        {
            content: "The index is said in words",
            trigger: ".o_value_reading .o_value_sentence:contains('of 100')",
        },
        {
            content: "The model is drawn with its paths",
            trigger: ".o_value_diagram .o_value_path[data-path]",
        },
        {
            content: "Ask for another result",
            trigger: "button[name=estimate]",
            run: "click",
        },
        {
            content: "It is being estimated",
            trigger: ".o_value_reading .progress",
        },
        {
            content: "Open the answers behind a point of the map",
            trigger: ".o_value_importance .o_value_point",
            run: "click",
        },
        {
            content: "They are listed",
            trigger: ".o_list_view .o_data_row",
        },
    ],
});
