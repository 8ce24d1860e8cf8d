import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("crm_value_playbook_setup", {
    steps: () => [
        {
            content: "Open the playbook of declining customers",
            trigger:
                ".o_data_row:contains('Declining Customer') .o_data_cell[name=name]",
            run: "click",
        },
        {
            content: "Its steps are there; open the first",
            trigger: ".o_data_row:contains('Diagnosis') .o_data_cell[name=summary]",
            run: "click",
        },
        {
            content: "Rename it",
            trigger: ".modal div[name=summary] input",
            run: "edit Diagnosis: visit and ask",
        },
        {
            content: "Keep that",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "Save the playbook",
            trigger: "body:not(:has(.modal)) .o_form_button_save",
            run: "click",
        },
        {
            content: "It is saved",
            trigger: ".o_form_saved .o_data_row:contains('visit and ask')",
        },
    ],
});

registry.category("web_tour.tours").add("crm_value_playbook_start", {
    steps: () => [
        {
            content: "Start a playbook for the customer",
            trigger: "button[name=action_start_playbook]",
            run: "click",
        },
        {
            content: "Choose one",
            trigger: ".modal div[name=playbook_id] input",
            run: "edit Declining",
        },
        {
            content: "The one for who declines",
            trigger: ".o-autocomplete--dropdown-item:contains('Declining Customer')",
            run: "click",
        },
        {
            content: "The preview tells how many activities there will be",
            trigger: ".modal div[name=step_count]:contains('3')",
        },
        {
            content: "Start",
            trigger: ".modal button[name=action_launch]",
            run: "click",
        },
        {
            content: "It is running",
            trigger: ".o_data_row:contains('Tour Large') .o_data_cell[name=partner_id]",
            run: "click",
        },
        {
            content: "Its steps have an owner; go to the customer",
            trigger:
                ".o_form_view:contains('Diagnosis') button[name=action_open_customer]",
            run: "click",
        },
        {
            content: "The activity is on the contact",
            trigger: ".o-mail-Activity:contains('Diagnosis')",
        },
    ],
});
