from odoo import api, models


class ResUsers(models.Model):
    """Prevents archiving a user who is the fallback owner of an active rule."""

    _inherit = "res.users"

    @api.constrains("active", "company_ids")
    def _check_value_stand_in(self):
        """Prevent active rules from losing their last fallback owner."""
        # Who archives users need not see the rules of all companies.
        rules = self.env["crm.value.invitation.rule"].sudo()
        rules.search(
            [
                ("running", "=", True),
                "|",
                ("user_id", "in", self.ids),
                ("team_id.user_id", "in", self.ids),
            ]
        )._check_rule()
