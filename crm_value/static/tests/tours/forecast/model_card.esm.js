import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("crm_value_model_card", {
    steps: () => [
        {
            content: "Open the latest run that is done",
            trigger: ".o_list_view .o_data_row:contains('Done') td[name=as_of]",
            run: "click",
        },
        {
            content: "Open what it predicts by",
            trigger: ".oe_stat_button[name=action_open_fit]",
            run: "click",
        },
        {
            content: "The card says which rule predicts and why",
            trigger: ".o_value_headline:contains('Too few customers for a model')",
        },
        {
            content: "The confidence stands beside",
            trigger: ".o_value_headline [data-confidence=insufficient]",
        },
        {
            content: "The warning says what to do",
            trigger: ".o_value_warnings [data-code=few]",
        },
        {
            content: "It says that there is no back-test",
            trigger: ".o_value_no_backtest",
        },
        {
            content: "What it is made of is folded",
            trigger: "[data-fold=parameters] > summary",
            run: "click",
        },
        {
            content: "Margins are shown to who may see them",
            trigger: "[data-block=everybody] [data-symbol='Margin rate']",
        },
        {
            content: "The runs that predict by it are listed",
            trigger: ".o_field_widget[name=run_ids] .o_data_row",
        },
        {
            content: "Retrain",
            trigger: "button[name=action_fit_again]",
            run: "click",
        },
        {
            content: "A run waits",
            trigger: ".o_arrow_button_current:contains('Waiting')",
        },
    ],
});

tours.add("crm_value_model_card_past", {
    steps: () => [
        {
            content: "What is asked first is answered first",
            trigger: ".o_value_answers [data-code=inside]",
        },
        {
            content: "The rest is folded",
            trigger: "[data-fold=past] > summary",
            run: "click",
        },
        {
            content:
                "Each cut is a part of the table, the rule that predicts stands out",
            trigger: ".o_value_backtest tbody tr.table-success",
        },
        {
            content: "Going on as before is always there",
            trigger: ".o_value_backtest tr[data-rule=naive]",
        },
        {
            content: "The shares inside the interval are said",
            trigger: ".o_value_inside:contains('80% interval')",
        },
        {
            content: "Two charts are drawn",
            trigger: ".o_value_model_card:has(canvas[aria-label^='Purchases by week'])",
        },
        {
            content: "The second one as well",
            trigger: ".o_value_model_card canvas[aria-label*='tenth']",
        },
        {
            content: "Margins are not for a salesperson",
            trigger: ".o_value_model_card:has(.fa-lock):not(:contains('Margin rate'))",
        },
        {
            content: "Nor is learning again",
            trigger: ".o_form_view:not(:has(button[name=action_fit_again]))",
        },
    ],
});
