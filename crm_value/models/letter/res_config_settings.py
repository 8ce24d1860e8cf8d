from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The switch of the monthly letter, who reads it, and a look at it."""

    _inherit = "res.config.settings"

    value_letter = fields.Boolean(related="company_id.value_letter", readonly=False)
    value_letter_user_ids = fields.Many2many(
        related="company_id.value_letter_user_ids", readonly=False
    )

    def action_preview_value_letter(self):
        """Show the letter of last month as this user would read it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/crm_value/letter/{self.company_id.id}",
            "target": "new",
        }
