from odoo import models


class CrmValueProfile(models.Model):
    """The channel that a customer asked for is the first of its wishes."""

    _inherit = "crm.value.profile"

    def _wishes(self):
        partner = self.partner_id.sudo()  # who sees the profile sees its signs
        return [partner.value_prefers_channel_id.name, *super()._wishes()]
