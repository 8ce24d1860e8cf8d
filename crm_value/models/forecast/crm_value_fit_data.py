from odoo import models
from odoo.tools import format_date, formatLang

from ...analytics.forecast import backtest
from ...const import from_day


class CrmValueFit(models.Model):
    """What a fit learnt from, and what it left out and why."""

    _inherit = "crm.value.fit"

    def _card_used(self):
        """Return the rows of what was used."""
        data = self.card["data"]
        rows = [
            (
                "customers",
                self.env._("Customers who had bought"),
                self._card_count(data["customers"]),
                "",
            ),
            (
                "repeaters",
                self.env._("Of these, bought again"),
                self._card_count(data["repeaters"]),
                self._share_of_customers(data["repeaters"]),
            ),
            (
                "purchases",
                self.env._("Purchases"),
                self._card_count(data["purchases"]),
                self.env._(
                    "What a customer buys on one day, net of returns, is one purchase."
                ),
            ),
        ]
        if data["first_day"] is not None:
            rows.append(
                ("period", self.env._("First to last purchase"), self._period(), "")
            )
        return self._card_rows(rows)

    def _card_left_out(self):
        """Return the rows of what was left out, each with the reason."""
        data = self.card["data"]
        single = data["customers"] - data["repeaters"]
        rows = [
            (
                "nothing_bought",
                self.env._("Customers without a purchase by then"),
                self._card_count(data["nothing_bought"]),
                self.env._(
                    "They have documents, but returns cancel what they bought, or they "
                    "bought later."
                ),
            ),
            (
                "single",
                self.env._("One-time buyers"),
                self._card_count(single),
                self.env._(
                    "Left out of the model of spend only: it learns from repeat "
                    "purchases."
                ),
            ),
            (
                "later",
                self.env._(
                    "Documents after %(date)s", date=format_date(self.env, self.as_of)
                ),
                "",
                self.env._(
                    "Nothing is learnt from them, so that a customer's figures change "
                    "by what the customer does. They do count in the customer's own "
                    "figures."
                ),
            ),
            *self._left_out_of_runs(),
            *self._left_out_of_backtest(),
        ]
        return self._card_rows(rows)

    def _left_out_of_runs(self):
        """Return the row of customers that the last run set aside."""
        run = self.run_ids.filtered(lambda run: run.state == "done")[:1]
        if not run:
            return []
        return [
            (
                "issues",
                self.env._("Customers set aside by the last run"),
                self._card_count(run.issue_count),
                self.env._("A figure of theirs is no number; the run lists them.")
                if run.issue_count
                else "",
            )
        ]

    def _left_out_of_backtest(self):
        """Return the row of the customers that the back-test passes over."""
        if self.customer_count <= backtest.MAX_CUSTOMERS:
            return []
        return [
            (
                "sampled",
                self.env._("Customers not in the back-test"),
                "",
                self.env._(
                    "It looks at %(count)s customers at most at each cut; more say "
                    "nothing more about which rule is best.",
                    count=self._card_count(backtest.MAX_CUSTOMERS),
                ),
            )
        ]

    def _card_rows(self, rows):
        keys = ("code", "label", "text", "note")
        return [dict(zip(keys, row, strict=True)) for row in rows]

    def _period(self):
        data = self.card["data"]
        return self.env._(
            "%(first)s – %(last)s",
            first=format_date(self.env, from_day(data["first_day"])),
            last=format_date(self.env, from_day(data["last_day"])),
        )

    def _share_of_customers(self, count):
        customers = self.card["data"]["customers"]
        return self._card_percent(count / customers) if customers else ""

    def _card_count(self, count):
        return formatLang(self.env, count, digits=0)
