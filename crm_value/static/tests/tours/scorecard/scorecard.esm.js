import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const card = (name) => `.o_value_objective:contains('${name}')`;
const row = (text) => `[name=line_ids] .o_data_row:contains('${text}')`;

tours.add("crm_value_strategy_begin", {
    steps: () => [
        {
            content: "There is no strategy yet; start from a template",
            trigger: ".o_value_empty button[name=new_from_template]",
            run: "click",
        },
        {
            content: "Take one of the templates",
            trigger: ".modal .o_kanban_record:first button[name=action_use_template]",
            run: "click",
        },
        {
            content: "It is a draft with objectives",
            trigger: "[name=objective_ids] .o_data_row",
        },
        {
            content: "Put it in force",
            trigger: "button[name=action_activate]",
            run: "click",
        },
        {
            content: "It is in force",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Active')",
        },
        {
            content: "Its arrows are one click away",
            trigger: ".oe_stat_button:contains('Arrows')",
            run: "click",
        },
        {
            content: "They are those of this strategy",
            trigger: ".o_searchview_facet:contains('Strategy')",
        },
        {
            content: "There are some",
            trigger: ".o_list_view .o_data_row [name=effect_id]",
        },
        {
            content: "Look at its map",
            trigger: ".o_menu_sections button:contains('Strategy')",
            run: "click",
        },
        {
            content: "Open the map",
            trigger: ".dropdown-item:contains('Strategy Map')",
            run: "click",
        },
        {
            content: "The objectives stand in four bands",
            trigger: ".o_value_band[data-perspective=learning] .o_value_objective",
        },
        {
            content: "Their arrows are drawn",
            trigger: ".o_value_bands .o_value_arrow[data-link]",
        },
        {
            content: "Their owners and themes are a list",
            trigger: "button[name=objectives]",
            run: "click",
        },
        {
            content: "It has a group for each perspective",
            trigger: ".o_list_view .o_group_header:contains('Learning and Growth')",
        },
    ],
});

tours.add("crm_value_strategy_loop", {
    steps: () => [
        {
            content: "An objective is below its red flag, and says so in words",
            trigger: `${card("Tour Customers")} [data-light=bad]:contains('Below the Red Flag')`,
        },
        {
            content: "Ask what the data say about an arrow",
            trigger: ".o_value_arrow[data-link]",
            run: "click",
        },
        {
            content: "It says what they cannot show",
            trigger: ".o_value_evidence:contains('What the Data Cannot Show')",
        },
        {
            content: "Close it",
            trigger: ".o_value_evidence .btn-close",
            run: "click",
        },
        {
            content: "The same as tables",
            trigger:
                ".o_value_strategy:not(:has(.o_value_evidence)) [data-choice=table]",
            run: "click",
        },
        {
            content: "The measure is there with its value",
            trigger: ".o_value_scores tr:contains('Tour Measure')",
        },
        {
            content: "Review the strategy",
            trigger: "button[name=review]",
            run: "click",
        },
        {
            content: "The measure off target is on the list; walk through",
            trigger: `.modal:has(${row("Tour Measure")}) footer button[name=action_walk]`,
            run: "click",
        },
        {
            content: "It is one of one; say what was seen",
            trigger: ".modal:contains('1 of 1') [name=seen] input",
            run: "edit Many left",
        },
        {
            content: "Say what to do",
            trigger: ".modal [name=task] input",
            run: "edit Ask those who left",
        },
        {
            content: "Go on",
            trigger: ".modal footer button[name=action_next]",
            run: "click",
        },
        {
            content: "See what was decided, and apply it",
            trigger: `.modal:has(${row("Ask those who left")}) footer button[name=action_apply]:contains('Apply')`,
            run: "click",
        },
        {
            content: "The action is under way",
            trigger:
                "body:not(:has(.modal)) .o_value_scores tr:contains('Tour Measure') td:last:contains('1')",
        },
        {
            content: "Review it again",
            trigger: "button[name=review]",
            run: "click",
        },
        {
            content: "Walk through again",
            trigger: ".modal footer button[name=action_walk]:contains('Begin')",
            run: "click",
        },
        {
            content: "This time the belief is wrong: change the strategy",
            trigger: ".modal [name=choice] input[data-value=change]",
            run: "click",
        },
        {
            content: "Go on",
            trigger: ".modal:not(:has([name=task])) footer button[name=action_next]",
            run: "click",
        },
        {
            content: "Say what was learnt",
            trigger: ".modal [name=learned] textarea",
            run: "edit They miss advice",
        },
        {
            content: "Make a new version",
            trigger: ".modal footer button:contains('Make a New Version')",
            run: "click",
        },
        {
            content: "Version 2 is a draft with its reason",
            trigger: "[name=change_reason] textarea:value('They miss advice')",
        },
        {
            content: "Put it in force",
            trigger: "button[name=action_activate]:contains('Put in Force')",
            run: "click",
        },
        {
            content: "It is in force; ask for the closing report",
            trigger:
                ".o_form_view:has(.o_arrow_button_current:contains('Active')) button:contains('Closing Report')",
            run: "click",
        },
        {
            content: "It can be printed, and downloaded",
            trigger:
                ".modal:has(button[name=action_print]) button[name=action_download]",
            run: "click",
        },
        {
            content: "Close the question",
            trigger: ".modal footer button:contains('Close')",
            run: "click",
        },
        {
            content: "Nothing is open",
            trigger: "body:not(:has(.modal))",
        },
    ],
});
