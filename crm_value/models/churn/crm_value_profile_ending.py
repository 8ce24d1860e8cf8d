from odoo import fields, models

from ...const import PATTERNS


class CrmValueProfile(models.Model):
    """How the relation with a lost customer ended."""

    _inherit = "crm.value.profile"

    ending_id = fields.Many2one(
        "crm.value.ending", string="Ended Relation", compute="_compute_ending_id"
    )
    ending_pattern = fields.Selection(PATTERNS, compute="_compute_ending_id")
    exit_reason_id = fields.Many2one(
        "crm.value.exit.reason", compute="_compute_ending_id"
    )

    def _compute_ending_id(self):
        endings = self.env["crm.value.ending"].search(
            [
                ("company_id", "in", self.company_id.ids),
                ("partner_id", "in", self.partner_id.ids),
                ("returned_on", "=", False),
            ],
            order="ended_on, id",
        )
        latest = {(e.company_id, e.partner_id): e for e in endings}
        for profile in self:
            key = (profile.company_id, profile.partner_id)
            ending = latest.get(key, endings.browse())
            profile.ending_id = ending
            profile.ending_pattern = ending.pattern
            profile.exit_reason_id = ending.reason_id

    def action_open_ending(self):
        """Open the ended relation, where the reason can be given."""
        self.ensure_one()
        return self.ending_id._get_records_action(name=self.env._("Ended Relation"))
