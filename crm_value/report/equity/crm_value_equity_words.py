from odoo import api, fields, models

from ...const import OFFICER
from ...models.forecast.certainty import Foretold, Notation, say_money


class CrmValueEquity(models.Model):
    """Customer equity in words: nothing is told to the cent, or without its doubt."""

    _inherit = "crm.value.equity"

    closing_words = fields.Char(
        string="Closing in Words", compute="_compute_closing_words", groups=OFFICER
    )

    @api.depends_context("lang")
    def _compute_closing_words(self):
        known = self._figures_at_close()
        for row in self:
            figures = known.get((row.company_id, row.partner_id, row.date))
            row.closing_words = figures.clv_words if figures else ""

    @api.model
    @api.readonly
    def get_statement(self):
        """Return the statement, with the closing value of each month in words."""
        statement = super().get_statement()
        statement["interval_words"] = self._say_edges(statement["interval"])
        fit = self.env["crm.value.run"]._current(self.env.company).fit_id
        statement["too_few"] = fit.confidence == "insufficient"
        if statement["months"]:
            # What is told of today's customers is told of the month that is not over.
            statement["months"][-1] |= {
                "interval": statement["interval"],
                "confidence": fit.confidence,
            }
        for month in statement["months"]:
            ends, confidence = month["interval"] or (), month["confidence"]
            month["closing_words"] = self._say_closing(
                Foretold(month["closing"], *ends, confidence=confidence)
            )
        return statement

    @api.model
    def _say_edges(self, interval):
        """Return both ends of an interval as amounts, None without one."""
        if not interval:
            return None
        low, high = interval
        currency = self.env.company.currency_id
        write = Notation(self.env, Foretold(high, low, high), currency)
        return [write.amount(write.scaled(edge)) for edge in interval]

    @api.model
    def _say_closing(self, closing):
        """Return the value of all customers in words, False: too few to say."""
        if closing.confidence == "insufficient":
            return False
        return say_money(self.env, closing, self.env.company.currency_id)

    def _figures_at_close(self):
        """Return the figures that the closing values are of: today's, or kept ones."""
        of_rows = [
            ("company_id", "in", self.company_id.ids),
            ("partner_id", "in", self.partner_id.ids),
        ]
        days = list(set(self.mapped("date")))
        profiles = self.env["crm.value.profile"].search(
            [*of_rows, ("as_of", "in", days)]
        )
        kept = self.env["crm.value.snapshot"].search(
            [*of_rows, ("date", "in", days), ("month_end", "=", True)]
        )
        today = {(p.company_id, p.partner_id, p.as_of): p for p in profiles}
        return today | {(s.company_id, s.partner_id, s.date): s for s in kept}
