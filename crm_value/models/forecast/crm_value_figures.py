from dataclasses import replace

from odoo import api, fields, models

from ... import words
from ...const import OFFICER
from ...fields import NullableFloat, NullableMoney
from .certainty import Foretold, say_count, say_money
from .const import CONFIDENCES, RELATIONS

ENDS = ("expected_low", "expected_high", "clv", "clv_low", "clv_high")
CERTAINTY = ("expected_purchases", "return_chance", "clv_confidence")
YEAR = 12  # months, as far as the chance of another purchase looks


class CrmValueFigures(models.AbstractModel):
    """Forecast figures: expected purchases, revenue and lifetime value."""

    _inherit = "crm.value.figures"

    p_alive = NullableFloat(
        string="Still a Customer",
        aggregator="avg",
        help="Probability that the customer is still active. Empty where the data show "
        "no churn, or are too few to tell.",
    )
    return_chance = NullableFloat(
        string="Buys Within a Year",
        aggregator="avg",
        help="Probability of another purchase within 365 days, calibrated by what "
        "customers did in the past. Empty where there is too little to tell.",
    )
    expected_purchases = NullableFloat(
        string="Expected Purchases",
        aggregator="sum",
        help="Over the horizon of the policy.",
    )
    expected_low = NullableFloat(
        string="Expected Purchases (Low)",
        aggregator=None,
        help="80% interval: eight in ten customers end up between this and the upper "
        "figure.",
    )
    expected_high = NullableFloat(string="Expected Purchases (High)", aggregator=None)
    expected_spend = NullableMoney(
        string="Expected Amount per Purchase", aggregator="avg"
    )
    expected_revenue = NullableMoney(
        string="Expected Revenue",
        aggregator="sum",
        help="Over the horizon of the policy, not discounted.",
    )
    clv = NullableMoney(
        string="Lifetime Value",
        aggregator="sum",
        groups=OFFICER,
        help="Customer lifetime value: the margin expected within the horizon of the "
        "policy (12 months unless it says otherwise), at its present value. What may "
        "come later is not in it.",
    )
    clv_low = NullableMoney(
        string="Lifetime Value (Low)",
        aggregator=None,
        groups=OFFICER,
        help="80% interval: eight in ten customers end up between this and the upper "
        "figure.",
    )
    clv_high = NullableMoney(
        string="Lifetime Value (High)", aggregator=None, groups=OFFICER
    )
    clv_confidence = fields.Selection(CONFIDENCES, string="Confidence")
    relation = fields.Selection(
        RELATIONS,
        help="Lost: the probability of another purchase within a year is below the "
        "policy's limit or, where it is not known, there was no purchase for too many "
        "purchase cycles or days. The lifecycle stage says the same.",
    )

    # --- in words: lists sort and sum by the figures, a reader sees these ---

    clv_words = fields.Char(
        string="Lifetime Value in Words",
        compute="_compute_clv_words",
        groups=OFFICER,
        help="With the digits that the forecast supports; in brackets the interval "
        "that eight in ten customers end up in.",
    )
    clv_label = fields.Char(
        string="Lifetime Value and Its Horizon",
        compute="_compute_clv_label",
        groups=OFFICER,
        help="What the lifetime value is called beside the figure: it ends with the "
        "horizon of the policy.",
    )
    expected_purchases_words = fields.Char(
        string="Expected Purchases in Words", compute="_compute_expected_words"
    )
    expected_spend_words = fields.Char(
        string="Expected Amount per Purchase in Words",
        compute="_compute_expected_words",
    )
    expected_revenue_words = fields.Char(
        string="Expected Revenue in Words", compute="_compute_expected_words"
    )

    @api.depends("clv", "clv_low", "clv_high", *CERTAINTY)
    @api.depends_context("lang")
    def _compute_clv_words(self):
        for figures in self:
            found = figures._foretold("clv", "clv_low", "clv_high")
            figures.clv_words = say_money(self.env, found, figures.currency_id)

    @api.depends_context("lang")
    def _compute_clv_label(self):
        for figures in self:
            months = figures._months_ahead()
            figures.clv_label = (
                self.env._(
                    "Lifetime value within %(months)s",
                    months=words.months(self.env, months),
                )
                if months
                else self.env._("Lifetime value")
            )

    @api.depends("expected_spend", "expected_revenue", *ENDS, *CERTAINTY)
    @api.depends_context("lang")
    def _compute_expected_words(self):
        for figures in self:
            count, spend, revenue = figures._expectations()
            money = figures.currency_id
            figures.expected_purchases_words = say_count(self.env, count)
            # What a purchase costs says nothing about whether there is one.
            figures.expected_spend_words = say_money(
                self.env, replace(spend, none=0.0), money
            )
            figures.expected_revenue_words = say_money(self.env, revenue, money)

    def _expectations(self):
        """Return purchases, amount of each and revenue, each as Foretold."""
        revenue = self._foretold("expected_revenue")
        return (
            self._foretold("expected_purchases", "expected_low", "expected_high"),
            self._foretold("expected_spend"),
            replace(revenue, **self._ends_of_revenue()),
        )

    def _ends_of_revenue(self):
        """Return the interval of the revenue: as wide, in shares of it, as that of clv.

        Both are the same money; what margin is left of it is the same everywhere.
        """
        # The ratio of two values tells no margin; the values are for officers.
        worth = self.sudo()
        if not worth.clv or worth.clv_high is False:
            return {}
        ends = (
            self.expected_revenue * end / worth.clv
            for end in (worth.clv_low, worth.clv_high)
        )
        return dict(zip(("low", "high"), sorted(ends), strict=True))

    def _foretold(self, name, low=None, high=None):
        """Return a figure with what is known of its certainty."""
        ends = (self[end] if end else None for end in (low, high))
        return Foretold(
            self[name],
            *(None if end is False else end for end in ends),
            none=self._chance_of_none(),
            confidence=self.clv_confidence,
        )

    def _chance_of_none(self):
        """Return the least probability that nothing is bought over the horizon.

        Who buys half a purchase on average buys nothing at least every other time
        (Markov's inequality). Within a year at most, it is what the back-test of
        another purchase in that year has found, too.
        """
        if self.expected_purchases is False:
            return 0.0
        least = max(0.0, 1.0 - self.expected_purchases)
        if self.return_chance is False or self._months_ahead() > YEAR:
            return least
        return max(least, 1.0 - self.return_chance)

    def _months_ahead(self):
        """Return how far the figures look ahead, by the policy of their run."""
        # A user may see the figures; a snapshot's run may be of a policy now archived.
        return self.sudo().policy_id.horizon_months
