from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Name the unit of points in every language, where nobody has given it another."""
    env = api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})
    for program in env["loyalty.program"].search([("value_ledger", "=", True)]):
        for lang, _label in env["res.lang"].get_installed():
            spoken = program.with_context(lang=lang)
            if spoken.portal_point_name == "Points":
                spoken.portal_point_name = spoken.env._("Points")
