from odoo import models
from odoo.tools import format_date, format_list, formatLang

from ... import words
from ...analytics.forecast import calibration, fitting, judgement, total
from ...const import from_day
from .certainty import Foretold, say_count, say_money


class CrmValueFit(models.Model):
    """Model card: what the back-test measured says how sure its figures are."""

    _inherit = "crm.value.fit"

    def _verdict(self):
        """Return what the cutoffs say of the rule in force, None without any."""
        # Earlier cards were judged otherwise; what they measured is there.
        return judgement.judge((self.sudo().card or {}).get("folds", []), self.rule)

    def _say_verdict(self):
        """What share of customers the intervals held, cutoff by cutoff."""
        verdict = self._verdict()
        if not verdict:
            return ""
        shares = [self._card_percent(f["inside"]) for f in self.card["folds"][::-1]]
        facts = {
            "shares": format_list(self.env, shares),
            "inside": self._card_percent(verdict["inside"]),
            "target": self._card_percent(calibration.TARGET),
        }
        if len(shares) == 1:
            said = self.env._(
                "Of customers, %(inside)s ended up inside their interval at the only "
                "cutoff; %(target)s are wanted.",
                **facts,
            )
        else:
            said = self.env._(
                "From the earliest cutoff to the latest, %(shares)s of customers ended "
                "up inside their interval, %(inside)s over all; %(target)s are wanted.",
                **facts,
            )
        return " ".join(filter(None, (said, self._say_consequence(verdict))))

    def _say_consequence(self, verdict):
        """What follows for the figures of every customer.

        Nothing of a card that was called good before intervals were asked.
        """
        if self.confidence == "good":
            held = self.env._("Figures count as certain as their intervals say.")
            return held if judgement.is_good(verdict) else ""
        return self.env._(
            "Every figure that rests on this model is marked as little certain."
        )

    def _say_doubt(self):
        """Why a customer's figures are little certain as far as the model goes."""
        verdict = self._verdict()
        if not verdict:
            return self.env._(
                "Little certain: what the forecast foretells has not been compared "
                "with what came yet."
            )
        if not verdict["held"]:
            return self.env._(
                "Little certain: at past cutoffs %(inside)s of customers ended up "
                "inside their interval instead of %(target)s, at one of the last two "
                "%(lately)s.",
                inside=self._card_percent(verdict["inside"]),
                target=self._card_percent(calibration.TARGET),
                lately=self._card_percent(verdict["lately"]),
            )
        if not verdict["level"]:
            return self.env._(
                "Little certain: at past cutoffs, customers together bought more or "
                "less than was foretold by over %(percent)s.",
                percent=self._card_percent(judgement.OFF),
            )
        if self.customer_count < fitting.ENOUGH:
            return self.env._(
                "Little certain: there are only %(customers)s to learn from.",
                customers=words.customers(self.env, self.customer_count),
            )
        return self.env._(
            "Little certain: what came after could be watched for a short time only."
        )

    # --- all customers together ---

    def _card_totals(self):
        """Return what is expected of all customers that the user may see, as rows."""
        run = [("run_id.fit_id", "=", self.id)]
        sums = ["expected_purchases:sum", "expected_revenue:sum"]
        [found] = self.env["crm.value.profile"]._read_group(run, [], sums)
        if None in found or self.confidence == "insufficient":
            return []
        purchases, revenue = (
            self._foretold_total(value, name)
            for value, name in zip(found, ("bias", "money_bias"), strict=True)
        )
        said = say_money(self.env, revenue, self.currency_id)
        months = words.months(self.env, self.policy_id.horizon_months)
        return self._card_rows(
            [
                (
                    "purchases",
                    self.env._("Purchases within %(months)s", months=months),
                    say_count(self.env, purchases),
                    self._say_basis("bias"),
                ),
                (
                    "revenue",
                    self.env._("Revenue within %(months)s", months=months),
                    said,
                    self._say_basis("money_bias"),
                ),
            ]
        )

    def _foretold_total(self, value, name):
        """Return a total as Foretold, with the interval that past totals ask for."""
        errors = self._errors(name)
        ends = total.interval(value, total.spread(errors), len(errors))
        return Foretold(value, *(ends or ()), confidence=self.confidence)

    def _errors(self, name):
        """Return by what share the totals of past cutoffs were off, earliest first."""
        chosen = [
            measure.get(name)
            for fold in self.sudo().card["folds"][::-1]
            for measure in fold["rules"]
            if measure["rule"] == self.rule
        ]
        return [error for error in chosen if error is not None]

    def _say_basis(self, name):
        """What the interval of a total rests on."""
        errors = self._errors(name)
        if not errors:
            return self.env._(
                "How far it may be off is not known: no total has been compared with "
                "what came yet."
            )
        return self.env._(
            "The interval rests on how far the total was off at past cutoffs, over "
            "%(days)s days each: %(errors)s. A season moves customers together, so "
            "their own intervals do not add up to it.",
            days=self.sudo().card["folds"][0]["length"],
            errors=format_list(self.env, [self._signed(error) for error in errors]),
        )

    def _signed(self, share):
        """Return a share in percent with its sign; nothing is neither more nor less."""
        said = words.percent(self.env, share)
        return f"+{said}" if round(100 * share) > 0 else said

    # --- warnings ---

    def _warnings_of_backtest(self):
        if not self.card["folds"]:
            return {}
        return {
            "short": (
                self.env._("Short back-test"),
                self.env._(
                    "Only %(days)s days could be held out. That says little of a "
                    "season, or of who has left; %(needed)s days are needed before "
                    "the figures can be called good.",
                    days=self.card["folds"][0]["length"],
                    needed=calibration.SHORTEST,
                ),
            ),
            "off": (self.env._("The total was off"), self._say_off()),
            "interval": (
                self.env._("Intervals miss their target"),
                self._say_interval(),
            ),
        }

    def _say_off(self):
        """How far off the total was: at the latest cutoff, else over all of them.

        A total of nothing at all has no percentage.
        """
        fold = self.card["folds"][0]
        sums = judgement.sums(self.card["folds"][:1], self.rule)
        if abs(sums["bias"] or 1.0) > judgement.OFF:
            return self._say_off_lately(fold, sums)
        sums = judgement.sums(self.card["folds"], self.rule)
        facts = self._facts_of(sums)
        if (sums["bias"] or 0.0) > 0:
            return self.env._(
                "Over all cutoffs, %(predicted)s purchases were predicted and "
                "%(actual)s were made: %(percent)s too many. Totals over all customers "
                "may be as far off; the ranking of customers is not affected.",
                **facts,
            )
        return self.env._(
            "Over all cutoffs, %(predicted)s purchases were predicted and %(actual)s "
            "were made: %(percent)s too few. Totals over all customers may be as far "
            "off; the ranking of customers is not affected.",
            **facts,
        )

    def _facts_of(self, sums):
        """Return predicted, actual and the percentage between them, as texts."""
        return {
            "percent": self._card_percent(abs(sums["bias"] or 0.0)),
            "predicted": formatLang(self.env, sums["predicted"], digits=0),
            "actual": formatLang(self.env, sums["actual"], digits=0),
        }

    def _say_off_lately(self, fold, sums):
        facts = {
            **self._facts_of(sums),
            "date": format_date(self.env, from_day(fold["day"])),
            "days": fold["length"],
        }
        if (sums["bias"] or 0.0) > 0:
            return self.env._(
                "In the %(days)s days after %(date)s, %(predicted)s purchases were "
                "predicted and %(actual)s were made: %(percent)s too many. No "
                "forecast knows campaigns or a season it has not seen. Totals over all "
                "customers may be as far off; the ranking of customers is not "
                "affected.",
                **facts,
            )
        return self.env._(
            "In the %(days)s days after %(date)s, %(predicted)s purchases were "
            "predicted and %(actual)s were made: %(percent)s too few. No forecast "
            "knows campaigns or a season it has not seen. Totals over all customers "
            "may be as far off; the ranking of customers is not affected.",
            **facts,
        )

    def _say_interval(self):
        """In which direction the intervals miss; how far is said above."""
        if not self._verdict()["held"]:
            return self.env._(
                "Fewer customers ended up inside than should: the intervals are "
                "narrower than they should be, read them as a part of what may come."
            )
        return self.env._(
            "More customers ended up inside than need be: the intervals are wider than "
            "they would have to be."
        )
