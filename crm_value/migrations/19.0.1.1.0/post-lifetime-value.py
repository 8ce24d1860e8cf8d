from odoo import SUPERUSER_ID, Command, api

NOTE = "Potential value also counts customer lifetime value."


def migrate(cr, version):
    """Offer lifetime value to the policies that were there before it.

    A published version never changes: each company gets a draft to compare and publish.
    What new companies start from counts it at once.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    indicator = env.ref("crm_value.indicator_clv")
    policies = env["crm.value.policy"]
    published = policies.search([("state", "=", "published")])
    drafts = policies.union(
        *(policy.copy({"note": NOTE}) for policy in published)  # one a company
    )
    for policy in drafts | policies._template():
        if indicator not in policy.line_ids.indicator_id:
            line = {"indicator_id": indicator.id, "weight": 0.3, "method": "percentile"}
            policy.line_ids = [Command.create(line)]
    # The figures that the screens now show come with the next run.
    for company in published.company_id:
        env["crm.value.run"]._request(company)
