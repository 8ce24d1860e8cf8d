import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("crm_value_plan", {
    steps: () => [
        {
            content: "A new plan",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "Name it",
            trigger: "[name=name] input",
            run: "edit Tour Plan",
        },
        {
            content: "What is wanted",
            trigger: "[name=target] input",
            run: "edit 900",
        },
        {
            content: "What it may cost",
            trigger: "[name=budget] input",
            run: "edit 60",
        },
        {
            content: "Work it out",
            trigger: "button[name=action_reckon]",
            run: "click",
        },
        {
            content: "It says what this brings, and what is missing",
            trigger: "[name=conclusion]:contains('is missing')",
        },
        {
            content: "Each play says whether it is in the plan",
            trigger: "[name=line_ids] .o_data_row:contains('In the Plan')",
        },
        {
            content: "Drafts of the campaigns",
            trigger: "button[name=action_draft]",
            run: "click",
        },
        {
            content: "They are there, and wait",
            trigger: ".o_list_view .o_data_row:contains('Tour Plan')",
        },
        {
            content: "This one",
            trigger: ".o_data_row .o_data_cell:contains('Tour Plan')",
            run: "click",
        },
        {
            content: "It knows its plan, and the day it is meant for",
            trigger: "[name=date_planned]",
        },
    ],
});
