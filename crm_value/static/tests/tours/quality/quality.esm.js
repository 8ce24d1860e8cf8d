import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("crm_value_quality", {
    steps: () => [
        {
            content: "A country is missing of all the money",
            trigger: ".o_data_row:contains('Without a country'):contains('100')",
        },
        {
            content: "That is as it should be",
            trigger:
                ".o_data_row:contains('Without a country') button[name=action_accept]",
            run: "click",
        },
        {
            content: "It is off the list",
            trigger:
                ".o_list_view:not(:has(.o_data_row:contains('Without a country')))",
        },
        {
            content: "Open the duplicates",
            trigger: ".o_data_row:contains('duplicates') button[name=action_mend]",
            run: "click",
        },
        {
            content: "Merge the two",
            trigger: ".o_data_row:contains('Tour Twin AG') button[name=action_merge]",
            run: "click",
        },
        {
            content: "Odoo's own dialog has both",
            trigger: ".modal .o_data_row:contains('Tour Twin AG')",
        },
        {
            content: "Merge them",
            trigger: ".modal button[name=action_merge]",
            run: "click",
        },
        {
            content: "Nothing else is to be merged",
            trigger: ".modal:contains('no more contacts to merge')",
        },
        {
            content: "Close the dialog",
            trigger: ".modal .btn-close",
            run: "click",
        },
        {
            content: "They are one",
            trigger: "body:not(:has(.o_data_row:contains('Tour Twin AG')))",
        },
    ],
});
