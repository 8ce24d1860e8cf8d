from odoo import api, fields, models

from ...const import OFFICER
from ...fields import NullableFloat, NullableMoney
from ..forecast.certainty import Foretold, say_money
from .const import WORKLISTS


class CrmValueFigures(models.AbstractModel):
    """Pipeline and worklist figures of a customer."""

    _inherit = "crm.value.figures"

    lead_count = fields.Integer(string="Open Leads")
    quotation_count = fields.Integer(string="Open Quotations")
    open_amount = NullableMoney(
        string="Open Amount",
        aggregator="sum",
        help="Open quotations without tax, plus the expected revenue of open leads "
        "weighted by their probability.",
    )
    open_since = fields.Date(string="Quotation Open since")
    open_until = fields.Date(
        help="The earliest day on which an open quotation expires or a lead is "
        "expected to close.",
    )
    # Worklists
    worklist = fields.Selection(
        WORKLISTS,
        help="The worklist the customer is on: identify and win it, retain it, or "
        "develop it.",
    )
    stake = NullableMoney(
        string="Value at Risk",
        aggregator="sum",
        groups=OFFICER,
        help="What may be missed if nobody follows up. No part of the lifetime value, "
        "which is what is still expected. Retain: the margin the customer used to "
        "bring in the value window, times the churn risk. Develop: the margin it could "
        "bring more. Identify: the margin of what is open, or of a usual customer. "
        "Where the churn risk is known as a level only, the level stands instead.",
    )
    stake_words = fields.Char(
        string="Value at Risk in Words",
        compute="_compute_stake_words",
        groups=OFFICER,
        help="With the digits that a forecast supports; the level of the churn risk "
        "where it says no amount.",
    )
    stake_score = NullableFloat(
        string="Priority",
        aggregator=None,  # a rank: no mean of it says anything
        help="0–100: percentage of the customers on the worklists whose value at risk "
        "is lower.",
    )
    planned_date = fields.Date(
        string="Follow-up Planned",
        help="The first open activity on the customer, its leads and quotations.",
    )
    next_contact_date = fields.Date(
        string="Next Best Date",
        help="The best working day to contact the customer: the day of a planned "
        "follow-up; today for customers to retain; otherwise before a quotation "
        "expires or before the next purchase is expected.",
    )

    @api.depends("stake", "clv_confidence", "worklist", "risk_level", "stage_id")
    @api.depends_context("lang")
    def _compute_stake_words(self):
        for figures in self:
            stake = Foretold(figures.stake, confidence=figures.clv_confidence)
            said = say_money(self.env, stake, figures.currency_id)
            figures.stake_words = said or figures._say_level_at_risk()

    def _say_level_at_risk(self):
        """Return how high the risk of a customer to retain is, where no amount is."""
        if self.worklist != "retain":
            return ""
        levels = dict(self._fields["risk_level"]._description_selection(self.env))
        return self.env._(
            "%(level)s, no amount",
            level=levels.get(self.risk_level) or self.stage_id.name,
        )
