import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("crm_value_solution", {
    steps: () => [
        {
            content: "What the lead needs",
            trigger: ".o_notebook a[name=value_needs]",
            timeout: 60000,
            run: "click",
        },
        {
            content: "is said there",
            trigger:
                ".o_field_widget[name=value_need_line_ids] .o_data_row:contains('Tour Licences')",
        },
        {
            content: "Find what meets it",
            trigger: "button[name=action_value_solutions]",
            run: "click",
        },
        {
            content: "The template meets the need",
            trigger: ".modal .o_data_row:contains('Tour Seats'):contains('1 of 1')",
            timeout: 30000,
        },
        {
            content: "and too little is known of it",
            trigger: ".modal .o_data_row:contains('None decided yet')",
        },
        {
            content: "Draft the quotation",
            trigger: ".modal button[name=action_offer]",
            run: "click",
        },
        {
            content: "It has what is needed",
            trigger:
                ".o_sale_order .o_data_row:contains('Tour Licence'):contains('12.00')",
            timeout: 30000,
        },
    ],
});
