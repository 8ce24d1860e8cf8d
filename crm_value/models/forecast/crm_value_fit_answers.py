from odoo import models
from odoo.tools import format_date, format_list

from ... import words
from ...analytics.forecast import calibration
from ...const import from_day
from .certainty import write

SAME = 0.005  # share of an error by which another is not told apart


class CrmValueFit(models.Model):
    """Model card: what a reader asks first, each question with its answer."""

    _inherit = "crm.value.fit"

    def _card_answers(self):
        """Return whether it is better than going on as before, and whether it held."""
        if not self.card["folds"]:
            return []
        lost = [r for r in self._card_lifecycle() if r["code"] == "lost_back_90"]
        answers = [
            self._answer_purchases(),
            self._answer_money(),
            self._answer_whole(),
            self._answer_inside(),
        ]
        return self._card_rows([one for one in answers if one]) + lost

    def _answer_purchases(self):
        own, naive = self._pair(self._pooled(), "rmse")
        texts = self._missed_by(self.rule, "naive")
        return (
            "purchases",
            self.env._("Purchases, against going on as in the period before"),
            self._say_closer(own, naive),
            self.env._(
                "Purchases off per customer: %(own)s, against %(naive)s.",
                own=texts[0],
                naive=texts[1],
            ),
        )

    def _answer_money(self):
        """Compare the errors in money; nothing of earlier cards."""
        own, naive = self._pair(self._pooled(), "money_rmse")
        if own is None or naive is None:
            return None
        return (
            "money",
            self.env._("Revenue, against going on as in the period before"),
            self._say_closer(own, naive),
            self.env._(
                "Error per customer: %(own)s, against %(naive)s; over %(days)s.",
                days=words.days(self.env, self.card["folds"][0]["length"]),
                **self._amounts_apart(own=own, naive=naive),
            ),
        )

    def _answer_whole(self):
        """Compare what was foretold of the whole horizon, which values are of."""
        months = words.months(self.env, self.policy_id.horizon_months)
        label = self.env._(
            "Revenue within %(months)s, the time that values look ahead", months=months
        )
        whole = self.card.get("whole")
        if not whole:
            return ("whole", label, "–", self._say_no_whole())
        own, naive = self._pair(whole["rules"], "money_rmse")
        bias, _naive = self._pair(whole["rules"], "money_bias")
        said = whole["money"] * (1 + (bias or 0.0))
        note = self.env._(
            "After %(date)s, %(said)s of %(customers)s were foretold and %(came)s "
            "came; error per customer: %(own)s, against %(naive)s.",
            date=format_date(self.env, from_day(whole["day"])),
            said=write(self.env, said, self.currency_id),
            came=write(self.env, whole["money"], self.currency_id),
            customers=words.customers(self.env, whole["customers"]),
            **self._amounts_apart(own=own, naive=naive),
        )
        return ("whole", label, self._say_closer(own, naive), note)

    def _say_no_whole(self):
        if self.policy_id._as_rules().horizon_days <= self.card["folds"][0]["length"]:
            return self.env._("The line above is of the whole of it.")
        return self.env._(
            "Not compared with what came yet: that takes a history twice as long, and "
            "a model that was trained since this is asked."
        )

    def _answer_inside(self):
        shares = [self._card_percent(f["inside"]) for f in self.card["folds"][::-1]]
        return (
            "inside",
            self.env._("Customers who ended up inside their interval"),
            self._card_percent(self._verdict()["inside"]),
            self.env._(
                "%(target)s are wanted; cutoff by cutoff: %(shares)s.",
                target=self._card_percent(calibration.TARGET),
                shares=format_list(self.env, shares),
            ),
        )

    def _pair(self, measures, name):
        """Return a measure of the rule in force and of going on as before."""
        found = {measure["rule"]: measure.get(name) for measure in measures}
        return found.get(self.rule), found.get("naive")

    def _say_closer(self, own, naive):
        """Return by what share an error is smaller than another one, or larger."""
        gain = 1 - own / naive if naive else 0.0
        percent = words.percent(self.env, abs(gain))
        if gain > SAME:
            return self.env._("%(percent)s closer", percent=percent)
        if gain < -SAME:
            return self.env._("%(percent)s farther off", percent=percent)
        return self.env._("as close")
