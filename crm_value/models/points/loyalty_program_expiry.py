from datetime import timedelta

from odoo import api, fields, models

RULES = ("value_ledger", "value_expiry", "value_expiry_months", "value_notice_days")


class LoyaltyProgram(models.Model):
    """New rules let no points expire before customers could be told."""

    _inherit = "loyalty.program"

    value_expiry_from = fields.Date(
        string="No Points Expire Before",
        readonly=True,
        copy=False,
        help="So long after the rules last changed, customers have their notice.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        programs = super().create(vals_list)
        programs._value_start_rules()
        return programs

    def write(self, vals):
        changed = self.filtered(
            lambda program: any(
                vals[name] != program[name]
                for name in (*RULES, "active")
                if name in vals
            )
        )
        result = super().write(vals)
        changed._value_start_rules()
        return result

    def _value_start_rules(self):
        """Give the notice its time from today on."""
        run = self.env["crm.value.run"]
        for program in self.filtered("value_ledger"):  # a handful of programs
            notice = timedelta(days=program.value_notice_days)
            # It follows from rules that were changed with the right to do so.
            program.sudo().value_expiry_from = run._today(program.company_id) + notice
