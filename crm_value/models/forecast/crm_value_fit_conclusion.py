from odoo import models
from odoo.tools import format_date

from ... import words
from ...analytics.forecast import calibration, total
from ...const import from_day

WHOLE = 100.0  # what shares of a total are told of
SURE = 0.5  # Spearman's correlation from which on an order is to be relied on [D]
ROUGH = 0.3  # and from which on it says more than little [D]


class CrmValueFit(models.Model):
    """Model card: what an owner may rely on, in a few words at its top."""

    _inherit = "crm.value.fit"

    def _say_conclusion(self):
        """Return what the figures are good for, by what the cutoffs measured."""
        return " ".join(filter(None, self._conclusions()))

    def _conclusions(self):
        """Return one sentence for each thing that can be relied on, or cannot."""
        if not self.card["folds"]:
            return [
                self.env._(
                    "Nothing that was foretold could be compared with what came yet: "
                    "do not plan with these figures, and take their order as a hint."
                )
            ]
        return [
            self._conclude_came(),
            self._conclude_totals(),
            self._conclude_customers(),
            self._conclude_order(),
        ]

    def _latest_measure(self):
        """Return what the latest cutoff measured of the rule in force."""
        rules = self.card["folds"][0]["rules"]
        return next(measure for measure in rules if measure["rule"] == self.rule)

    def _conclude_came(self):
        fold, measure = self.card["folds"][0], self._latest_measure()
        facts = {
            "date": format_date(self.env, from_day(fold["day"])),
            "days": words.days(self.env, fold["length"]),
        }
        if not measure["predicted"]:
            return self.env._(
                "For the %(days)s after %(date)s no purchase was foretold.", **facts
            )
        each = WHOLE * measure["actual"] / measure["predicted"]
        return self.env._(
            "In the %(days)s after %(date)s, %(purchases)s of %(customers)s were "
            "foretold and %(came)s came: %(each)s for every 100.",
            purchases=words.purchases(self.env, round(measure["predicted"])),
            customers=words.customers(self.env, fold["customers"]),
            came=words.number(self.env, measure["actual"]),
            each=words.number(self.env, each),
            **facts,
        )

    def _conclude_totals(self):
        """Say how far totals may be off: four of five next ones lie that near."""
        purchases, revenue = (self._total_off(n) for n in ("bias", "money_bias"))
        if purchases is None:
            return ""
        if max(purchases, revenue or 0.0) >= 1:
            return self.env._(
                "Do not plan with totals: past ones were too far off, or too few to "
                "tell."
            )
        facts = {"purchases": words.percent(self.env, purchases)}
        if revenue is None:
            return self.env._(
                "All customers together: four times in five, purchases come within "
                "±%(purchases)s of what is foretold.",
                **facts,
            )
        return self.env._(
            "All customers together: four times in five, purchases come within "
            "±%(purchases)s of what is foretold, revenue within ±%(revenue)s.",
            revenue=words.percent(self.env, revenue),
            **facts,
        )

    def _total_off(self, name):
        """Return the share by which a total may be off, None if that is not known."""
        errors = self._errors(name)
        ends = total.interval(WHOLE, total.spread(errors), len(errors))
        return ends and max(WHOLE - ends[0], ends[1] - WHOLE) / WHOLE

    def _conclude_customers(self):
        facts = {
            "inside": words.percent(self.env, self._verdict()["inside"]),
            "target": words.percent(self.env, calibration.TARGET),
        }
        if self._verdict()["held"]:
            return self.env._(
                "A single customer: only roughly, by the range; %(inside)s of them "
                "ended up inside theirs.",
                **facts,
            )
        return self.env._(
            "A single customer: hardly; only %(inside)s of them ended up inside their "
            "range, %(target)s should.",
            **facts,
        )

    def _conclude_order(self):
        """Say whether who was foretold to buy more did so."""
        found = self._latest_measure()["correlation"]
        if found is None:
            return ""
        if found >= SURE:
            return self.env._("Who will buy more than others: reliable.")
        if found >= ROUGH:
            return self.env._("Who will buy more than others: roughly right.")
        return self.env._("Who will buy more than others: hardly better than a guess.")
