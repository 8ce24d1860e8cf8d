from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ...const import QUADRANTS, TRANSITIONS

MANUAL_DAYS = 90
# What each kind sets.
WHAT = {"quadrant": "quadrant", "stage": "stage_id", "tier": "tier_id"}


class CrmValueOverride(models.Model):
    """A quadrant, stage or tier set by hand: with a reason, an author and an end.

    It holds at once for the customer: nobody who overrules the figures shall have to
    wait for them.
    """

    _name = "crm.value.override"
    _inherit = ["crm.value.document"]
    _description = "Manual Quadrant, Stage or Tier"
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
        TRANSITIONS, string="What to Set", required=True, default="quadrant"
    )
    quadrant = fields.Selection(
        QUADRANTS, compute="_compute_what", store=True, readonly=False, precompute=True
    )
    stage_id = fields.Many2one(
        "crm.value.stage",
        compute="_compute_what",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
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
        "CHECK (date_to >= date_from)",
        "What is set by hand cannot end before it begins.",
    )
    _one_value = models.Constraint(
        "CHECK ((kind = 'quadrant') = (quadrant IS NOT NULL)"
        " AND (kind = 'stage') = (stage_id IS NOT NULL)"
        " AND (kind = 'tier') = (tier_id IS NOT NULL))",
        "Say which quadrant, stage or tier it shall be.",
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

    @api.depends("kind")
    def _compute_what(self):
        """Keep what the kind sets, and forget the others."""
        for override in self:
            for kind, name in WHAT.items():
                override[name] = override[name] if override.kind == kind else False

    @api.constrains("tier_id", "company_id")
    def _check_tier(self):
        """A tier belongs to one company."""
        for override in self.filtered("tier_id"):
            if override.tier_id.company_id != override.company_id:
                raise ValidationError(
                    self.env._(
                        "%(tier)s is a tier of another company.",
                        tier=override.tier_id.name,
                    )
                )

    @api.constrains("stage_id", "partner_id", "company_id")
    def _check_prospect(self):
        """Who has bought is no prospect any more, whatever anybody says."""
        prospects = self.filtered(lambda manual: manual.stage_id.code == "prospect")
        buyers = self.env["crm.value.profile"].search_fetch(
            [
                ("partner_id", "in", prospects.partner_id.ids),
                ("purchase_count", ">", 0),
            ],
            ["partner_id", "company_id"],
        )
        known = {(buyer.partner_id, buyer.company_id) for buyer in buyers}
        for override in prospects:
            if (override.partner_id, override.company_id) in known:
                raise ValidationError(
                    self.env._(
                        "%(customer)s has bought already and cannot be a prospect. "
                        "Choose another stage.",
                        customer=override.partner_id.display_name,
                    )
                )

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
                        "Something is set by hand for %(customer)s in this period "
                        "already. End that first.",
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

    @api.model
    def _tiers_by_hand(self, company, day):
        """Return the manual tiers of a company in force on a day, by customer id."""
        active = self.search(
            [
                ("company_id", "=", company.id),
                ("kind", "=", "tier"),
                ("date_from", "<=", day),
                ("date_to", ">=", day),
            ],
            order="date_from, id",  # after a merge two may hold: the newer one counts
        )
        return {override.partner_id.id: override for override in active}
