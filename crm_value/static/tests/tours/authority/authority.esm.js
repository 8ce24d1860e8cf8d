import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("crm_value_authority_ask", {
    steps: () => [
        {
            content: "The quotation says what needs an approval",
            trigger: "[name=value_authority]:contains('12% off; 10% allowed')",
        },
        {
            content: "Confirming is refused, with the reason",
            trigger: ".o_statusbar_buttons button[name=action_confirm]",
            run: "click",
        },
        {
            content: "The refusal offers to ask",
            trigger: ".modal:contains('needs an approval first') .btn:contains('Ask')",
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".modal [name=note] input",
            run: "edit They have a cheaper offer",
        },
        {
            content: "Ask",
            trigger: ".modal footer button[name=action_ask]",
            run: "click",
        },
        {
            content: "It was asked for",
            trigger: "[name=value_authority]:contains('An approval was asked for')",
        },
    ],
});

registry.category("web_tour.tours").add("crm_value_authority_approve", {
    steps: () => [
        {
            content: "The quotation is on the list of what waits",
            trigger: ".o_list_view .o_data_row:contains('They have a cheaper offer')",
        },
        {
            content: "Open it",
            trigger: ".o_data_row [name=reason]",
            run: "click",
        },
        {
            content: "Approve it",
            trigger: "[name=value_authority] button[name=action_value_approve]",
            run: "click",
        },
        {
            content: "It is approved",
            trigger: "[name=value_authority_approved]:contains('has approved')",
        },
    ],
});

registry.category("web_tour.tours").add("crm_value_authority_sign", {
    steps: () => [
        {
            content: "The customer may accept",
            trigger: "#portal_sale_content",
        },
        {
            content: "Accept and sign",
            trigger: "a[data-bs-target='#modalaccept']:visible",
            run: "click",
        },
        {
            content: "Give a name",
            trigger: ".modal .o_web_sign_name_input",
            run: "edit Ann Acme",
        },
        {
            content: "Let it be written",
            trigger: ".modal .o_web_sign_auto_button",
            run: "click",
        },
        {
            content: "Sign",
            trigger: ".modal .o_portal_sign_submit:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Thank you",
            trigger: ".alert-success:contains('Thank You')",
        },
    ],
});

registry.category("web_tour.tours").add("crm_value_authority_set", {
    steps: () => [
        {
            content: "Nothing is limited yet",
            trigger: ".o_nocontent_help:contains('Everybody may give any discount')",
        },
        {
            content: "Set a limit",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "Say how much",
            trigger: "[name=max_discount] input",
            run: "edit 15",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "It is kept",
            trigger: ".o_form_saved, .o_form_status_indicator_buttons.invisible",
        },
    ],
});
