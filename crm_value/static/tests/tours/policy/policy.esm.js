import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("crm_value_publish", {
    steps: () => [
        {
            content: "Open the rules in force",
            trigger: ".o_data_row:contains('Published') .o_data_cell:first",
            run: "click",
        },
        {
            content: "Create a new version",
            trigger: "button[name=action_new_version]",
            run: "click",
        },
        {
            content: "It is a draft; change the window",
            trigger: "div[name=window_days] input",
            run: "edit 180",
        },
        {
            content: "Publish",
            trigger: "button[name=action_publish]",
            run: "click",
        },
        {
            content: "It says how many customers move and asks",
            trigger: ".modal:contains('would move to another quadrant')",
        },
        {
            content: "Confirm",
            trigger: ".modal button[name=action_publish]",
            run: "click",
        },
        {
            content: "The run that follows is on the screen",
            trigger: ".o_form_view .o_statusbar_status:contains('Waiting')",
        },
    ],
});
