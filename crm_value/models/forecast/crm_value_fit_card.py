from datetime import timedelta

import numpy as np

from odoo import api, models
from odoo.tools import format_amount, format_date, formatLang

from ... import words
from ...analytics.forecast import calibration, past
from ...const import OFFICER, from_day
from .certainty import write


class CrmValueFit(models.Model):
    """Model card as the screen shows it: figures and texts in the user's language.

    Whoever sees scores may see how good the forecast is. Margins are for officers.
    """

    _inherit = "crm.value.fit"

    @api.readonly
    def get_card(self):
        """Return the whole card as plain data, False where nothing was learnt."""
        self.ensure_one()
        self.check_access("read")
        officer = self.env.user.has_group(OFFICER)
        # The stored figures are closed, for they tell margins; what is built below
        # from them has margins where officer is true only.
        closed = self.sudo()
        if not (closed.card and closed.parameters):
            return False
        return {
            "conclusion": closed._say_conclusion(),
            "answers": closed._card_answers(),
            "headline": closed._say_headline(),
            "measure": closed._say_measure(),
            "verdict": closed._say_verdict(),
            "confidence": self.confidence,
            "confidence_label": self._card_label("confidence", self.confidence),
            "warnings": closed._card_warnings(),
            "used": closed._card_used(),
            "left_out": closed._card_left_out(),
            "needed": past.MIN_CUSTOMERS,
            "totals": self._card_totals(),
            "backtest": closed._card_backtest(),
            "weeks": closed._card_weeks(),
            "lifecycle": closed._card_lifecycle(),
            "deciles": closed.card.get("deciles", []),
            "parameters": closed._card_parameters(officer),
            "retention": self._card_retention(closed.card.get("retention"), officer),
            "hidden": not officer,
        }

    @api.model
    def action_open_current(self):
        """Open the model card behind today's figures of the current company."""
        fit = self.env["crm.value.run"]._current(self.env.company).fit_id
        return fit._get_records_action(name=self.env._("Model Card"))

    # --- the back-test ---

    def _card_backtest(self):
        """Return each rule's errors, in all and by cutoff; None without one."""
        folds = self.card["folds"]
        if not folds:
            return None
        return {
            "target": calibration.TARGET,
            "total": self._card_rules(self._pooled()) if len(folds) > 1 else None,
            "folds": [
                {
                    "date": format_date(self.env, from_day(fold["day"])),
                    "days": fold["length"],
                    "customers": fold["customers"],
                    "inside": fold["inside"],
                    "rules": self._card_rules(fold["rules"]),
                }
                for fold in folds
            ],
        }

    def _card_rules(self, measures):
        return [
            {
                **measure,
                "label": self._card_label("rule", measure["rule"]),
                "chosen": measure["rule"] == self.rule,
            }
            for measure in measures
        ]

    def _pooled(self):
        """Return the measures of each rule over all customers of all cutoffs.

        The rank correlation is of one cutoff only, it cannot be pooled.
        """
        folds = self.card["folds"]
        weights = [fold["customers"] for fold in folds]
        by_rule = zip(*(fold["rules"] for fold in folds), strict=True)
        return [self._pool(measures, weights) for measures in by_rule]

    @api.model
    def _pool(self, measures, weights):
        predicted, actual = (
            sum(measure[name] for measure in measures)
            for name in ("predicted", "actual")
        )
        mae, rmse = (
            np.array([measure[name] for measure in measures])
            for name in ("mae", "rmse")
        )
        return {
            "rule": measures[0]["rule"],
            "predicted": predicted,
            "actual": actual,
            "bias": predicted / actual - 1 if actual else None,
            "mae": float(np.average(mae, weights=weights)),
            "rmse": float(np.average(rmse**2, weights=weights) ** 0.5),
            "correlation": None,
            **self._pool_money(measures, weights),
        }

    @api.model
    def _pool_money(self, measures, weights):
        """Return the pooled error in money; nothing of earlier cards."""
        errors = [measure.get("money_rmse") for measure in measures]
        if None in errors:
            return {}
        squares = np.square(errors)
        return {"money_rmse": float(np.average(squares, weights=weights) ** 0.5)}

    def _card_weeks(self):
        """Return purchases by week around the latest cutoff, None without one."""
        weeks = self.card.get("weeks")
        if not weeks:
            return None
        rules = dict.fromkeys((self.rule, "naive"))
        return {
            "cutoff": format_date(self.env, from_day(self.card["folds"][0]["day"])),
            "labels": [format_date(self.env, from_day(week["day"])) for week in weeks],
            "actual": [week["actual"] for week in weeks],
            "rules": [
                {
                    "label": self._card_label("rule", rule),
                    "chosen": rule == self.rule,
                    "values": [week[rule] for week in weeks],
                }
                for rule in rules
            ],
        }

    # --- who is gone ---

    def _card_lifecycle(self):
        """Return what became of customers called lost or in decline, as rows.

        A share that was not measured has no row.
        """
        found = self.card.get("lifecycle") or {}
        rows = [
            (
                code,
                label,
                self._card_percent(found[code]),
                self._say_called(found, code),
            )
            for code, label in self._lifecycle_labels().items()
            if found.get(code) is not None
        ]
        return self._card_rows(rows)

    def _say_called(self, found, code):
        """Of how many a share is, and when they were called so; earlier cards: ""."""
        stage, length = code.split("_back_")
        customers = found.get(f"{stage}_{length}")
        if customers is None:
            return ""
        return self.env._(
            "Of %(customers)s who counted so on %(date)s.",
            customers=words.customers(self.env, customers),
            date=format_date(self.env, self.as_of - timedelta(int(length))),
        )

    def _lifecycle_labels(self):
        return {
            "lost_back_90": self.env._("Lost, and bought within 90 days"),
            "lost_back_365": self.env._("Lost, and bought within a year"),
            "decline_back_90": self.env._("In decline, and bought within 90 days"),
            "decline_back_365": self.env._("In decline, and bought within a year"),
        }

    # --- the rule of thumb ---

    def _card_retention(self, retention, officer):
        """Return what constant retention would say, beside the mean of the model."""
        if not retention:
            return None
        facts = {
            "customers": words.customers(self.env, retention["customers"]),
            "percent": self._card_percent(retention["rate"]),
        }
        said = self.env._(
            "Of the %(customers)s with a purchase in the year before the last one, "
            "%(percent)s bought again in the last one.",
            **facts,
        )
        rows = self._card_retention_rows(retention) if officer else []
        worth = self._row_of_worth() if officer else []
        return {"sentence": said, "rows": rows + worth, "compared": bool(worth)}

    def _card_retention_rows(self, retention):
        """Return the factors of the rule of thumb and its value; for officers."""
        rows = [
            (
                "m",
                self.env._("Annual margin of an active customer"),
                self._card_amount(retention["margin"]),
            ),
            (
                "ρ",
                self.env._("Share that buys again"),
                self._card_percent(retention["rate"]),
            ),
            (
                "d",
                self.env._("Annual discount rate"),
                self._card_percent(self.policy_id.discount_rate),
            ),
            (
                "m·ρ / (1 + d − ρ)",
                self.env._(
                    "Value of an active customer by the rule of thumb, without an end"
                ),
                write(self.env, retention["value"], self.currency_id),
            ),
        ]
        keys = ("symbol", "label", "text")
        return [dict(zip(keys, row, strict=True)) for row in rows]

    def _row_of_worth(self):
        """Return the model's mean as a row, none where no profile rests on the fit."""
        worth = self._mean_worth()
        if worth is None:
            return []
        label = self.env._(
            "Mean lifetime value of today's active customers, within %(months)s",
            months=words.months(self.env, self.policy_id.horizon_months),
        )
        said = write(self.env, worth, self.currency_id)
        return [{"symbol": "", "label": label, "text": said}]

    def _mean_worth(self):
        """Return the mean lifetime value that a run found by this fit, or None."""
        predicted = [("run_id.fit_id", "=", self.id), ("relation", "=", "active")]
        [[worth, count]] = self.env["crm.value.profile"]._read_group(
            predicted, [], ["clv:sum", "__count"]
        )
        return worth / count if count else None

    # --- how figures are written ---

    def _card_label(self, name, key):
        return dict(self._fields[name]._description_selection(self.env)).get(key, "")

    def _card_amount(self, money):
        return format_amount(self.env, money, self.currency_id)

    def _card_percent(self, share):
        return words.percent(self.env, share, 1)

    def _card_used(self):
        """Return the rows of what was used."""
        data = self.card["data"]
        rows = [
            (
                "customers",
                self.env._("Customers who had bought"),
                self._card_count(data["customers"]),
                "",
            ),
            (
                "repeaters",
                self.env._("Of these, bought again"),
                self._card_count(data["repeaters"]),
                self._share_of_customers(data["repeaters"]),
            ),
            (
                "purchases",
                self.env._("Purchases"),
                self._card_count(data["purchases"]),
                self.env._(
                    "What a customer buys on one day, net of returns, is one purchase."
                ),
            ),
        ]
        if data["first_day"] is not None:
            rows.append(
                ("period", self.env._("First to last purchase"), self._period(), "")
            )
        return self._card_rows(rows)

    def _card_left_out(self):
        """Return the rows of what was left out, each with the reason."""
        data = self.card["data"]
        single = data["customers"] - data["repeaters"]
        rows = [
            (
                "nothing_bought",
                self.env._("Customers without a purchase by then"),
                self._card_count(data["nothing_bought"]),
                self.env._(
                    "They have documents, but returns cancel what they bought, or they "
                    "bought later."
                ),
            ),
            (
                "single",
                self.env._("One-time buyers"),
                self._card_count(single),
                self.env._(
                    "Left out of the spend model only: it is trained on repeat "
                    "purchases."
                )
                if self.parameters["spending"]["p"]
                else "",
            ),
            (
                "later",
                self.env._(
                    "Documents after %(date)s", date=format_date(self.env, self.as_of)
                ),
                "",
                self.env._(
                    "The model is not trained on them, so that a customer's figures "
                    "change only by what the customer does. They do count in the "
                    "customer's own figures."
                ),
            ),
            *self._left_out_of_runs(),
            *self._left_out_of_backtest(),
        ]
        return self._card_rows(rows)

    def _left_out_of_runs(self):
        """Return the row of customers that the last run set aside."""
        run = self.run_ids.filtered(lambda run: run.state == "done")[:1]
        if not run:
            return []
        return [
            (
                "issues",
                self.env._("Customers skipped by the last run"),
                self._card_count(run.issue_count),
                self.env._("One of their figures is not a number; the run lists them.")
                if run.issue_count
                else "",
            )
        ]

    def _left_out_of_backtest(self):
        """Return the row of the customers that the back-test passes over."""
        if self.customer_count <= past.MAX_CUSTOMERS:
            return []
        return [
            (
                "sampled",
                self.env._("Customers not in the back-test"),
                "",
                self.env._(
                    "It uses at most %(count)s customers at each cutoff; more would "
                    "not change which rule is best.",
                    count=self._card_count(past.MAX_CUSTOMERS),
                ),
            )
        ]

    def _card_rows(self, rows):
        keys = ("code", "label", "text", "note")
        return [dict(zip(keys, row, strict=True)) for row in rows]

    def _period(self):
        data = self.card["data"]
        return self.env._(
            "%(first)s – %(last)s",
            first=format_date(self.env, from_day(data["first_day"])),
            last=format_date(self.env, from_day(data["last_day"])),
        )

    def _share_of_customers(self, count):
        customers = self.card["data"]["customers"]
        return self._card_percent(count / customers) if customers else ""

    def _card_count(self, count):
        return formatLang(self.env, count, digits=0)
