from odoo import SUPERUSER_ID, api
from odoo.tools import SQL


def migrate(cr, version):
    """Have month ends added up anew: by loyalty class, too."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    companies = env["res.company"].with_context(active_test=False).search([])
    which = SQL("model = 'crm.value.month.end.total'")
    env["crm.value.month.kept"]._drop(companies, which)
