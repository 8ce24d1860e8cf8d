from odoo import fields, models


class CrmValueContact(models.Model):
    """Links an automatic mail to the customer of a campaign that it was planned for."""

    _inherit = "crm.value.contact"

    campaign_member_id = fields.Many2one(
        "crm.value.campaign.member",
        string="Campaign",
        index="btree_not_null",
        ondelete="set null",
        groups="crm_value.group_officer",
    )

    def _part(self):
        # Who looks through the log need not be an officer.
        return "strategy" if self.sudo().campaign_member_id else super()._part()

    def _hold_planned(self):
        """Hold back what has not been sent yet."""
        self.filtered(lambda contact: contact.state == "planned")._hold("left")
