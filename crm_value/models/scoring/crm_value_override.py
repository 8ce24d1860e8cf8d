from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from .const import QUADRANTS

MANUAL_DAYS = 90


class CrmValueOverride(models.Model):
    """Manual override of a quadrant, stage or tier, with reason, author and end.

    It holds at once for the customer: nobody who overrules the figures shall have to
    wait for them. A capability adds a kind, the field it sets (:meth:`_kind_fields`)
    and a constraint that the kind and the field go together.
    """

    _name = "crm.value.override"
    _inherit = ["crm.value.document", "crm.value.guarded", "crm.value.parted"]
    _description = "Manual Quadrant, Stage or Tier"
    _is_result = True
    _order = "date_from DESC, id DESC"
    _rec_name = "reason"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(
        [("quadrant", "Quadrant")],
        string="Manual Setting",
        required=True,
        default="quadrant",
    )
    quadrant = fields.Selection(
        QUADRANTS, compute="_compute_what", store=True, readonly=False, precompute=True
    )
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
    date_to = fields.Date(
        string="Until", required=True, help="The last day on which it applies."
    )

    _dates = models.Constraint(
        "CHECK (date_to >= date_from)",
        "A manual setting cannot end before it begins.",
    )
    _one_value = models.Constraint(
        "CHECK ((kind = 'quadrant') = (quadrant IS NOT NULL))",
        "Choose the quadrant to set.",
    )

    @api.depends("reason", "user_id", "date_to")
    def _compute_display_name(self):
        for override in self:
            override.display_name = (
                self.env._(
                    "%(reason)s (%(author)s, until %(date)s)",
                    reason=override.reason,
                    author=override.user_id.name,
                    date=format_date(self.env, override.date_to),
                )
                if override.reason
                else False
            )

    @api.model
    def _kind_fields(self):
        """Return the field that each kind sets."""
        return {"quadrant": "quadrant"}

    @api.depends("kind")
    def _compute_what(self):
        """Keep what the kind sets, and forget the others."""
        for override in self:
            for kind, name in self._kind_fields().items():
                override[name] = override[name] if override.kind == kind else False

    @api.constrains("partner_id", "company_id", "date_from", "date_to", "kind")
    def _check_overlap(self):
        """Of each kind, only one holds on any day."""
        for override in self:
            other = self.search_count(
                [
                    ("id", "!=", override.id),
                    ("partner_id", "=", override.partner_id.id),
                    ("company_id", "=", override.company_id.id),
                    ("kind", "=", override.kind),
                    ("date_from", "<=", override.date_to),
                    ("date_to", ">=", override.date_from),
                ],
                limit=1,
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "%(customer)s already has a manual setting in this period. "
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
        overrides = super().create(vals_list)
        overrides._apply()
        return overrides

    def write(self, vals):
        """Let the change hold at once."""
        result = super().write(vals)
        self._apply()
        return result

    def _apply(self):
        """Score the customers anew, unless a run is doing so anyway."""
        runs = self.env["crm.value.run"].sudo()  # a manager may see fewer documents
        for company, overrides in self.grouped("company_id").items():
            runs._refresh_now(company, overrides.partner_id)

    @api.model
    def _default_end(self):
        """Return the day until which something set by a gesture holds."""
        return fields.Date.context_today(self) + timedelta(days=MANUAL_DAYS)

    @api.model
    def _active_by_customer(self, companies, partners, kind, day=None):
        """Return the override in force on ``day``, by (company id, partner id).

        After a merge two may hold: the newer one counts.
        """
        day = day or fields.Date.context_today(self)
        active = self.search(
            [
                ("company_id", "in", companies.ids),
                ("partner_id", "in", partners.ids),
                ("kind", "=", kind),
                ("date_from", "<=", day),
                ("date_to", ">=", day),
            ],
            order="date_from, id",
        )
        return {(o.company_id.id, o.partner_id.id): o for o in active}
