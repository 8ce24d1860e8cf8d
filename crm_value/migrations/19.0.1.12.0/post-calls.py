from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Bring the numbers of contacts into E.164: the package for it may be new."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["res.partner"]._value_sanitize_phones()
