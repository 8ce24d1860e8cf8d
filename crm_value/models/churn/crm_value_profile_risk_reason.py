from odoo import models
from odoo.tools import formatLang


class CrmValueProfile(models.Model):
    """The reasons of a risk of decline in words, each with its figure."""

    _inherit = "crm.value.profile"

    def _say_reason(self, code, raises):
        """Return one reason; ``raises`` where it makes leaving likelier."""
        return getattr(self, f"_say_risk_{code}")(raises)

    def _figure(self, number, digits=1):
        return formatLang(self.env, number, digits=digits)

    def _say_risk_silence(self, _raises):
        facts = {"days": self._figure(self.recency_days, 0)}
        if self.overdue is False:
            return self.env._("silent for %(days)s days", **facts)
        facts["index"] = self._figure(self.overdue)
        if self.purchase_count < 3:
            return self.env._(
                "silent for %(days)s days, %(index)s times the usual rhythm of "
                "customers",
                **facts,
            )
        return self.env._(
            "silent for %(days)s days, %(index)s times its own rhythm", **facts
        )

    def _say_risk_season(self, raises):
        season, plain = self.season_overdue, self.overdue
        facts = {"season": self._figure(season), "plain": self._figure(plain)}
        if not raises and season < plain:
            return self.env._(
                "everybody is quiet at this season: by what others bought a year "
                "before, its silence counts as %(season)s rhythms, not %(plain)s",
                **facts,
            )
        if raises and season > plain:
            return self.env._(
                "others buy at this season: by what they bought a year before, its "
                "silence counts as %(season)s rhythms, not %(plain)s",
                **facts,
            )
        return self.env._(
            "by the season its silence counts as %(season)s rhythms, not %(plain)s",
            **facts,
        )

    def _say_risk_category(self, raises):
        if not raises:
            return self.env._("goes on buying what it used to buy")
        return self.env._(
            "has not bought %(category)s for %(index)s of its usual gaps",
            # Whoever may see the customer may read what it buys.
            category=self.overdue_category_id.sudo().name
            or self.env._("a usual category"),
            index=self._figure(self.category_overdue),
        )

    def _say_risk_trend(self, _raises):
        percent = self._figure(100 * abs(self.window_trend), 0)
        if self.window_trend < 0:
            return self.env._(
                "revenue %(percent)s %% below the same window before", percent=percent
            )
        return self.env._(
            "revenue %(percent)s %% above the same window before", percent=percent
        )

    def _say_risk_gone(self, raises):
        percent = self._likelihood(self.p_alive)
        if raises:
            return self.env._(
                "only %(percent)s %% likely to be still a customer, by the model of "
                "buying",
                percent=percent,
            )
        return self.env._(
            "%(percent)s %% likely to be still a customer, by the model of buying",
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
        days = self._figure(self.median_gap_days, 0)
        if raises:
            return self.env._(
                "buys rarely: %(days)s days usually lie between two purchases",
                days=days,
            )
        return self.env._(
            "buys often: %(days)s days usually lie between two purchases", days=days
        )

    def _say_risk_tickets(self, _raises):
        if not self.ticket_count:
            return self.env._("has not asked for help lately")
        return self.env._("tickets lately: %(count)s", count=self.ticket_count)

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
            return self.env._("little satisfied: %(score)s of 100", score=score)
        return self.env._("satisfied: %(score)s of 100", score=score)

    def _say_risk_rest(self, _raises):
        return self.env._("everything else together")
