from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import QUADRANTS


class CrmValueOverride(models.Model):
    """A quadrant set by hand: with a reason, an author and an end."""

    _name = "crm.value.override"
    _inherit = ["crm.value.document"]
    _description = "Manual Customer Quadrant"
    _order = "date_from DESC, id DESC"
    _rec_name = "partner_id"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    quadrant = fields.Selection(QUADRANTS, required=True)
    reason = fields.Char(required=True)
    user_id = fields.Many2one(
        "res.users",
        string="Set by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="Until", required=True, help="The last day it holds.")

    _dates = models.Constraint(
        "CHECK (date_to >= date_from)", "A manual quadrant cannot end before it begins."
    )

    @api.constrains("partner_id", "company_id", "date_from", "date_to")
    def _check_overlap(self):
        """Only one manual quadrant holds on any day."""
        for override in self:
            other = self.search_count(
                [
                    ("id", "!=", override.id),
                    ("partner_id", "=", override.partner_id.id),
                    ("company_id", "=", override.company_id.id),
                    ("date_from", "<=", override.date_to),
                    ("date_to", ">=", override.date_from),
                ],
                limit=1,
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "%(customer)s has a manual quadrant in this period already. "
                        "End that one first.",
                        customer=override.partner_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Keep the commercial partner: that is the customer."""
        for vals in vals_list:
            partner = self.env["res.partner"].browse(vals.get("partner_id"))
            vals["partner_id"] = partner.commercial_partner_id.id
        return super().create(vals_list)

    @api.model
    def _active_by_customer(self, companies, partners, day=None):
        """Return the override in force on ``day``, by (company id, partner id).

        After a merge two may hold: the newer one counts.
        """
        day = day or fields.Date.context_today(self)
        active = self.search(
            [
                ("company_id", "in", companies.ids),
                ("partner_id", "in", partners.ids),
                ("date_from", "<=", day),
                ("date_to", ">=", day),
            ],
            order="date_from, id",
        )
        return {(o.company_id.id, o.partner_id.id): o for o in active}
