from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LoyaltyProgram(models.Model):
    """Limits a loyalty program to the members of some tiers."""

    _inherit = "loyalty.program"

    value_tier_ids = fields.Many2many(
        "crm.value.tier",
        "crm_value_program_tier_rel",
        "program_id",
        "tier_id",
        string="Loyalty Tiers",
        copy=True,
        help="The program is limited to customers in these tiers. Empty: all "
        "customers.",
    )

    @api.constrains("value_tier_ids", "company_id")
    def _check_value_tier_ids(self):
        for program in self.sudo():  # tiers of another company must not slip through
            tiers = program.value_tier_ids
            alien = tiers.company_id - program.company_id if program.company_id else ()
            if alien or any(not tier.company_id for tier in tiers):
                raise ValidationError(
                    self.env._(
                        "Program %(program)s can only be limited to tiers of its "
                        "own company.",
                        program=program.name,
                    )
                )
