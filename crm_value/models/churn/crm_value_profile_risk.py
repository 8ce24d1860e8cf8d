from odoo import models
from odoo.tools import formatLang

from ... import words
from ...analytics.churn import churn, silence
from ...analytics.forecast import alike


class CrmValueProfile(models.Model):
    """Churn risk of a customer: its reasons in words, each with its figure."""

    _inherit = "crm.value.profile"

    def _say_reason(self, code, raises):
        """Return one reason; ``raises`` where it makes leaving likelier."""
        return getattr(self, f"_say_risk_{code}")(raises)

    def _figure(self, number, digits=1):
        return formatLang(self.env, number, digits=digits)

    # --- a silence that is long for the own cycle ---

    def _is_long_silent(self):
        """Return whether it pauses for longer than its model of buying allows for."""
        late = self.overdue is not False and self.overdue >= silence.LONG
        return late and self.risk_level == "medium" and self._has_own_cycle()

    def _is_typical(self):
        return super()._is_typical() and not self._is_long_silent()

    def _say_chance(self):
        """Customers like that came back less often than was said of them."""
        if self.return_chance is False or not self._is_long_silent():
            return super()._say_chance()
        return self.env._(
            "Chance of another purchase within a year: %(percent)s by the purchase "
            "model, which is likely too much after %(gaps)s without one.",
            percent=self._likelihood(self.return_chance),
            gaps=self._say_gaps(),
        )

    def _say_long_silence(self, risk, rules):
        """Why a low risk counts as medium, or why it is low all the same."""
        limits = rules.of(churn.Limits)
        odds = risk.intercept + sum(self._risk_parts(risk, rules))
        chance = churn.logistic.probability(odds)
        if not silence.long(chance, self.overdue or 0.0, limits):
            return False
        stays = silence.stays(risk.silent, limits)
        if risk.silent[0] >= alike.ENOUGH:
            return self._say_silence_seen(*risk.silent, stays)
        return stays and self.env._(
            "Medium although its other figures say low: it has been silent for "
            "%(gaps)s. Elsewhere nearly half of the customers like that bought "
            "nothing in time; here too few were like that to check it.",
            gaps=self._say_gaps(),
        )

    def _say_silence_seen(self, customers, left, stays):
        """What became of customers like that here."""
        facts = {
            "gaps": self._say_gaps(),
            "customers": words.customers(self.env, customers),
            "left": words.number(self.env, left),
            "came": words.number(self.env, customers - left),
        }
        if stays:
            return self.env._(
                "Medium although its other figures say low: it has been silent for "
                "%(gaps)s, and at past cutoffs %(left)s of %(customers)s like that "
                "bought nothing in time.",
                **facts,
            )
        return self.env._(
            "Low although it has been silent for %(gaps)s: at past cutoffs %(came)s of "
            "%(customers)s like that bought in time, so such pauses are usual here.",
            **facts,
        )

    def _say_risk_inactivity(self, _raises):
        days = words.days(self.env, self.recency_days)
        if self.overdue is False:
            return self.env._("no purchase for %(days)s", days=days)
        return self.env._(
            "no purchase for %(days)s, %(gaps)s", days=days, gaps=self._say_gaps()
        )

    def _say_risk_none(self, raises):
        return self._say_bought_so_far(
            self.env._("customers like that buy later than the average one")
            if raises
            else self.env._("customers like that buy sooner than the average one")
        )

    def _say_risk_foretold(self, raises):
        return self._say_risk_none(raises)

    def _say_risk_seasonal(self, raises):
        return self._say_bought_so_far(
            self.env._(
                "in the season ahead, customers like that buy later than the average "
                "one"
            )
            if raises
            else self.env._(
                "in the season ahead, customers like that buy sooner than the average "
                "one"
            )
        )

    def _say_bought_so_far(self, expected):
        return self.env._(
            "%(purchases)s so far, the last one %(ago)s: %(expected)s",
            purchases=words.purchases(self.env, self.purchase_count),
            ago=words.ago(self.env, self.recency_days),
            expected=expected,
        )

    def _say_risk_season(self, raises):
        season, plain = self.season_overdue, self.overdue
        facts = {"season": self._figure(season), "plain": self._figure(plain)}
        if not raises and season < plain:
            return self.env._(
                "low season: adjusted for what other customers bought a year before, "
                "the time without a purchase counts as %(season)s purchase cycles, "
                "not %(plain)s",
                **facts,
            )
        if raises and season > plain:
            return self.env._(
                "other customers buy in this season: adjusted for what they bought a "
                "year before, the time without a purchase counts as %(season)s "
                "purchase cycles, not %(plain)s",
                **facts,
            )
        return self.env._(
            "adjusted for the season, the time without a purchase counts as "
            "%(season)s purchase cycles, not %(plain)s",
            **facts,
        )

    def _say_risk_category(self, raises):
        if not raises:
            return self.env._("still buys its regular categories")
        return self.env._(
            "has not bought %(category)s for %(index)s times the usual interval",
            # Whoever may see the customer may read what it buys.
            category=self.overdue_category_id.sudo().name
            or self.env._("a regular category"),
            index=self._figure(self.category_overdue),
        )

    def _say_risk_trend(self, _raises):
        days = words.days(self.env, self.policy_id.stage_window_days)
        percent = words.percent(self.env, abs(self.window_trend))
        if self.window_trend < 0:
            return self.env._(
                "revenue of %(days)s %(percent)s below that of the same days before",
                days=days,
                percent=percent,
            )
        return self.env._(
            "revenue of %(days)s %(percent)s above that of the same days before",
            days=days,
            percent=percent,
        )

    def _say_risk_gone(self, raises):
        percent = self._likelihood(self.p_alive)
        if raises:
            return self.env._(
                "only %(percent)s likely to be still a customer, by the purchase model",
                percent=percent,
            )
        return self.env._(
            "%(percent)s likely to be still a customer, by the purchase model",
            percent=percent,
        )

    def _say_risk_few(self, raises):
        count = self.purchase_count
        if count == 1:
            return self.env._("has bought only once")
        if raises:
            return self.env._("has bought only %(count)s times", count=count)
        return self.env._("has bought %(count)s times already", count=count)

    def _say_risk_rhythm(self, raises):
        days = words.days(self.env, self.median_gap_days)
        if raises:
            return self.env._(
                "buys rarely: usually %(days)s between two purchases", days=days
            )
        return self.env._(
            "buys often: usually %(days)s between two purchases", days=days
        )

    def _say_risk_tickets(self, _raises):
        if not self.ticket_count:
            return self.env._("no recent tickets")
        return self.env._("recent tickets: %(count)s", count=self.ticket_count)

    def _say_risk_slow(self, _raises):
        if not self.slow_ticket_count:
            return self.env._("no ticket has taken more than a week")
        return self.env._(
            "tickets that took more than a week: %(count)s",
            count=self._figure(self.slow_ticket_count, 0),
        )

    def _say_risk_satisfaction(self, raises):
        score = self._figure(self.satisfaction_score, 0)
        if raises:
            return self.env._("low satisfaction: %(score)s of 100", score=score)
        return self.env._("satisfaction: %(score)s of 100", score=score)

    def _say_risk_rest(self, _raises):
        return self.env._("everything else together")
