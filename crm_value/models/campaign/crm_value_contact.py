from odoo import api, fields, models

from .const import BY_YEAR, PROMOTING


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

    reason = fields.Selection(selection_add=[("year", "Held out of all promotion")])

    def _part(self):
        # Who looks through the log need not be an officer.
        return "strategy" if self.sudo().campaign_member_id else super()._part()

    def _hold_planned(self):
        """Hold back what has not been sent yet."""
        self.filtered(lambda contact: contact.state == "planned")._hold("left")

    @api.model
    def _suppression_reasons(self, company, wishes):
        """Leave out of promotion who is held out of it this year.

        Promotion is what campaigns and playbooks send. What somebody's tier, points,
        ticket or answer is about goes on: that is service.
        """
        held = self._held_this_year(company, wishes)
        asked = [wish for wish in wishes if not self._is_held(wish, held)]
        found = iter(super()._suppression_reasons(company, asked))
        return ["year" if self._is_held(wish, held) else next(found) for wish in wishes]

    @api.model
    def _held_this_year(self, company, wishes):
        promoted = [partner for partner, topic in wishes if topic.startswith(PROMOTING)]
        # Who sends need not see what is measured.
        members = self.env["crm.value.holdout.member"].sudo()
        return members._held_now(
            company,
            self.env["res.partner"].union(*promoted).commercial_partner_id,
            self.env["crm.value.run"]._today(company),
            BY_YEAR,
        ).partner_id

    @api.model
    def _is_held(self, wish, held):
        partner, topic = wish
        return topic.startswith(PROMOTING) and partner.commercial_partner_id in held
