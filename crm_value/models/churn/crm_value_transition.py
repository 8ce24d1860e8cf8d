from odoo import models


class CrmValueTransition(models.Model):
    """Salespeople are asked for the exit reason of lost customers."""

    _inherit = "crm.value.transition"

    def _take_effect(self):
        """Ask the owners of lost customers why they left."""
        result = super()._take_effect()
        lost = self.filtered(lambda moved: moved.stage_to_id.code == "lost")
        for company, moves in lost.grouped("company_id").items():
            self.env["crm.value.ending"].search(
                [
                    ("company_id", "=", company.id),
                    ("partner_id", "in", moves.partner_id.ids),
                    ("returned_on", "=", False),
                ]
            )._ask()
        return result
