import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("crm_value_months", {
    steps: () => [
        {
            content: "Months are in the rows, channels in the columns",
            trigger: ".o_pivot th:contains('Imports')",
        },
        {
            content: "The money of all months is there",
            trigger: ".o_pivot tbody tr:first-child .o_pivot_cell_value:contains('$')",
        },
        {
            content: "Customers are counted",
            trigger: ".o_pivot th:contains('Customers')",
        },
        {
            content: "Open the filters",
            trigger: ".o_searchview_dropdown_toggler",
            run: "click",
        },
        {
            content: "Compare the ten largest with all others",
            trigger:
                ".o_filter_menu .o-dropdown-item:contains('Ten Largest and All Others')",
            run: "click",
        },
        {
            content: "They are told apart",
            trigger: ".o_pivot th:contains('Ten Largest')",
        },
        {
            content: "Show the same as a graph",
            trigger: ".o_switch_view.o_graph",
            run: "click",
        },
        {
            content: "It is drawn",
            trigger: ".o_graph_canvas_container canvas",
        },
        {
            content: "Show the rows",
            trigger: ".o_switch_view.o_list",
            run: "click",
        },
        {
            content: "Months are groups",
            trigger: ".o_list_view .o_data_row, .o_list_view .o_group_header",
        },
    ],
});
