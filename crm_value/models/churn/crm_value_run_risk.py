import numpy as np

from odoo import models

from ...analytics.churn import churn, seasons
from ...analytics.lifecycle import lifecycle
from ...analytics.purchases import assortment
from ...const import CODES, to_day


class CrmValueRun(models.Model):
    """How likely each active customer is to decline, as part of a scoring."""

    _inherit = "crm.value.run"

    def _risk_figures(self, scope, figures, season):
        """Return the risk of decline and the figures that its reasons need.

        :param scope: Scope with the days read
        :param figures: all figures so far, those of the stage included
        :param season: analytics Season as a run over all customers found it, or None
        """
        found = {
            "season_overdue": seasons.overdue(
                figures["overdue"],
                seasons.silence(
                    season, figures["last_purchase_date"], to_day(scope.as_of)
                ),
                figures["recency_days"],
            ),
            **self._category_figures(scope, figures["partner_id"]),
        }
        gatherer = self.env["crm.value.facts"]
        currency = self.company_id.currency_id
        # Rounded at once: whoever shows the reasons reads the stored figures.
        found = gatherer._rounded(found, currency)
        chance = churn.probability(
            self.fit_id._as_risk(),
            self._risk_columns({**figures, **found}),
            scope.rules,
        )
        chance = np.where(self._is_active(figures), chance, np.nan)
        found.update(gatherer._rounded({"decline_risk": chance}, currency))
        return {**found, "risk_state": self._risk_state(found, scope.rules)}

    def _category_figures(self, scope, partners):
        """Return what each customer has stopped buying."""
        days = scope.days
        index, category, share = assortment.overdue(
            days.baskets(), to_day(scope.as_of), len(days.customers)
        )
        place = self._placing(days.customers, partners)
        return {
            "category_overdue": place(index, np.nan),
            "category_share": place(share, np.nan),
            "overdue_category_id": place(category, 0).astype(np.int32),
        }

    def _risk_columns(self, figures):
        """Return the figures that the risk is found from; tickets may not be kept."""
        columns = {name: figures[name] for name in churn.READ}
        kept = ~np.isnan(columns["slow_ticket_count"])
        return {
            **columns,
            "ticket_count": np.where(kept, columns["ticket_count"], np.nan),
        }

    def _is_active(self, figures):
        """Return who has bought and is not lost."""
        lost = self.env["crm.value.stage"]._ids_by_position()[lifecycle.LOST]
        return (figures["purchase_count"] > 0) & (figures["stage_id"] != lost)

    def _risk_state(self, found, rules):
        chance, code = found["decline_risk"], CODES["risk_state"].index
        with np.errstate(invalid="ignore"):
            state = np.where(chance >= rules.risk_limit, code("at_risk"), code("safe"))
        return np.where(np.isnan(chance), -1, state)

    def _season(self, scope):
        """Return how busy everybody was at this season a year before, or None."""
        return seasons.learn(
            scope.days.occasions(), to_day(scope.as_of), scope.rules.stages.lost_days
        )

    def _kept_season(self):
        """Return the Season as this run found it, None if it did not."""
        kept = (self.cuts or {}).get("season")
        return kept and seasons.Season.from_json(kept)
