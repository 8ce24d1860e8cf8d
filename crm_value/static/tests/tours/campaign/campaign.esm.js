import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("crm_value_campaign", {
    steps: () => [
        {
            content: "Open the segment",
            trigger: ".o_data_row .o_data_cell:contains('All')",
            run: "click",
        },
        {
            content: "It knows how many are in it now",
            trigger: "button[name=action_open_customers]:contains('160')",
        },
        {
            content: "A campaign for them",
            trigger: "button[name=action_new_campaign]",
            run: "click",
        },
        {
            content: "Before anything is saved it is said what can be seen",
            trigger: "[name=foresight]:contains('With 160 customers')",
        },
        {
            content: "Name it",
            trigger: "[name=name] input",
            run: "edit Tour Letter",
        },
        {
            content: "Hold out more",
            trigger: "[name=share] input",
            run: "edit 30",
        },
        {
            content: "Choose the mail",
            trigger: "[name=mail_template_id] input",
            run: "edit Spring",
        },
        {
            content: "This one",
            trigger: ".o-autocomplete--dropdown-item:contains('Spring')",
            run: "click",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "Launch",
            trigger: ".o_form_saved button[name=action_launch]",
            run: "click",
        },
        {
            content: "Yes",
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "It runs, and says how far it is, not what it brings",
            trigger: "[name=progress]:contains('Held out: 48 customers')",
        },
        {
            content: "All customers of it",
            trigger: "button[name=action_open_members]",
            run: "click",
        },
        {
            content: "Drawn",
            trigger: ".o_data_row:contains('Held Out')",
        },
    ],
});

registry.category("web_tour.tours").add("crm_value_campaign_result", {
    steps: () => [
        {
            content: "It says what it brought, and that it paid",
            trigger: "[name=conclusion]:contains('It paid.')",
        },
        {
            content: "Beside it what invoices name it, which proves nothing",
            trigger: ".o_form_view:contains('No Proof') [name=invoiced]",
        },
        {
            content: "All customers of it",
            trigger: "button[name=action_open_members]",
            run: "click",
        },
        {
            content: "What each has bought is known now",
            trigger: ".o_data_row:contains('Held Out') [name=margin_after]",
        },
    ],
});
