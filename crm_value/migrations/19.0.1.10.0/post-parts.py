from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Leave every part on: before, none could be switched off."""
    api.Environment(cr, SUPERUSER_ID, {})["res.groups"]._value_use_all()
