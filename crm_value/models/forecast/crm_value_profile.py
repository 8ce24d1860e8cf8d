from dataclasses import replace

import numpy as np

from odoo import api, fields, models
from odoo.tools import format_date

from ... import words
from ...analytics.forecast import alike, prediction, spend
from ...analytics.purchases.histories import WEEK, YEAR
from ...const import OFFICER
from .certainty import LEAST, LIKELY, say_count, say_money, write

SEEN = 0.05  # of an amount; what the level changes below that is not worth a sentence


class CrmValueProfile(models.Model):
    """Forecast of one customer in words, and lifetime value as a product of parts."""

    _name = "crm.value.profile"
    _inherit = ["crm.value.profile", "crm.value.foretold"]

    outlook = fields.Json(compute="_compute_outlook")
    fit_id = fields.Many2one(related="run_id.fit_id")

    @api.depends_context("uid", "lang")
    def _compute_outlook(self):
        for profile in self:
            known = profile.expected_purchases is not False
            profile.outlook = profile._describe_outlook() if known else False

    def _describe_outlook(self):
        """Return sentences and factors as plain data; margins for officers only."""
        officer = self.env.user.has_group(OFFICER)
        told = self._is_told()
        sentences = [self._say_cycle(), self._say_alike(), self._say_next()]
        if told:
            sentences += [self._say_expected(), self._say_adjusted()]
            sentences += [officer and self._say_worth()]
        sentences += [self._say_confidence()]
        return {
            "sentences": [sentence for sentence in sentences if sentence],
            "factors": self._outlook_factors(officer) if told else [],
            "hidden": told and not officer,
            "documents": self._can_open_documents(self._clv_indicator().documents),
        }

    @api.model
    def _clv_indicator(self):
        return self.env.ref("crm_value.indicator_clv")

    # --- in words ---

    def _say_cycle(self):
        """How often, how long ago, and how likely another purchase is.

        One chance is told, the one that stages go by: P(alive) comes of another rule.
        """
        ago = words.ago(self.env, self.recency_days)
        if self.purchase_count < 2:
            said = self.env._(
                "Bought once, %(ago)s; there is no purchase cycle yet.", ago=ago
            )
        elif self.purchase_count == 2:
            said = self.env._(
                "Bought twice, %(gap)s apart, the last time %(ago)s; there is no "
                "purchase cycle yet.",
                gap=words.days(self.env, self.median_gap_days),
                ago=ago,
            )
        else:
            said = self.env._(
                "Usual purchase cycle: %(gap)s; last purchase %(ago)s.",
                gap=words.days(self.env, self.median_gap_days),
                ago=ago,
            )
        return " ".join(filter(None, (said, self._say_chance())))

    def _say_chance(self):
        """How likely another purchase is, and whether that is lost.

        Of the days that could be checked as well: by the same calibration, so that a
        longer time has no smaller chance.
        """
        if self.return_chance is False:
            return False
        year = self._likelihood(self.return_chance)
        days, sooner = self._chance_sooner()
        if not days:
            return self.env._(
                "Chance of another purchase within a year: %(percent)s.", percent=year
            )
        return self.env._(
            "Chance of another purchase: %(sooner)s within %(days)s, %(percent)s "
            "within a year.",
            sooner=self._likelihood(sooner),
            days=words.days(self.env, days),
            percent=year,
        )

    def _chance_sooner(self):
        """Return the days that were held out, and the chance within them; or two None.

        Of a fit made anew since the figures were, nothing.
        """
        fit = self.fit_id.sudo()  # closed as a whole, this tells no margin
        folds = (fit.card or {}).get("folds")
        returning = folds and fit._as_forecast().returning
        if not returning or folds[0]["length"] >= YEAR:
            return None, None
        x = np.array([self.purchase_count - 1.0])
        silence = self.recency_days / WEEK
        t_x = (self.last_purchase_date - self.first_purchase_date).days / WEEK
        days = folds[0]["length"]
        found = float(returning.chance(days / WEEK, x, t_x, t_x + silence)[0])
        return days, min(found, self.return_chance)

    def _say_alike(self):
        """What customers like this one did before: whom the chance was learnt from."""
        if self.return_chance is False or not self._alike():
            return False
        if not self._is_checked():
            return self.env._(
                "At past cutoffs there was hardly anybody with about as many purchases "
                "and as long a silence: that chance is carried over from others, and "
                "could not be checked on customers like this one."
            )
        customers, came, *said = self._alike()
        facts = {
            "came": words.number(self.env, came),
            "customers": words.customers(self.env, customers),
            "days": words.days(self.env, self.fit_id.sudo().card["folds"][0]["length"]),
        }
        if not said:
            return self.env._(
                "At past cutoffs, %(came)s of %(customers)s with about as many "
                "purchases and as long a silence bought again within %(days)s.",
                **facts,
            )
        return self.env._(
            "At past cutoffs, %(came)s of %(customers)s with about as many purchases "
            "and as long a silence bought again within %(days)s; %(said)s were to be "
            "expected.",
            said=words.number(self.env, said[0]),
            **facts,
        )

    def _alike(self):
        """Return how many were like this customer, who came, who was to; else None."""
        fit = self.fit_id.sudo()
        # Earlier fits kept it on the card alone.
        known = (fit.parameters or {}).get("alike") or (fit.card or {}).get("alike")
        return known and alike.of(known, self.purchase_count, self.recency_days)

    def _is_checked(self):
        """Return whether enough customers were like this one, as far as is known."""
        found = self._alike()
        return not found or found[0] >= alike.ENOUGH

    def _is_typical(self):
        """Return whether what held for customers like this one speaks for it."""
        return self._is_checked()

    def _likelihood(self, share):
        """Return a probability in percent; nothing is quite certain."""
        if share > 0.995:
            nearly = words.percent(self.env, 0.99)
            return self.env._("more than %(percent)s", percent=nearly)
        if share < 0.005:
            hardly = words.percent(self.env, 0.01)
            return self.env._("less than %(percent)s", percent=hardly)
        return words.percent(self.env, share)

    def _say_next(self):
        """When the next purchase would be due by the customer's own purchase cycle."""
        due = self.next_purchase_date
        if not due or self.purchase_count < 3:
            return False
        date = format_date(self.env, due)
        if due >= self.as_of:
            return self.env._(
                "By its purchase cycle, the next purchase is expected on %(date)s.",
                date=date,
            )
        return self.env._(
            "By its purchase cycle, the next purchase was expected on %(date)s, "
            "%(days)s ago.",
            date=date,
            days=words.days(self.env, (self.as_of - due).days),
        )

    def _say_expected(self):
        """What is expected over the horizon, and where it is nothing, that."""
        months = words.months(self.env, self.policy_id.horizon_months)
        if self._chance_of_none() >= LIKELY:
            return self._say_hardly_expected(months)
        # How sure they are is said once, after all.
        count, spend, revenue = (
            replace(expected, confidence=False) for expected in self._expectations()
        )
        return self.env._(
            "Purchases expected within %(months)s: %(count)s, of %(spend)s each; in "
            "total: %(revenue)s.",
            months=months,
            count=say_count(self.env, count),
            spend=say_money(self.env, spend, self.currency_id),
            revenue=say_money(self.env, revenue, self.currency_id),
        )

    def _say_hardly_expected(self, months):
        """That nothing is likeliest, and what the mean is that the value is made of."""
        if self.expected_purchases < LEAST:
            return self.env._(
                "Within %(months)s, it will most likely buy nothing.", months=months
            )
        return self.env._(
            "Within %(months)s, it will most likely buy nothing; purchases on average "
            "over all that may come: %(count)s.",
            months=months,
            count=write(self.env, self.expected_purchases),
        )

    def _say_adjusted(self):
        """Why amounts are not what the customer's own past alone would say."""
        forecast = self.fit_id.sudo()._as_forecast()  # closed; this tells no margin
        if self._chance_of_none() >= LIKELY or forecast.spending is None:
            return False
        weeks = (self.as_of - self.first_purchase_date).days / WEEK
        level = spend.level(forecast.spending, self.purchase_count - 1, weeks)
        if abs(level - 1) < SEEN:
            return False
        percent = words.percent(self.env, abs(level - 1))
        if level < 1:
            return self.env._(
                "In the last period that could be checked, customers brought "
                "%(percent)s less per purchase than their past said: the amount goes "
                "by that, too.",
                percent=percent,
            )
        return self.env._(
            "In the last period that could be checked, customers brought %(percent)s "
            "more per purchase than their past said: the amount goes by that, too.",
            percent=percent,
        )

    def _say_worth(self):
        said = self.env._(
            "Margin, at its present value: %(worth)s.", worth=self.clv_words
        )
        if self._chance_of_none() >= LIKELY or self.clv_high is False:
            return said
        verdict = self.fit_id._verdict()
        if (verdict and not verdict["held"]) or not self._is_typical():
            return said  # why it is little certain is said before, or last
        meant = self.env._(
            "Eight in ten customers like this one end up inside that interval."
        )
        return f"{said} {meant}"

    def _say_confidence(self):
        """Why the figures are no better than they are."""
        fit = self.fit_id
        if fit.confidence == "insufficient":
            return self.env._(
                "Customers to learn from: only %(count)s. That is too few to say what "
                "this one will bring.",
                count=fit.customer_count,
            )
        if self.purchase_count < 2:
            return self.env._(
                "The customer has bought only once; the forecast shows what similar "
                "customers did."
            )
        if self.p_alive is False and self.return_chance is False:
            return self.env._(
                "The purchases of all customers show no lasting churn; how likely "
                "this one is to stay is therefore not known."
            )
        if self.clv_confidence == "low" and fit.confidence == "low":
            return fit._say_doubt()
        return False

    # --- as a product ---

    def _outlook_factors(self, officer):
        """Return the factors whose product is the lifetime value, in reading order.

        None of next to nothing: digits of it would tell what nobody knows.
        """
        if not self.expected_purchases or self.expected_purchases < LEAST:
            return []
        count, spend = self.expected_purchases, self.expected_spend
        factors = [
            ("purchases", self._horizon_label(), write(self.env, count)),
            ("spend", self.env._("Amount per purchase"), self._amount(spend)),
        ]
        if officer:
            margin, present = (self._percent(s) for s in self._margin_and_present())
            factors += [
                ("margin", self.env._("Margin rate"), margin),
                ("present", self.env._("Present value"), present),
                ("clv", self.clv_label, self._amount(self.clv)),
            ]
        keys = ("code", "label", "text")
        return [dict(zip(keys, factor, strict=True)) for factor in factors]

    def _horizon_label(self):
        months = words.months(self.env, self.policy_id.horizon_months)
        return self.env._("Purchases expected within %(months)s", months=months)

    def _margin_and_present(self):
        """Return (margin rate, share that discounting leaves of the margin)."""
        # Officers see margins; the fit's parameters are closed to them as a whole.
        forecast = self.fit_id.sudo()._as_forecast()
        columns = {
            name: np.array([self[name] or 0.0])
            for name in ("margin_total", "revenue_total")
        }
        each = np.array([self.expected_spend])
        rate = float(prediction.margin_of(forecast, columns, each)[0])
        expected = self.expected_purchases * self.expected_spend * rate
        return rate, self.clv / expected if expected else 1.0

    def _amount(self, money):
        return write(self.env, money, self.currency_id)

    def _format_raw(self, indicator):
        """A forecast among the indicators is said like everywhere."""
        words = f"{indicator.raw_field}_words"
        return self[words] if words in self._fields else super()._format_raw(indicator)

    def _explain_part(self, line, score):
        """A lifetime value of too few customers counts as it is, which is said."""
        part = super()._explain_part(line, score)
        rests = line.indicator_id == self._clv_indicator() and score is not False
        silent = part["hidden"] or part["note"] or self._is_told()
        if rests and not silent:
            part["note"] = self.env._(
                "Little certain, as there are too few customers to learn from: so is "
                "this part of the score."
            )
        return part

    def _is_told(self):
        return self.clv_confidence != "insufficient"

    def _percent(self, share):
        return words.percent(self.env, share, 1)

    def action_open_fit(self):
        """Open the model card behind the forecast."""
        self.ensure_one()
        self.check_access("read")
        return self.fit_id._get_records_action(name=self.env._("Model Card"))
