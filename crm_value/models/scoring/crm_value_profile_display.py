from odoo import api, fields, models
from odoo.fields import Domain

from ...const import QUADRANTS


class CrmValueProfile(models.Model):
    """Display fields of a profile beyond its figures."""

    _inherit = "crm.value.profile"

    quadrant = fields.Selection(group_expand="_group_expand_quadrant")
    override_id = fields.Many2one(search="_search_override_id")
    stage_override_id = fields.Many2one(search="_search_stage_override_id")
    stage_id = fields.Many2one(group_expand="_group_expand_stage_id")
    rfm = fields.Char(
        string="RFM",
        compute="_compute_rfm",
        help="Recency, frequency and monetary value, each 1–5 with 5 best.",
    )

    @api.depends("rfm_r", "rfm_f", "rfm_m")
    def _compute_rfm(self):
        for profile in self:
            digits = (profile.rfm_r, profile.rfm_f, profile.rfm_m)
            profile.rfm = "".join(map(str, digits)) if all(digits) else False

    @api.model
    def _group_expand_quadrant(self, quadrants, domain):
        """Show every quadrant as a column, the best first."""
        return [key for key, _label in reversed(QUADRANTS)]

    @api.model
    def _group_expand_stage_id(self, stages, domain):
        """Show every stage as a column."""
        # A handful of stages, all of them wanted.
        return stages.search([])  # pylint: disable=no-search-all

    def _search_override_id(self, operator, value):
        return self._search_manual("quadrant", operator, value)

    def _search_stage_override_id(self, operator, value):
        return self._search_manual("stage", operator, value)

    @api.model
    def _search_manual(self, kind, operator, value):
        if operator not in ("in", "not in") or set(value) != {False}:
            return NotImplemented
        today = fields.Date.context_today(self)
        overrides = self.env["crm.value.override"].search_fetch(
            [
                ("kind", "=", kind),
                ("date_from", "<=", today),
                ("date_to", ">=", today),
            ],
            ["partner_id", "company_id"],
        )
        manual = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("partner_id", "in", of_company.partner_id.ids)
            for company, of_company in overrides.grouped("company_id").items()
        )
        return manual if operator == "not in" else ~manual

    def action_open_customer(self):
        """Open the customer's contact form."""
        self.ensure_one()
        return self.partner_id._get_records_action()

    def action_open_changes(self):
        """Open the changes of quadrant of this customer."""
        return self._open_history("crm_value.crm_value_transition_action")

    def action_open_snapshots(self):
        """Open the month ends of this customer."""
        return self._open_history("crm_value.crm_value_snapshot_action")

    def _open_history(self, xml_id):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        action["domain"] = [
            ("partner_id", "=", self.partner_id.id),
            ("company_id", "=", self.company_id.id),
        ]
        action["context"] = {}
        return action
