from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Give each company its tiers, and score it anew: loyalty comes with the run."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    # The tiers of companies are copies: in all languages, if these are loaded before.
    env.ref("base.module_crm_value")._update_translations()
    companies = env["res.company"].search([])
    env["crm.value.tier"]._ensure(companies)
    for company in companies:
        env["crm.value.run"]._request(company)
