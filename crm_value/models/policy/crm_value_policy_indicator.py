from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...analytics.policy.rules import Indicator


class CrmValuePolicyIndicator(models.Model):
    """The weight of one indicator in one policy, and how its figure becomes a score."""

    _name = "crm.value.policy.indicator"
    _inherit = ["crm.value.policy.part"]
    _description = "Indicator Weight"
    _order = "side, sequence, id"
    _rec_name = "indicator_id"

    policy_state = fields.Selection(related="policy_id.state")
    indicator_id = fields.Many2one(
        "crm.value.indicator", required=True, ondelete="cascade"
    )
    side = fields.Selection(related="indicator_id.side", store=True)
    sequence = fields.Integer(related="indicator_id.sequence", store=True)
    weight = fields.Float(
        required=True, help="Relative to the other indicators of the same side."
    )
    share = fields.Float(
        compute="_compute_share", help="Share in the score of its side."
    )
    method = fields.Selection(
        [
            ("percentile", "Percentile among customers"),
            ("interval", "Interval table"),
            ("direct", "The figure itself"),
        ],
        required=True,
        default="percentile",
        help="The figure itself: of a cost, the share of the margin that is left after "
        "it; of satisfaction, the score that it is already.",
    )
    interval_ids = fields.One2many(
        "crm.value.policy.interval", "line_id", string="Intervals", copy=True
    )

    _weight_positive = models.Constraint(
        "CHECK (weight >= 0)", "A weight cannot be negative."
    )
    _once = models.Constraint(
        "UNIQUE (policy_id, indicator_id)",
        "An indicator can appear only once in a policy.",
    )

    @api.depends("weight", "policy_id.line_ids.weight", "policy_id.line_ids.side")
    def _compute_share(self):
        for line in self:
            peers = line.policy_id.line_ids.filtered(
                lambda p, side=line.side: p.side == side
            )
            total = sum(peers.mapped("weight"))
            line.share = line.weight / total if total else 0.0

    @api.constrains("method", "interval_ids")
    def _check_intervals(self):
        for line in self:
            if line.method == "interval" and not line.interval_ids:
                raise ValidationError(
                    self.env._(
                        "Indicator %(name)s is scored by an interval table: "
                        "add at least one interval.",
                        name=line.indicator_id.name,
                    )
                )

    @api.constrains("method", "indicator_id")
    def _check_direct(self):
        for line in self:
            if line.method == "direct" and not line.indicator_id.direct:
                raise ValidationError(
                    self.env._(
                        "Indicator %(name)s is no score by itself: compare customers, "
                        "or use an interval table.",
                        name=line.indicator_id.name,
                    )
                )

    def _as_rule(self):
        """Return the line as the analytics see it."""
        self.ensure_one()
        by_table = self.method == "interval"
        return Indicator(
            code=self.indicator_id.code,
            side=self.side,
            raw=self.indicator_id.raw_field,
            score=self.indicator_id.score_field,
            weight=self.weight,
            inverted=self.indicator_id.inverted,
            floor=self.indicator_id.floor,
            direct=self.indicator_id.direct if self.method == "direct" else "",
            intervals=tuple(
                (interval.lower_bound, interval.score)
                for interval in self.interval_ids.sorted("lower_bound")
            )
            if by_table
            else (),
        )
