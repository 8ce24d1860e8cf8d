import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("crm_value_holdout", {
    steps: () => [
        {
            content: "Hold a quarter out",
            trigger: "[name=hold_share] input",
            run: "edit 25",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "It is saved",
            trigger: ".o_form_saved [name=hold_share]",
        },
        {
            content: "Ninety days, unless somebody says otherwise",
            trigger: "[name=hold_days] input:value(90)",
        },
    ],
});

registry.category("web_tour.tours").add("crm_value_holdout_result", {
    steps: () => [
        {
            content: "One sentence says what it brings",
            trigger: "[name=hold_told]:contains('It brings more')",
        },
        {
            content: "Who was in which group",
            trigger: "button[name=action_open_holdout]",
            run: "click",
        },
        {
            content: "Drawn",
            trigger: ".o_data_row:contains('Held Out') [name=margin_after]",
        },
    ],
});
