from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Name points in every language, where nobody has given them another name."""
    env = api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})
    for program in env["loyalty.program"].search([("value_ledger", "=", True)]):
        for lang, _label in env["res.lang"].get_installed():
            spoken = program.with_context(lang=lang)
            for name in ("name", "portal_point_name"):
                if spoken[name] == "Points":
                    spoken[name] = spoken.env._("Points")
