import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("crm_value_explanation", {
    steps: () => [
        {
            content: "Customers stand in columns by quadrant",
            trigger: ".o_kanban_group .o_kanban_record:contains('Tour Large')",
            run: "click",
        },
        {
            content: "The parts of current value add up",
            trigger: ".o_value_side[data-side=current] tfoot:contains('Sum')",
        },
        {
            content: "Margins are not for a salesperson",
            trigger: "tr[data-code=margin] .fa-lock",
        },
        {
            content: "Ask why the score changed",
            trigger: ".o_value_why",
            run: "click",
        },
        {
            content: "The change is split into its reasons",
            trigger: ".o_value_change tr[data-code=time]",
        },
        {
            content: "See the history",
            trigger: ".nav-link[name=history]",
            run: "click",
        },
        {
            content: "The history is a chart",
            trigger: ".o_value_history canvas",
        },
        {
            content: "Back to the explanation",
            trigger: ".nav-link[name=value]",
            run: "click",
        },
        {
            content: "Open the documents behind a figure",
            trigger: "tr[data-code=volume] .o_value_documents button",
            run: "click",
        },
        {
            content: "The documents are those of the customer",
            trigger:
                ".o_list_view:has(.o_control_panel:contains('Tour Large')) .o_data_row",
        },
    ],
});

tours.add("crm_value_partner", {
    steps: () => [
        {
            content: "The panel says when the customer bought last",
            trigger: ".o_value_panel:contains('Last purchase')",
        },
        {
            content: "Open the profile by the smart button",
            trigger: "button[name=action_open_value_profile]",
            run: "click",
        },
        {
            content: "The profile explains the score",
            trigger: ".o_value_explanation .o_value_formula",
        },
    ],
});

tours.add("crm_value_badge", {
    steps: () => [
        {
            content: "The order shows the customer's quadrant; open the profile",
            trigger: ".o_value_badge .o_value_quadrant",
            run: "click",
        },
        {
            content: "The profile explains the score",
            trigger: ".o_value_explanation .o_value_formula",
        },
    ],
});

tours.add("crm_value_empty", {
    steps: () => [
        {
            content: "The empty screen says what to do",
            trigger:
                ".o_view_nocontent:contains('What was sold before Odoo can be brought in')",
        },
    ],
});
