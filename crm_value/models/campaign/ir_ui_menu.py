from odoo import models

MENUS = ("crm_value_campaign_menu", "crm_value_segment_menu")
MENUS += ("crm_value_campaign_member_menu",)


class IrUiMenu(models.Model):
    """Hides campaigns where playbooks and automatic mails are switched off."""

    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """Groups of a menu are alternatives; these ask for two."""
        hidden = super()._load_menus_blacklist()
        if not self.env.user.has_group("crm_value.group_part_playbook"):
            hidden += [self.env.ref(f"crm_value.{name}").id for name in MENUS]
        return hidden
