from odoo import fields, models

from ...analytics.plan.choice import TAKEN
from ...fields import NullableFloat, NullableMoney
from .const import REASONS


class CrmValuePlanLine(models.Model):
    """A play for a segment: how many it reaches, when, what it costs and may bring."""

    _name = "crm.value.plan.line"
    _description = "Play of a Plan"
    _order = "plan_id, sequence, id"
    _rec_name = "play_id"
    _log_access = False

    plan_id = fields.Many2one(
        "crm.value.plan", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(string="Rank")
    segment_id = fields.Many2one(
        "crm.value.segment", required=True, index=True, ondelete="restrict"
    )
    play_id = fields.Many2one(
        "crm.value.play", required=True, index=True, ondelete="restrict"
    )
    reason = fields.Selection(REASONS, string="Chosen", required=True)
    is_taken = fields.Boolean(string="In the Plan")
    customer_count = fields.Integer(
        string="Customers", help="Not in a play above, and within reach today."
    )
    treated_count = fields.Integer(string="Get It")
    size_limit = fields.Integer(
        string="Only the First",
        help="The budget reaches this many, those with the largest margin; 0: all.",
    )
    share = fields.Float(string="Held Out", aggregator=None)
    is_seen = fields.Boolean(
        string="Can Be Shown",
        help="Whether an effect of the expected size would mostly be seen.",
    )
    cost = fields.Monetary()
    lift = NullableMoney(string="Expected per Customer", aggregator=None)
    lift_error = NullableFloat(string="Give or Take", aggregator=None)
    measured = fields.Float(
        string="Measured Part",
        aggregator=None,
        help="Weight of your own ended campaigns in what is expected. The rest is the "
        "play's assumption.",
    )
    expected = NullableMoney(string="Expected Margin")
    expected_low = NullableMoney(string="At Least", aggregator=None)
    expected_high = NullableMoney(string="At Most", aggregator=None)
    ratio = NullableFloat(
        string="Margin per Cost", aggregator=None, help="Empty where it costs nothing."
    )
    date_start = fields.Date(
        string="Launch On",
        help="A week before half of them would buy next, by their own cycles; tomorrow "
        "where that is over.",
    )
    days = fields.Integer(
        string="Window",
        aggregator=None,
        help="As long as their cycle, within four to 26 weeks and until the plan's "
        "day.",
    )
    date_end = fields.Date(string="Last Day")
    campaign_ids = fields.One2many("crm.value.campaign", "plan_line_id")

    def _prepare_campaign_vals(self):
        """Return the values of the draft that a play in the plan becomes."""
        self.ensure_one()
        play = self.play_id
        return {
            "name": self.env._(
                "%(plan)s: %(segment)s",
                plan=self.plan_id.name,
                segment=self.segment_id.name,
            ),
            "company_id": self.company_id.id,
            "kind": self.plan_id.kind,
            "segment_id": self.segment_id.id,
            "offer": play.offer,
            "means": play.means,
            "mail_template_id": play.mail_template_id.id,
            "playbook_id": play.playbook_id.id,
            "cost_fixed": play.cost_fixed,
            "cost_contact": play.cost_contact,
            "days": self.days,
            "share": self.share,
            "user_id": self.plan_id.user_id.id,
        }

    def _better(self):
        """Return the plays of the plan whose customers are not for this one."""
        self.ensure_one()
        return self.plan_id.line_ids.filtered(
            lambda line: line.reason == TAKEN and line.sequence < self.sequence
        )
