import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const card = ".o_kanban_record:contains('Tour Large')";

tours.add("crm_value_tier", {
    steps: () => [
        {
            content: "Members stand in columns by tier and say what is missing",
            trigger: `.o_kanban_group:contains('Silver') ${card}:contains('To reach Gold')`,
        },
        {
            content: "One is dragged to a better tier",
            trigger: `.o_kanban_group:contains('Silver') ${card}`,
            run: "drag_and_drop(.o_kanban_group:contains('Platinum'))",
        },
        {
            content: "That is asked a reason for",
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit They open a second shop",
        },
        {
            content: "It has an end already",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "The customer has moved at once, and is marked",
            trigger: `.o_kanban_group:contains('Platinum') ${card}:contains('Manual')`,
            run: "click",
        },
        {
            content: "The earned tier is shown beside the manual one",
            trigger:
                ".o_form_view:contains('They open a second shop'):contains('Silver')",
        },
        {
            content: "Open what counts for the tiers",
            trigger: "a[name=relation]",
            run: "click",
        },
        {
            content: "The history has both memberships' reason",
            trigger:
                "[name=membership_ids] .o_data_row:contains('They open a second shop')",
        },
    ],
});

tours.add("crm_value_tier_user", {
    steps: () => [
        {
            content: "Open a member",
            trigger: card,
            run: "click",
        },
        {
            content: "Open what counts for the tiers",
            trigger: "a[name=relation]",
            run: "click",
        },
        {
            content: "Each condition has its figure and what is missing",
            trigger:
                ".o_value_tier_progress [data-code=purchases]:contains('6') .fa-check",
        },
        {
            content: "Months are missing for the next tier",
            trigger: ".o_value_tier_progress [data-code=tenure_months] strong",
        },
    ],
});
