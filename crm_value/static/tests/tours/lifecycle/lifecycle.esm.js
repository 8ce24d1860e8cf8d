import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const card = ".o_kanban_record:contains('Tour Large')";

tours.add("crm_value_lifecycle", {
    steps: () => [
        {
            content: "Customers stand in columns by stage; one is dragged on",
            trigger: `.o_kanban_group:contains('Growing') ${card}`,
            run: "drag_and_drop(.o_kanban_group:contains('Declining'))",
        },
        {
            content: "That is asked a reason for",
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit Their buyer has left",
        },
        {
            content: "It has an end already",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "The customer has moved at once, and is marked",
            trigger: `.o_kanban_group:contains('Declining') ${card}:contains('Manual')`,
            run: "click",
        },
        {
            content: "The computed stage is shown beside the manual one",
            trigger:
                ".o_form_view:contains('Their buyer has left'):contains('Growing')",
        },
    ],
});
