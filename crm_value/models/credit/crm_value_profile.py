from odoo import api, fields, models

from ... import words
from ...analytics.credit import credit, trial
from ...const import to_day

IN_TIME = 3.0  # days late on average that nobody calls late


class CrmValueProfile(models.Model):
    """How a customer pays, in words that tell no money."""

    _inherit = "crm.value.profile"

    credit_words = fields.Char(string="How It Pays", compute="_compute_credit_words")

    @api.depends("days_late_recent", "last_days_late", "overdue_count", "overdue_since")
    @api.depends_context("lang")
    def _compute_credit_words(self):
        for profile in self:
            profile.credit_words = profile._say_credit()

    def _credit_fit(self):
        """Return the model card the grade goes by: closed, but what is asked is not."""
        return self.run_id.sudo().fit_id

    def _say_credit(self):
        """Return how the customer pays; by the latest invoice where that tells best."""
        if self.days_late_recent is False:
            return self.env._("No invoice has come due yet")
        by_latest = self._credit_fit()._credit_rule() == trial.LAST
        said = self._say_latest_paid() if by_latest else self._say_paying()
        return words.clauses(self.env, [said, self._say_overdue()])

    def _say_paying(self):
        late = self.days_late_recent
        if late <= IN_TIME:
            return self.env._("Pays in time as a rule")
        return self.env._(
            "Pays %(days)s late on average", days=words.days(self.env, late)
        )

    def _say_latest_paid(self):
        late = self.last_days_late
        if late is False:
            return False
        if late <= credit.GRACE:
            return self.env._("Paid the latest invoice in time")
        return self.env._(
            "Was %(days)s late with the latest invoice",
            days=words.days(self.env, late),
        )

    def _say_overdue(self):
        """Return how many amounts are overdue, and for how long, as of the figures."""
        if not self.overdue_count or not self.overdue_since:
            return False
        waited = to_day(self.as_of) - to_day(self.overdue_since)
        days = words.days(self.env, waited)
        if self.overdue_count == 1:
            return self.env._("one invoice is overdue by %(days)s", days=days)
        return self.env._(
            "%(count)s invoices are overdue, the oldest by %(days)s",
            count=words.number(self.env, self.overdue_count),
            days=days,
        )

    @api.model
    def _told_figures(self):
        return [*super()._told_figures(), "credit_grade"]
