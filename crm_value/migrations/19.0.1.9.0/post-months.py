from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Have the months stored in the background: reading all documents takes a while."""
    api.Environment(cr, SUPERUSER_ID, {})["crm.value.month"]._trigger()
