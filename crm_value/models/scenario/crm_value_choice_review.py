from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import date_utils

from ... import words
from ...analytics.equity.retention import wilson
from .const import DRAFT, FEWEST, REVIEW, REVIEWED, SUMMED, TAKEN

COUNTS = ("customers",)


class CrmValueChoice(models.Model):
    """The review of a choice: what came, beside what was expected.

    Months that are over count, from the one after the choice to the one before the
    review; a figure that is not known yet is never taken for zero.
    """

    _inherit = "crm.value.choice"

    def action_review(self):
        """Put the actual figure beside the expected one."""
        self.check_access("write")
        for choice in self:
            choice._check_due()
            actual = choice._actual()
            if actual is None:
                raise UserError(
                    self.env._(
                        "Not known yet: %(figure)s, %(months)s. Months are stored in "
                        "the night after their end.",
                        figure=choice._figure_label(),
                        months=choice.span or self.env._("no month is over"),
                    )
                )
            # What came is written by its own code alone.
            choice.sudo().write(
                {
                    "state": REVIEWED,
                    "actual": actual,
                    "is_hit": choice.low <= actual <= choice.high,
                    "reviewed_on": self.env["crm.value.run"]._today(choice.company_id),
                }
            )
            choice.activity_feedback([REVIEW], feedback=choice.learnt)

    def _check_due(self):
        if self.state != TAKEN:
            raise UserError(self.env._("Only a choice that is taken is reviewed."))
        today = self.env["crm.value.run"]._today(self.company_id)
        if today < self.review_date:
            raise UserError(
                self.env._(
                    "Its review is due on %(day)s: whoever looks before sees half.",
                    day=fields.Date.to_string(self.review_date),
                )
            )
        if not (self.learnt or "").strip():
            raise UserError(self.env._("Say in a line what was learnt."))

    def _months(self):
        """Return the first days of the months that count."""
        begun = self.taken_on or fields.Date.context_today(self)
        month = date_utils.add(date_utils.start_of(begun, "month"), months=1)
        end = date_utils.start_of(self.review_date, "month")
        found = []
        while month < end:
            found.append(month)
            month = date_utils.add(month, months=1)
        return found

    # --- what came ---

    def _actual(self):
        """Return the figure of the months since, None: not known."""
        months = self._months()
        if not months:
            return None
        # It adds up all customers; the rules of the choice say who reads it.
        own = self.sudo()
        if self.figure in ("revenue", "customers"):
            return own._bought_since(months)
        found = own.env["crm.value.measure.source"]._figures(
            self.figure, self.company_id, months
        )
        if self.figure in SUMMED:
            known = all(month in found for month in months)
            return sum(found[month][0] for month in months) if known else None
        last = found.get(months[-1])
        return last[0] if last else None

    def _bought_since(self, months):
        """Return revenue or customers of stored months that are over."""
        company = self.company_id
        stored = self.env["crm.value.month"].search_count(
            [("company_id", "=", company.id), ("date", "in", months)]
        )
        if stored < len(months):
            return None
        [(revenue, buyers, running)] = self.env["crm.value.month.fact"]._read_group(
            [("company_id", "=", company.id), ("month", "in", months)],
            [],
            ["revenue:sum", "buyer_id:count_distinct", "is_running:bool_or"],
        )
        if running:
            return None
        return float(buyers or 0) if self.figure in COUNTS else revenue or 0.0

    # --- in words ---

    @api.depends("taken_on", "review_date")
    @api.depends_context("lang")
    def _compute_span(self):
        for choice in self:
            months = choice.review_date and choice._months()
            choice.span = months and choice._say_span(months)

    def _say_span(self, months):
        first, last = (words.month(self.env, months[at]) for at in (0, -1))
        if len(months) == 1:
            return first
        return self.env._("%(first)s to %(last)s", first=first, last=last)

    def _figure_label(self):
        labels = dict(self._fields["figure"]._description_selection(self.env))
        return labels.get(self.figure, "")

    @api.depends("figure", "low", "high", "actual")
    @api.depends_context("lang")
    def _compute_range_words(self):
        for choice in self:
            known = choice.low is not False and choice.high is not False
            choice.range_words = known and self.env._(
                "%(low)s to %(high)s",
                low=choice._say(choice.low),
                high=choice._say(choice.high),
            )
            told = choice.actual is not False
            choice.actual_words = told and choice._say(choice.actual)

    def _say(self, amount):
        if self.figure in COUNTS:
            return words.number(self.env, amount)
        if self.figure == "retention":
            return words.percent(self.env, amount / 100, 1)
        return words.whole_money(self.env, amount, self.currency_id)

    @api.depends("company_id", "state")
    @api.depends_context("lang")
    def _compute_hit_rate(self):
        reviewed = self._read_group(
            [("company_id", "in", self.company_id.ids), ("state", "=", REVIEWED)],
            ["company_id", "is_hit"],
            ["__count"],
        )
        found = {}
        for company, is_hit, count in reviewed:
            found.setdefault(company, {})[is_hit] = count
        told = {one: self._say_hit_rate(hits) for one, hits in found.items()}
        for choice in self:
            is_taken = choice.state != DRAFT
            choice.hit_rate = is_taken and told.get(choice.company_id, False)

    def _say_hit_rate(self, hits):
        """Say how many ended up inside, nothing of fewer than five."""
        count = sum(hits.values())
        if count < FEWEST:
            return self.env._(
                "Reviewed so far: %(count)s. From %(fewest)s on it is told how many "
                "ended up inside their range.",
                count=words.number(self.env, count),
                fewest=FEWEST,
            )
        inside = hits.get(True, 0)
        low, high = wilson(inside, count)
        return self.env._(
            "Inside the 80%% range: %(inside)s of %(count)s reviewed "
            "(95%% interval of the share: %(low)s to %(high)s).",
            inside=words.number(self.env, inside),
            count=words.number(self.env, count),
            low=words.percent(self.env, float(low)),
            high=words.percent(self.env, float(high)),
        )
