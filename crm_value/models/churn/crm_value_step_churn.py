import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ...analytics.churn import churn, seasons, silence
from ...analytics.forecast.forecast import LOW
from ...analytics.lifecycle import lifecycle
from ...analytics.purchases import assortment
from ...analytics.purchases.histories import YEAR
from ...const import to_day


class CrmValueStepChurn(models.AbstractModel):
    """Churn step of a scoring: the churn risk of each active customer."""

    _name = "crm.value.step.churn"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Churn"

    _needs = (
        *("overdue", "stage_id", "recency_days", "slow_ticket_count"),
        *("return_chance", "clv_confidence"),
    )
    _gives = (
        "season_overdue",
        "category_overdue",
        "decline_risk",
        "risk_state",
        "threat",
    )

    @api.model
    def _fit(self, flow):
        """Learn how busy everybody was at this season a year before."""
        return seasons.learn(
            flow.scope.days.occasions(),
            to_day(flow.day),
            flow.scope.rules.of(lifecycle.Limits).lost_days,
        )

    @api.model
    def _compute(self, flow):
        """Return the churn risk and the figures that its reasons need."""
        figures, rules = flow.figures, flow.scope.rules
        season = flow.learnt.get(self._name)
        adjusted = seasons.seasonal_recency(
            season, figures["last_purchase_date"], to_day(flow.day)
        )
        found = {
            "season_overdue": seasons.overdue(
                figures["overdue"], adjusted, figures["recency_days"]
            ),
            **self._category_figures(flow),
        }
        gatherer, currency = self.env["crm.value.facts"], flow.company.currency_id
        # Rounded at once: whoever shows the reasons reads the stored figures.
        found = gatherer._rounded(found, currency)
        risk = flow.run.fit_id._as_risk()
        columns = churn.completed(risk, self._columns({**figures, **found}), rules)
        chance = churn.probability(risk, columns, rules)
        chance = np.where(self._is_active(figures), chance, np.nan)
        chance = gatherer._rounded({"decline_risk": chance}, currency)["decline_risk"]
        flow.results["threat"] = chance
        limits = rules.of(churn.Limits)
        silent = silence.long(chance, figures["overdue"], limits)
        silent &= silence.stays(risk.silent, limits)
        sure = figures["clv_confidence"]
        return {
            **found,
            # What is told of who pauses for so long did not come true.
            "clv_confidence": np.where(silent, np.minimum(sure, LOW), sure),
            "decline_risk": self._shown(risk, figures, chance, silent, rules),
            **self._states(figures, chance, silent, rules),
        }

    @api.model
    def _shown(self, risk, figures, chance, silent, rules):
        """Return the probabilities that are told, NaN where only the level is.

        Who is likelier to leave is known before how likely that is.
        """
        if not risk.calibrated:
            return np.full(chance.shape, np.nan)
        shown = self._bound(chance, figures["return_chance"], rules)
        return np.where(silent, np.nan, shown)

    @api.model
    def _bound(self, chance, again, rules):
        """Return what is told of a risk: no less than of a whole year.

        The order of customers stays as it was learnt.
        """
        if rules.of(churn.Limits).days > YEAR:
            return chance
        return churn.within_reach(chance, again)

    @api.model
    def _category_figures(self, flow):
        """Return what each customer has stopped buying."""
        days = flow.scope.days
        index, category, share = assortment.overdue(
            days.baskets(), to_day(flow.day), len(days.customers)
        )
        return {
            "category_overdue": flow.place(index, np.nan),
            "category_share": flow.place(share, np.nan),
            "overdue_category_id": flow.place(category, 0).astype(np.int32),
        }

    @api.model
    def _columns(self, figures):
        """Return the figures that the risk is found from; tickets may not be kept."""
        columns = {name: figures[name] for name in churn.READ if name in figures}
        kept = ~np.isnan(columns["slow_ticket_count"])
        return {
            **columns,
            "ticket_count": np.where(kept, columns["ticket_count"], np.nan),
        }

    @api.model
    def _is_active(self, figures):
        """Return who has bought and is not lost."""
        return (figures["purchase_count"] > 0) & (figures["stage_id"] != self._lost())

    @api.model
    def _lost(self):
        return self.env["crm.value.stage"]._ids_by_position()[lifecycle.LOST]

    @api.model
    def _states(self, figures, chance, silent, rules):
        """Return how far each is from the policy's limit, and who is at risk."""
        codes, limits = self.env["crm.value.figures"]._codes, rules.of(churn.Limits)
        overdue = figures["overdue"]
        level = silence.lifted(churn.level(chance, overdue, limits), silent)
        threatened = churn.at_risk(chance, overdue, limits.chance)
        names = {churn.LOW: "low", churn.MEDIUM: "medium", churn.HIGH: "high"}
        levels, states = codes("risk_level").index, codes("risk_state").index
        state = np.where(threatened, states("at_risk"), states("safe"))
        return {
            "risk_level": np.select(
                [level == at for at in names], [levels(n) for n in names.values()], -1
            ),
            "risk_state": np.where(level < 0, -1, state),
        }

    @api.model
    def _kept(self, learnt):
        return {"season": learnt and learnt.to_json()}

    @api.model
    def _recall(self, kept):
        season = kept.get("season")
        return season and seasons.Season.from_json(season)

    @api.model
    def _override(self, flow):
        """Forget the risk of who is set to lost by hand: no decline is left."""
        forgotten = {"decline_risk": "'NaN'", "risk_state": "-1", "risk_level": "-1"}
        self.env["crm.value.store"]._set_by_hand(
            flow,
            "stage",
            SQL(", ").join(
                SQL(
                    "%(name)s = CASE WHEN manual.stage_id = %(lost)s THEN %(unknown)s"
                    " ELSE incoming.%(name)s END",
                    name=SQL.identifier(name),
                    lost=self._lost(),
                    unknown=SQL(unknown),
                )
                for name, unknown in forgotten.items()
            ),
        )
