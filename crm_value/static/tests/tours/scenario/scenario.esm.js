import {registry} from "@web/core/registry";

const OPTIONS = "[name=option_ids]";

registry.category("web_tour.tours").add("crm_value_scenario", {
    steps: () => [
        {
            content: "A new scenario",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "Name it",
            trigger: "[name=name] input",
            run: "edit More Stay",
        },
        {
            content: "What is otherwise",
            trigger: "[name=line_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            content: "Two points more stay",
            trigger: "[name=line_ids] [name=amount] input",
            run: "edit 2",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "Compute",
            trigger: ".o_form_saved button[name=action_compute]",
            run: "click",
        },
        {
            content: "What comes out, in a table",
            trigger: ".o_value_scenario [data-measure=customers]",
        },
        {
            content: "What moves it most, of another measure",
            trigger: ".o_value_tornado [data-choice=customers]",
            run: "click",
        },
        {
            content: "The change has a bar",
            trigger: ".o_value_tornado tr[data-kind=change]:contains('+2')",
        },
        {
            content: "Back to all",
            trigger: ".o_breadcrumb a:contains('Scenarios')",
            run: "click",
        },
        {
            content: "Choose all of them",
            trigger:
                ".o_list_view:has(.o_data_row:contains('More Stay')):has(.o_data_row:contains('Dearer')) thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Both of them",
            trigger: ".o_data_row_selected:contains('More Stay')",
        },
        {
            content: "Side by side",
            trigger: "button[name=action_compare]",
            run: "click",
        },
        {
            content: "A column each",
            trigger: ".o_value_scenarios th[data-scenario] + th[data-scenario]",
        },
        {
            content: "Open the menu of the strategy",
            trigger: "button[data-menu-xmlid='crm_value.menu_strategy']",
            run: "click",
        },
        {
            content: "Choices",
            trigger: "a[data-menu-xmlid='crm_value.crm_value_choice_menu']",
            run: "click",
        },
        {
            content: "A new choice",
            trigger: ".o_list_view:contains('What Did We Learn?') .o_list_button_add",
            run: "click",
        },
        {
            content: "The question",
            trigger: "[name=question] input",
            run: "edit Which One?",
        },
        ...["Raise", "Wait"].flatMap((name, at) => [
            {
                content: "An option",
                trigger: `${OPTIONS} .o_field_x2many_list_row_add a`,
                run: "click",
            },
            {
                content: "In words",
                trigger: `${OPTIONS} .o_selected_row:nth-child(${at + 1}) [name=name] input`,
                run: `edit ${name}`,
            },
        ]),
        {
            content: "Why",
            trigger: "[name=reason] textarea",
            run: "edit We know too little.",
        },
        {
            content: "At the least",
            trigger: "[name=low] input",
            run: "edit 100",
        },
        {
            content: "At the most",
            trigger: "[name=high] input",
            run: "edit 200",
        },
        {
            content: "Save, so that its options are there",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "Which one",
            trigger: ".o_form_saved [name=chosen_id] input",
            run: "edit Wait",
        },
        {
            content: "This one",
            trigger: ".o-autocomplete--dropdown-item:contains('Wait')",
            run: "click",
        },
        {
            content: "Save it",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "Take it",
            trigger: ".o_form_saved button[name=action_take]",
            run: "click",
        },
        {
            content: "Yes",
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "Its author is asked to review it",
            trigger: ".o-mail-Activity:contains('What came of it')",
        },
        {
            content: "Back to all choices",
            trigger: ".o_breadcrumb a:contains('Choices')",
            run: "click",
        },
        {
            content: "One is due",
            trigger: ".o_data_cell:contains('What Did We Learn?')",
            run: "click",
        },
        {
            content: "What was learnt",
            trigger: "[name=learnt] input",
            run: "edit Less than hoped.",
        },
        {
            content: "Review",
            trigger: "button[name=action_review]",
            run: "click",
        },
        {
            content: "It was outside",
            trigger: ".alert-warning:contains('outside the expected range')",
        },
    ],
});
