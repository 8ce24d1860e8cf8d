from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Have the sums of month ends made soon; until then snapshots are added up."""
    api.Environment(cr, SUPERUSER_ID, {})["crm.value.month.kept"]._ask()
