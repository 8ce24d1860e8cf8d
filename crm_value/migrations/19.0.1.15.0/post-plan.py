from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Give each company the plays that plans choose from."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["crm.value.play"]._ensure(env["res.company"].search([]))
