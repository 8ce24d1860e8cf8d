from odoo import SUPERUSER_ID, api

NOTE = (
    "Cost to serve is set against the margin, instead of ranking customers by a cost "
    "that most of them do not cause."
)


def migrate(cr, version):
    """Offer the score of cost to serve that nobody is ranked by.

    A published version never changes: each company gets a draft to compare and publish;
    it keeps its limits of the quadrants. What new companies start from takes both.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    policies = env["crm.value.policy"]
    template = policies._template()
    _score_directly(template, ("service", "satisfaction"))
    if template.quadrant_cut == "median":
        template.quadrant_cut = "share"
    published = policies.search([("state", "=", "published")])
    for policy in published:  # one a company
        if _ranked(policy, ("service",)):
            _score_directly(policy.copy({"note": NOTE}), ("service",))
    # Who has nothing is scored lowest from the next run on.
    for company in published.company_id:
        env["crm.value.run"]._request(company)


def _ranked(policy, codes):
    """Return the lines of indicators that rank customers."""
    return policy.line_ids.filtered(
        lambda line: line.indicator_id.code in codes and line.method == "percentile"
    )


def _score_directly(policy, codes):
    _ranked(policy, codes).method = "direct"
