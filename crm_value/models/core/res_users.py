from odoo import models


class ResUsers(models.Model):
    """Tells who may speak for all companies."""

    _inherit = "res.users"

    def _value_may_share(self):
        """Return whether the user may change what counts for every company."""
        self.ensure_one()
        if self._is_system():
            return True
        theirs = self.sudo().company_ids.ids
        others = self.env["res.company"].sudo()
        return not others.search_count([("id", "not in", theirs)], limit=1)
