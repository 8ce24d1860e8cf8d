from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Give each company the rules of invitation; all are off."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["crm.value.invitation.rule"]._ensure(env["res.company"].search([]))
