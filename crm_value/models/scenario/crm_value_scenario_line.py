from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..scoring.const import QUADRANTS
from ..tier.crm_value_policy_tier import LIMITS
from .const import BOUNDS, PARAMETERS, RETENTION, TIER, WHOLE


class CrmValueScenarioLine(models.Model):
    """One change of a scenario: what, of whom, and by how much."""

    _name = "crm.value.scenario.line"
    _inherit = ["crm.value.guarded", "crm.value.shared"]
    _shared_unless = "scenario_id.company_id"
    _description = "Change of a Scenario"
    _value_part = "strategy"
    _order = "scenario_id, sequence, id"

    scenario_id = fields.Many2one(
        "crm.value.scenario", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="scenario_id.company_id")
    sequence = fields.Integer(default=10)
    parameter = fields.Selection(
        PARAMETERS, string="What", required=True, default=RETENTION
    )
    quadrant = fields.Selection(
        QUADRANTS, help="Whose retention changes; empty: everybody's."
    )
    rfm_segment_id = fields.Many2one(
        "crm.value.rfm.segment", string="RFM Segment", ondelete="cascade"
    )
    tier_id = fields.Many2one("crm.value.tier", index=True, ondelete="cascade")
    tier_limit = fields.Selection("_selection_tier_limit", string="Limit")
    amount = fields.Float(string="Change or New Value", digits=(16, 4), required=True)
    told = fields.Char(string="What It Does", compute="_compute_told")
    to_do = fields.Char(string="How to Do It", compute="_compute_to_do")

    @api.model
    def _selection_tier_limit(self):
        limits = self.env["crm.value.policy.tier"]._fields
        return [(name, limits[name]._description_string(self.env)) for name in LIMITS]

    @api.constrains("parameter", "amount", "tier_id", "tier_limit", "scenario_id")
    def _check_line(self):
        for line in self:
            low, high = BOUNDS.get(line.parameter, (0, 10**12))
            if not low <= line.amount <= high:
                raise ValidationError(
                    self.env._(
                        "%(what)s: enter a number from %(low)s to %(high)s.",
                        what=line._label(),
                        low=low,
                        high=high,
                    )
                )
            if line.parameter in WHOLE and line.amount != int(line.amount):
                raise ValidationError(
                    self.env._("%(what)s: enter a whole number.", what=line._label())
                )
            line._check_tier()

    def _check_tier(self):
        """Refuse half of a tier's limit, and another company's tier."""
        if self.parameter != TIER:
            return
        if not self.tier_id or not self.tier_limit or self.amount <= 0:
            raise ValidationError(
                self.env._("Choose the tier and its limit, and a value above zero.")
            )
        if self.tier_id.company_id != self.scenario_id.company_id:
            raise ValidationError(
                self.env._("Choose a tier of the company of this scenario.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        """A new change makes the result of its scenario void."""
        lines = super().create(vals_list)
        lines._forget()
        return lines

    def write(self, vals):
        """A change that is changed makes the result of its scenario void."""
        self._forget()
        result = super().write(vals)
        self._forget()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_and_forget(self):
        self._forget()

    def _forget(self):
        scenarios = self.scenario_id
        # Results are written by their own code alone.
        scenarios.sudo().write(scenarios._no_result())

    def _label(self):
        labels = dict(self._fields["parameter"]._description_selection(self.env))
        return labels[self.parameter]
