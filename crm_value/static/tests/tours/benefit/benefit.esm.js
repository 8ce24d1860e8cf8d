import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("crm_value_benefit_order", {
    steps: () => [
        {
            content: "The pricelist of the tier is applied",
            trigger: ".o_value_benefits li[data-code=pricelist] .fa-check",
        },
        {
            content: "Payment terms are only suggested: apply them",
            trigger: ".o_value_benefits li[data-code=payment_term] button",
            run: "click",
        },
        {
            content: "They are applied",
            trigger: ".o_value_benefits li[data-code=payment_term] .fa-check",
        },
        {
            content: "The order has them",
            trigger: "[name=payment_term_id] input:value('45 days')",
        },
    ],
});

registry.category("web_tour.tours").add("crm_value_tier_cost", {
    steps: () => [
        {
            content: "What was granted is said",
            trigger: ".o_value_tier_cost .o_value_sentence:contains('10')",
        },
        {
            content: "A company without a points ledger is told so",
            trigger: ".o_value_tier_cost:contains('has no points ledger')",
        },
        {
            content: "Open the members of a tier",
            trigger: ".o_value_tier_cost tr[data-tier=Silver] button",
            run: "click",
        },
        {
            content: "They are listed",
            trigger: ".o_list_view .o_data_row:contains('Acme')",
        },
    ],
});
