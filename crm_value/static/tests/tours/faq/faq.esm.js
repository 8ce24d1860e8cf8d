import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("crm_value_faq", {
    steps: () => [
        {
            content: "Nothing fits yet",
            trigger: ".o_form_view:not(:has(.o_value_faq li))",
        },
        {
            content: "Write what it is about",
            trigger: ".o_field_widget[name=name] :is(input, textarea)",
            run: "edit Linen has faded after two washes",
        },
        {
            content: "A question fits: reply with its answer",
            trigger: ".o_value_faq li:contains('faded') button[name=insert]",
            run: "click",
        },
        {
            content: "The answer stands in the reply",
            trigger: ".modal .odoo-editor-editable:contains('Wash at 40 degrees')",
        },
        {
            content: "Send it",
            trigger: ".modal button[name=action_send_mail]",
            run: "click",
        },
        {
            content: "It is sent",
            trigger: "body:not(:has(.modal)) .o_value_faq li:contains('Sent')",
        },
        {
            content: "It did not help",
            trigger: ".o_value_faq button[name=unhelpful]",
            run: "click",
        },
        {
            content: "That is noted",
            trigger: ".o_value_faq button[name=unhelpful][aria-pressed=true]",
        },
    ],
});
