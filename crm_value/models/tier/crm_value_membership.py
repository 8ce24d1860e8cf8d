from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import formatLang

from .const import TIER_EVENTS


class CrmValueMembership(models.Model):
    """One period of a customer in a loyalty tier, with the evidence of that time.

    A renewal, or another tier set by hand, begins a new one. Beside what holds, the
    earned tier is kept: it takes over when what is set by hand ends. Rows are written
    by runs in bulk; a run for a past date reads them, and writes none.
    """

    _name = "crm.value.membership"
    _description = "Loyalty Membership"
    _is_result = True
    _order = "date_from DESC, id DESC"
    _rec_name = "tier_id"

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    origin_id = fields.Integer(
        aggregator=None, string="Original Customer ID", required=True
    )
    tier_id = fields.Many2one(
        "crm.value.tier", required=True, index=True, ondelete="restrict"
    )
    origin = fields.Selection(
        [("earned", "Earned"), ("manual", "Manual")], required=True, default="earned"
    )
    event = fields.Selection(TIER_EVENTS, string="Change")
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", help="Empty: current tier.")
    since = fields.Date(
        string="In Tier Since",
        required=True,
        help="Including earlier, uninterrupted time in the same tier.",
    )
    date_until = fields.Date(
        string="Valid Until", required=True, help="Last day of the tier's validity."
    )
    date_grace = fields.Date(
        string="Grace Period Until",
        help="If not renewed, the tier is kept until this day.",
    )
    earned_id = fields.Many2one(
        "crm.value.tier", string="Qualified Tier Meanwhile", ondelete="restrict"
    )
    earned_since = fields.Date()
    earned_until = fields.Date()
    run_id = fields.Many2one("crm.value.run", index=True, ondelete="set null")
    evidence = fields.Json(
        groups="crm_value.group_officer",  # it tells the margin
        help="Figures and thresholds on the day the tier began.",
    )
    evidence_text = fields.Char(
        string="Reason for Change", compute="_compute_evidence_text"
    )

    _one_current = models.UniqueIndex(
        "(company_id, partner_id) WHERE date_to IS NULL",
        "A customer can hold only one tier of a company at a time.",
    )
    _once = models.UniqueIndex("(company_id, origin_id, date_from)")
    _latest_idx = models.Index(
        "(company_id, date_from DESC, id DESC) WHERE date_to IS NULL"
    )
    _dates = models.Constraint(
        "CHECK (date_to >= date_from)",
        "A membership cannot end before it begins.",
    )

    @api.depends_context("lang")
    def _compute_evidence_text(self):
        for membership in self:
            # Users see the figures but the margin, which is left out here.
            figures = membership.sudo().evidence or {}
            membership.evidence_text = self._say_evidence(figures)

    @api.model
    def _say_evidence(self, evidence):
        """Return what a membership began with, in words; no margin."""
        if evidence.get("reason"):
            return evidence["reason"]
        labels = {
            "purchases": self.env._("purchases"),
            "value_score": self.env._("value score"),
            "points": self.env._("points earned"),
            "tenure_months": self.env._("months as a customer"),
        }
        figures = evidence.get("figures") or {}
        return ", ".join(
            f"{label}: {formatLang(self.env, figures[name], digits=0)}"
            for name, label in labels.items()
            if figures.get(name) is not None
        )

    @api.model
    def _join(self, partners):
        """Merge customers: keep the best current membership and end the others.

        They become one customer, which is in one tier of a company at a time.
        """
        current = self.search(
            [("partner_id", "in", partners.ids), ("date_to", "=", False)]
        )
        for company, memberships in current.grouped("company_id").items():
            best = max(
                memberships,
                key=lambda m: (m.tier_id.sequence, m.tier_id.id, m.date_until, m.id),
            )
            yesterday = self.env["crm.value.run"]._today(company) - timedelta(days=1)
            for ended in memberships - best:
                ended.date_to = max(ended.date_from, yesterday)
