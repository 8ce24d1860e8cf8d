import {registry} from "@web/core/registry";

const LIST = `Opportunity,Company Name,Email
Stand talk,Tour Known,
Twice on the list,Tour Twice,ann@tour-twice.example
Twice again,Tour Twice,ann@tour-twice.example
Somebody else,Tour Else,eva@tour-else.example
`;
const row = (text) => `.o_data_row:contains('${text}')`;

registry.category("web_tour.tours").add("crm_value_lead", {
    steps: () => [
        {
            content: "Open the actions of the list",
            trigger: ".o_control_panel .o_cp_action_menus button",
            run: "click",
        },
        {
            content: "Import the list of a trade fair",
            trigger: ".o_import_menu",
            run: "click",
        },
        {
            content: "Take its file",
            trigger: ".o_control_panel button:contains('Upload Data File')",
            run: () => {
                const files = new DataTransfer();
                files.items.add(new File([LIST], "fair.csv", {type: "text/csv"}));
                const input = document.querySelector(
                    ".o_action_manager input[type=file]"
                );
                input.files = files.files;
                input.dispatchEvent(new Event("change", {bubbles: true}));
            },
        },
        {
            content: "Odoo knows the columns",
            trigger: ".o_import_data_content:contains('Company Name')",
        },
        {
            content: "Import them",
            trigger: ".o_control_panel button:contains('Import'):not(:contains('Re'))",
            run: "click",
        },
        {
            content: "The leads are there",
            trigger: ".o_kanban_record:contains('Somebody else')",
            timeout: 60000,
        },
        {
            content: "Who is there already",
            trigger: "[data-menu-xmlid='crm.crm_menu_sales']",
            run: "click",
        },
        {
            content: "stands in a list",
            trigger: "[data-menu-xmlid='crm_value.crm_value_lead_double_menu']",
            run: "click",
        },
        {
            content: "Link one to the customer",
            trigger: `${row("Stand talk")} button[name=action_link]`,
            run: "click",
        },
        {
            content: "It is off the list",
            trigger: `.o_list_view:not(:has(${row("Stand talk")}))`,
        },
        {
            content: "Merge two that are one",
            trigger: `${row("Twice again")} button[name=action_merge]`,
            run: "click",
        },
        {
            content: "in Odoo's own dialog",
            trigger: ".modal .o_data_row:contains('Twice on the list')",
        },
        {
            content: "that merges them",
            trigger: ".modal button[name=action_merge]",
            run: "click",
        },
        {
            content: "Why is it worth that?",
            trigger: ".o_form_view button[name=action_value_why]",
            timeout: 60000,
            run: "click",
        },
        {
            content: "Each step is told",
            trigger: ".modal td:contains('All new customers')",
        },
        {
            content: "and what it comes to",
            trigger: ".modal strong:contains('probability')",
        },
        {
            content: "Close it",
            trigger: ".modal footer button:contains('Close')",
            run: "click",
        },
        {
            content: "The lead is there again",
            trigger: "body:not(:has(.modal)) .o_form_view",
        },
    ],
});

registry.category("web_tour.tours").add("crm_value_new_customers", {
    steps: () => [
        {
            content: "What new customers bring, of all of them",
            trigger: ".o_form_view .o_data_row:contains('All new customers')",
        },
        {
            content: "Whether it was right is not known yet, and said",
            trigger: ".o_field_widget[name=verdict]:contains('Too few to judge')",
        },
        {
            content: "Margins are seen by an officer",
            trigger: ".o_field_x2many_list th[data-name=margin]",
        },
    ],
});
