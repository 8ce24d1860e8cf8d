import {registry} from "@web/core/registry";

const part = (code) => `.o_value_overview [data-part='${code}'][data-status=ready]`;
const told = {}; // what a step has read, for those after it

registry.category("web_tour.tours").add("crm_value_overview", {
    steps: () => [
        {
            content: "The first entry of the menu is chosen",
            trigger: "[data-menu-xmlid='crm_value.crm_value_overview_menu']",
        },
        {
            content: "It is said who moved",
            trigger: `${part("lifecycle")} h2:contains('Who moved?')`,
        },
        {
            content: "No money is told to whom may not see it",
            trigger: ".o_value_overview:not(:has([data-part=equity]))",
        },
        {
            content: "Who is due is named, with the reason",
            trigger: `${part("worklist")} li:contains('Overview Fading A')`,
        },
        {
            content: "One is done",
            trigger: `${part("worklist")} li:contains('Overview Fading A') button[name=action_ask_done]`,
            run: "click",
        },
        {
            content: "What came of it is said",
            trigger: ".modal .o_field_radio label:contains('Wants a Quotation')",
            run: "click",
        },
        {
            content: "It is noted",
            trigger: ".modal button[name=action_done]",
            run: "click",
        },
        {
            content: "It is not due any more",
            trigger: `${part("worklist")}:not(:contains('Overview Fading A'))`,
        },
        {
            content: "Another one is rejected",
            trigger: `${part("worklist")} li:contains('Overview Fading B') button[name=action_reject]`,
            run: "click",
        },
        {
            content: "A reason is asked for",
            trigger: ".modal [name=reason_id] input",
        },
        {
            content: "It is kept after all",
            trigger: ".modal .btn-close",
            run: "click",
        },
        {
            content: "It is still there",
            trigger: `${part("worklist")} li:contains('Overview Fading B')`,
        },
        {
            content: "The chart of stages is shown as a table",
            trigger: `${part("lifecycle")} button:contains('Show as Table')`,
            run: "click",
        },
        {
            content: "A mark of it opens its customers",
            trigger: `${part("lifecycle")} tbody td button:not(:contains('0'))`,
            run: "click",
        },
        {
            content: "They are listed",
            trigger: ".o_list_view .o_data_row",
        },
    ],
});

registry.category("web_tour.tours").add("crm_value_overview_manager", {
    steps: () => [
        {
            content: "What the customers are worth comes first",
            trigger: `.o_value_part:first-of-type h2:contains('worth')`,
        },
        {
            content: "A part stands for itself as soon as it is there",
            trigger: part("worklist"),
        },
        {
            content: "Who is to be retained is counted",
            trigger: `${part("worklist")} button:contains('Retain: ')`,
            async run(helpers) {
                told.retain = this.anchor.textContent.trim().split(": ")[1];
                await helpers.click();
            },
        },
        {
            content: "The list has as many, whoever's salesperson the reader is",
            trigger: ".o_list_view .o_pager_limit",
            run() {
                const found = this.anchor.textContent.trim();
                if (found !== told.retain) {
                    throw new Error(`${told.retain} are told, ${found} listed`);
                }
            },
        },
        {
            content: "Back to the overview",
            trigger: ".o_back_button, .breadcrumb-item a",
            run: "click",
        },
        {
            content: "An earlier month is chosen",
            trigger: ".o_value_overview select[name=month]",
            run: "selectByIndex 1",
        },
        {
            content: "Nobody works a month that is over",
            trigger:
                ".o_value_overview:has([data-part=lifecycle][data-status=ready]):not(:has([data-part=worklist]))",
        },
    ],
});

registry.category("web_tour.tours").add("crm_value_overview_empty", {
    steps: () => [
        {
            content: "What is to be done first is said",
            trigger: "[data-first-steps] button:contains('Import Purchases')",
        },
        {
            content: "A run is asked for",
            trigger: "[data-first-steps] button:contains('Run Now')",
            run: "click",
        },
        {
            content: "It asks where the company is, or waits",
            trigger: ".modal, .o_form_view",
        },
    ],
});
