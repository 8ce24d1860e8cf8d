from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Show the new part to whoever uses customer value; the settings hide it."""
    groups = api.Environment(cr, SUPERUSER_ID, {})["res.groups"]
    users = groups.env.ref("crm_value.group_user")
    users._apply_group(groups._value_part("selling"))
