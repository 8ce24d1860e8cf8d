from odoo import Command, api, models


class LoyaltyProgram(models.Model):
    """The points program to begin with; nobody has one without asking for it."""

    _inherit = "loyalty.program"

    @api.model
    def action_value_set_up(self):
        """Create the points program of the current company, and open it."""
        self._value_check_manager()
        company = self.env.company
        # Managers of customer value need not be managers of sales.
        program = company._points_program() or self.sudo().create(
            self._value_default_vals(company)
        )
        return program.with_env(self.env)._get_records_action(
            name=self.env._("Points Program"), views=[[False, "form"]]
        )

    @api.model
    def _value_default_vals(self, company):
        """A point for each unit of money, 100 points for one: 1 % back."""
        return {
            "name": self.env._("Points"),
            "program_type": "loyalty",
            "applies_on": "future",
            "trigger": "auto",
            "portal_visible": True,
            "portal_point_name": self.env._("Points"),
            "company_id": company.id,
            "currency_id": company.currency_id.id,
            "value_ledger": True,
            "value_expiry": "age",
            "rule_ids": [
                Command.create({"reward_point_mode": "money", "reward_point_amount": 1})
            ],
            "reward_ids": [
                Command.create(
                    {
                        "reward_type": "discount",
                        "discount_mode": "per_point",
                        "discount": 0.01,
                        "discount_applicability": "order",
                        "required_points": 100,
                    }
                )
            ],
        }
