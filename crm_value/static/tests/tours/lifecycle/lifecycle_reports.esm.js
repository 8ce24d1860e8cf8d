import {registry} from "@web/core/registry";

const menu = (xmlid) => [
    {
        content: "Open the menu of reports",
        trigger: "button[data-menu-xmlid='crm_value.menu_reporting']",
        run: "click",
    },
    {
        content: "Open the report",
        trigger: `a[data-menu-xmlid='crm_value.${xmlid}']`,
        run: "click",
    },
];

const reading = () => [
    {
        content: "The matrix is said in words",
        trigger: ".o_value_migration .o_value_sentence:contains('improved')",
    },
    {
        content: "Compare with the month before",
        trigger: ".o_value_migration [data-choice='1']",
        run: "click",
    },
    {
        content: "It is compared",
        trigger: ".o_value_migration [data-choice='1'].active",
    },
    {
        content: "Show shares",
        trigger: ".o_value_migration [data-choice=share]",
        run: "click",
    },
    {
        content: "All customers are the whole",
        trigger:
            ".o_value_migration tr[data-from=all] td[data-to=all]:contains('100.0%')",
    },
    {
        content: "Open the customers of the first cell",
        trigger: ".o_value_migration tbody td[data-to]:not([data-to=all]) button",
        run: "click",
    },
    {
        content: "They are listed",
        trigger: ".o_list_view .o_data_row:contains('Tour')",
    },
    {
        content: "Open one of them",
        trigger: ".o_data_row [name=partner_id]:contains('Tour Large')",
        run: "click",
    },
    {
        content: "Its value opens",
        trigger: ".o_form_view [name=partner_id]:contains('Tour Large')",
    },
    ...menu("crm_value_spell_menu"),
    {
        content: "The curves are drawn",
        trigger: ".o_value_spells canvas",
    },
    {
        content: "Open who is still there",
        trigger: ".o_value_spells td[data-figure=running]:not(:contains('0')) button",
        run: "click",
    },
    {
        content: "They are listed, the longest first",
        trigger: ".o_facet_values:contains('Still There')",
    },
    {
        content: "There is somebody",
        trigger: ".o_list_view .o_data_row:contains('Tour')",
    },
    ...menu("crm_value_cohort_menu"),
    {
        content: "Show who bought",
        trigger: ".o_value_cohorts [data-choice=bought]",
        run: "click",
    },
    {
        content: "The map says so",
        trigger: ".o_value_cohorts .o_value_sentence",
    },
    {
        content: "Open the cohort's first month",
        trigger: ".o_value_cohorts tbody td[data-after='0'] button",
        run: "click",
    },
    {
        content: "All of them bought in it",
        trigger: ".o_list_view .o_data_row:contains('Tour Large')",
    },
    ...menu("crm_value_stage_month_menu"),
    {
        content: "The months are drawn",
        trigger: ".o_graph_view canvas",
    },
];

registry.category("web_tour.tours").add("crm_value_lifecycle_reports", {
    steps: () => [
        ...reading(),
        {
            content: "Open the menu of reports",
            trigger: "button[data-menu-xmlid='crm_value.menu_reporting']",
            run: "click",
        },
        {
            content: "Margins are not for salespeople",
            trigger:
                "body:has(a[data-menu-xmlid='crm_value.crm_value_cohort_menu']):not(:has(a[data-menu-xmlid='crm_value.crm_value_retention_menu']))",
        },
    ],
});

registry.category("web_tour.tours").add("crm_value_retention", {
    steps: () => [
        {
            content: "Nobody was lost: no worth is told",
            trigger: ".o_value_retention .o_value_sentence:contains('Nobody was lost')",
        },
        {
            content: "Few customers are told so",
            trigger: ".o_value_retention .alert-warning:contains('too few')",
        },
        {
            content: "Move the slider",
            trigger: ".o_value_retention input[type=range]",
            run() {
                this.anchor.value = 0;
                this.anchor.dispatchEvent(new Event("input", {bubbles: true}));
            },
        },
        {
            content: "The column follows",
            trigger: ".o_value_retention th:contains('-10')",
        },
        {
            content: "Group by quadrant",
            trigger: ".o_value_retention [data-choice=quadrant]",
            run: "click",
        },
        {
            content: "Open all who are there now",
            trigger:
                ".o_value_retention:has([data-choice=quadrant].active) tr[data-group=all] td[data-figure=now] button",
            run: "click",
        },
        {
            content: "They are listed",
            trigger: ".o_list_view .o_data_row:contains('Tour Large')",
        },
    ],
});
