from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmValueOverride(models.Model):
    """A tier assigned manually, with a reason and an end."""

    _inherit = "crm.value.override"
    _field_part = "loyalty"

    kind = fields.Selection(
        selection_add=[("tier", "Tier")], ondelete={"tier": "cascade"}
    )
    tier_id = fields.Many2one(
        "crm.value.tier",
        compute="_compute_what",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        domain="[('company_id', '=', company_id)]",
    )

    _one_tier = models.Constraint(
        "CHECK ((kind = 'tier') = (tier_id IS NOT NULL))",
        "Choose the tier.",
    )

    @api.model
    def _kind_fields(self):
        return {**super()._kind_fields(), "tier": "tier_id"}

    @api.constrains("tier_id", "company_id")
    def _check_tier(self):
        """A tier belongs to one company."""
        for override in self.filtered("tier_id"):
            if override.tier_id.company_id != override.company_id:
                raise ValidationError(
                    self.env._(
                        "%(tier)s belongs to another company.",
                        tier=override.tier_id.name,
                    )
                )

    @api.model
    def _tiers_by_hand(self, scope):
        """Return the manual tiers in force on the day of a scope, by customer id."""
        active = self.search(
            [
                *scope.domain(),
                ("company_id", "=", scope.company.id),
                ("kind", "=", "tier"),
                ("date_from", "<=", scope.as_of),
                ("date_to", ">=", scope.as_of),
            ],
            order="date_from, id",  # after a merge two may hold: the newer one counts
        )
        return {override.partner_id.id: override for override in active}
