from odoo import SUPERUSER_ID, models


class ResUsers(models.Model):
    """A colleague may give a discount; a customer and the system give none."""

    _inherit = "res.users"

    def _value_colleagues(self):
        """Return those who work here, without the system itself."""
        return self.sudo().filtered(
            lambda user: user.id != SUPERUSER_ID and user._is_internal()
        )
