from odoo import models


class IrUiMenu(models.Model):
    """Hides the responses due of a desk where service is switched off."""

    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """Groups of a menu are alternatives; this one asks for two."""
        hidden = super()._load_menus_blacklist()
        if not self.env.user.has_group("crm_value.group_part_service"):
            hidden.append(self.env.ref("crm_value.helpdesk_ticket_due_menu").id)
        return hidden
