import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/* What the salesperson notes after a talk: how much the customer buys elsewhere. */
tours.add("crm_value_wallet", {
    steps: () => [
        {
            content: "Open what speaks for and against loyalty",
            trigger: "a[name=relation]",
            run: "click",
        },
        {
            content: "Nothing is known about the share of wallet; note it",
            trigger: "button[name=action_add_wallet]",
            run: "click",
        },
        {
            content: "The customer has told our share",
            trigger: ".modal .o_field_widget[name=declared] input[data-value=percent]",
            run: "click",
        },
        {
            content: "A quarter",
            trigger: ".modal .o_field_widget[name=percent_declared] input",
            run: "edit 25",
        },
        {
            content: "Keep it",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "It stands on the profile with its source",
            trigger:
                "[name=wallet_ids] .o_data_row:contains('25'):contains('The customer said so')",
        },
    ],
});

/* Who brought whom is noted on the contact and added up in the report. */
tours.add("crm_value_referral", {
    steps: () => [
        {
            content: "Open what selling to the customer needs",
            trigger: "a[name=sales_purchases]",
            run: "click",
        },
        {
            content: "Look for who recommended us",
            trigger: ".o_field_widget[name=value_referrer_id] input",
            run: "edit Tour Large",
        },
        {
            content: "Choose",
            trigger: ".o-autocomplete--dropdown-item:contains('Tour Large')",
            run: "click",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "Open the contact who recommended us; the link shows on hovering",
            trigger:
                ".o_form_saved .o_field_widget[name=value_referrer_id] .o_external_button:not(:visible)",
            run: "click",
        },
        {
            content: "It counts the customer it brought; open the list",
            trigger: "button[name=action_open_referred]:contains('1')",
            run: "click",
        },
        {
            content: "The customer it brought is listed with what it bought",
            trigger: ".o_list_view .o_data_row:contains('Tour Small')",
        },
    ],
});
