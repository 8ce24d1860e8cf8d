from odoo import models

from ...analytics.loyalty import kind, loyalty


class CrmValueRun(models.Model):
    """How loyal each customer is, as part of a scoring."""

    _inherit = "crm.value.run"

    def _loyalty_figures(self, scope, figures, yardsticks=None):
        """Return (figures of loyalty, loyalty.Yardsticks).

        :param scope: Scope
        :param figures: all figures so far, those of the stage included
        :param yardsticks: those of a run over all customers, None: learn them
        """
        yardsticks = yardsticks or loyalty.learn(figures)
        behaviour = loyalty.behaviour(figures, yardsticks)
        limits = scope.rules.loyalty
        classes = loyalty.classify(behaviour, figures["loyalty_attitude"], limits)
        kinds = kind.suggest(figures, classes, limits)
        found = {
            "loyalty_behaviour": behaviour,
            "loyalty_class": classes,
            "loyalty_kind": kinds,
            "loyalty_kind_computed": kinds,
        }
        return found, yardsticks

    def _kept_loyalty(self):
        """Return the Yardsticks of loyalty as this run learnt them, or empty ones."""
        return loyalty.Yardsticks.from_json((self.cuts or {}).get("loyalty"))
