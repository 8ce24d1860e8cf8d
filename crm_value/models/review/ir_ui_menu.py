from odoo import models


class IrUiMenu(models.Model):
    """Hides the costly customers where help with quotations is switched off."""

    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """Groups of a menu are alternatives; this one asks for two."""
        hidden = super()._load_menus_blacklist()
        if not self.env.user.has_group("crm_value.group_part_selling"):
            hidden.append(self.env.ref("crm_value.crm_value_costly_menu").id)
        return hidden
