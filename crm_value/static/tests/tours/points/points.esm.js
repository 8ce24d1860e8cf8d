import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/* What the salesperson does: an order earns, its invoice is paid, the next one spends. */
tours.add("crm_value_points_earn", {
    steps: () => [
        {
            content: "The quotation says what it will earn, and when",
            trigger:
                "div[name=value_points]:contains('Earned by this order'):contains('paid')",
        },
        {
            content: "It is confirmed",
            trigger: "button[name=action_confirm]",
            run: "click",
        },
        {
            content: "and invoiced",
            trigger: ".o_statusbar_buttons button:contains('Create Invoice')",
            run: "click",
        },
        {
            content: "in full",
            trigger: ".modal button:contains('Create Draft')",
            run: "click",
        },
        {
            content: "The invoice is confirmed",
            trigger: "button[name=action_post]",
            run: "click",
        },
        {
            content: "and paid",
            trigger: "button[name=action_register_payment]",
            run: "click",
        },
        {
            content: "in full",
            trigger: ".modal button[name=action_create_payments]",
            run: "click",
        },
        {
            content: "It is paid",
            trigger: ".o_widget_web_ribbon:contains('Paid'), .ribbon:contains('Paid')",
        },
    ],
});

tours.add("crm_value_points_spend", {
    steps: () => [
        {
            content: "The points of the paid invoice are usable",
            trigger: "div[name=value_points]:contains('Usable: 5,000.00')",
        },
        {
            content: "A reward is claimed",
            trigger: "button[name=action_open_reward_wizard]",
            run: "click",
        },
        {
            content: "The order spends them",
            trigger: "div[name=value_points]:contains('Spent by this order: 5,000.00')",
        },
        {
            content: "It is confirmed",
            trigger: "button[name=action_confirm]",
            run: "click",
        },
        {
            content: "They are spent",
            trigger: ".o_arrow_button_current:contains('Sales Order')",
        },
        {
            content: "none are left",
            trigger:
                "div[name=value_points]:contains('Usable: 0.00'):not(:contains('Usable: 5,000.00'))",
        },
        {
            content: "The order is cancelled",
            trigger: "button[name=action_cancel]",
            run: "click",
        },
        {
            content: "after a second thought",
            trigger: ".modal footer .btn-primary",
            run: "click",
        },
        {
            content: "and the points are back",
            trigger: "div[name=value_points]:contains('Usable: 5,000.00')",
        },
    ],
});

tours.add("crm_value_points_movements", {
    steps: () => [
        {
            content: "Each transaction is a line",
            trigger: ".o_data_row:contains('Refunded')",
        },
        {
            content: "What was spent stays",
            trigger: ".o_data_row:contains('Spent')",
        },
        {
            content: "and what was earned",
            trigger: ".o_data_row:contains('Earned') td[name=description]",
            run: "click",
        },
        {
            content: "It says for what, and until when",
            trigger:
                ".o_form_view .o_field_widget[name=value_left]:contains('5,000.00')",
        },
    ],
});
