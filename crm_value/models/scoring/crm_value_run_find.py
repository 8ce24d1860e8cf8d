from dataclasses import dataclass

from odoo import models

from ...analytics.scoring.scoring import Cuts


@dataclass(frozen=True)
class Found:
    """What a scoring found.

    :param figures: all columns to store, one array each
    :param cuts: scoring.Cuts of the value scores
    :param moves: changes of stage, as ``_stage_figures`` returns them
    :param ended: relations that ended, as crm.value.ending stores them
    :param members: memberships, as crm.value.membership stores them
    :param kept: scales and limits for later refreshes, as plain data
    """

    figures: dict
    cuts: object
    moves: dict
    ended: dict
    members: object
    kept: dict


class CrmValueRun(models.Model):
    """Computes all figures, for everybody or for a few."""

    _inherit = "crm.value.run"

    def _find(self, scope, facts, former=None):
        """Return what was Found.

        :param scope: Scope with the days read
        :param facts: gathered facts
        :param former: the run over all customers whose scales and limits hold; None:
            learn them, and predict by the fit of this run
        """
        forecast = None if former else self.fit_id._as_forecast()
        cuts = former and Cuts.from_json(former.cuts)
        figures, cuts = self._figures(facts, cuts, forecast)
        stages, rhythms, moves, ended = self._stage_figures(
            scope, facts, former and former._kept_rhythms()
        )
        figures.update(stages)
        season = former._kept_season() if former else self._season(scope)
        figures.update(self._risk_figures(scope, figures, season))
        lists, yardsticks = self._worklist_figures(
            scope, figures, rhythms, former and former._kept_yardsticks()
        )
        figures.update(lists)
        tiers, members = self._tier_figures(scope, figures)
        figures.update(tiers)
        loyal, ranks = self._loyalty_figures(
            scope, figures, former and former._kept_loyalty()
        )
        figures.update(loyal)
        kept = {
            **cuts.to_json(),
            "rhythms": list(rhythms.items()),
            "season": season and season.to_json(),
            "worklist": yardsticks.to_json(),
            "loyalty": ranks.to_json(),
        }
        return Found(figures, cuts, moves, ended, members, kept)

    def _keep_periods(self, day, found, partner_ids=None):
        """Store what has a beginning and an end: relations that ended, memberships."""
        self.env["crm.value.ending"]._store(self, found.ended, partner_ids)
        self.env["crm.value.membership"]._store(self, day, found.members, partner_ids)
