from odoo import api, models
from odoo.tools import SQL

from ... import words
from ...analytics.forecast import calibration
from ...const import OFFICER
from ...models.forecast.certainty import Foretold, say_money

SEEN = 0.0005  # of the opening value; below, it rounds to nothing
LOSSES = ("shrunk", "lost")
COLORS = {"new": "up", "grown": "up", "shrunk": "down", "lost": "down"}
ENDS = ("opening", "closing")
BRIDGE = ("opening", "new", "grown", "shrunk", "lost", "re_estimated", "closing")


class CrmValueSectionEquity(models.AbstractModel):
    """What the customers are worth, and what changed it."""

    _name = "crm.value.section.equity"
    _inherit = ["crm.value.section"]
    _description = "Worth of the Customers"
    _rank = 10
    _for = OFFICER

    @api.model
    def _told(self, month):
        """Tell the statement of customer equity of a month; the bridge as bars."""
        statement = self.env["crm.value.equity"].get_statement()
        days = {found["date"]: found for found in statement["months"]}
        found = days.get(month["date_to"])
        if not found:
            known = statement["months"] or not statement["mean"]["customers"]
            return None if known else self._told_of_few()
        latest = found is statement["months"][-1]
        notes = [
            statement["is_own"] and self.env._("Of your customers alone."),
            latest and self.env["crm.value.section.lifecycle"]._say_gone(),
        ]
        if found["closing_words"]:
            notes += [
                self._say_whose(found),
                self._say_re_estimated(found),
                latest and self._say_range(statement),
                *(self._say_known(statement["is_own"]) if latest else ()),
            ]
        told = {
            **self._told_of_few(),
            "answer": self._say_worth(found),
            "notes": [note for note in notes if note],
        }
        if found["closing_words"] and found is not statement["months"][0]:
            told["charts"] = [self._bridge(found, month, statement["labels"])]
        return told

    @api.model
    def _told_of_few(self):
        """Return what is told where nobody can say what the customers are worth."""
        return {
            "question": self.env._("What are our customers worth, and what changed?"),
            "answer": self._say_too_few(),
            "notes": [],
            "links": [
                self._screen(
                    self.env._("Customer Equity"),
                    "crm_value.crm_value_equity_statement_action",
                )
            ],
        }

    @api.model
    def _say_too_few(self):
        return self.env._("There are too few customers yet to say what they are worth")

    @api.model
    def _say_worth(self, found):
        """Return the value in words; too few customers have none to be told."""
        closing, change = found["closing_words"], found["own_change"]
        months = words.months(self.env, found["horizon_months"])
        if not closing:
            return self._say_too_few()
        if change is None:
            return self.env._(
                "Within %(months)s, the margin of the customers is worth %(closing)s",
                closing=closing,
                months=months,
            )
        texts = {
            "closing": closing,
            "change": self._percent(abs(change)),
            "months": months,
        }
        if change < 0:
            return self.env._(
                "Within %(months)s, the margin of the customers is worth %(closing)s; "
                "by what they bought or did not, %(change)s less than a month before",
                **texts,
            )
        return self.env._(
            "Within %(months)s, the margin of the customers is worth %(closing)s; "
            "by what they bought or did not, %(change)s more than a month before",
            **texts,
        )

    @api.model
    def _say_whose(self, found):
        """Say what of the change came with new customers, and what there is in all."""
        opening = found["opening"]
        if opening <= 0 or found["own_change"] is None:
            return False
        kept = found["grown"] - found["shrunk"] - found["lost"]
        shares = {
            "new": found["new"] / opening,
            "kept": kept / opening,
            "total": found["closing"] / opening - 1,
        }
        return self.env._(
            "New customers: %(new)s; those of before: %(kept)s; in all, with the "
            "forecast made anew: %(total)s.",
            **{name: self._signed(share) for name, share in shares.items()},
        )

    @api.model
    def _signed(self, share):
        """Return a change in percent with its sign."""
        sign = "+" if share > 0 else ""
        return f"{sign}{self._percent(share)}"

    @api.model
    def _say_re_estimated(self, found):
        """Say what the model alone has done: customers did nothing of it."""
        opening, amount = found["opening"], found["re_estimated"]
        if opening <= 0 or abs(amount / opening) < SEEN:
            return False
        size = Foretold(abs(amount))
        texts = {
            "amount": say_money(self.env, size, self.env.company.currency_id),
            "why": found["model_words"] or found["model_label"],
        }
        if amount < 0:
            return self.env._(
                "Apart from that, the forecast itself was made anew: it values the "
                "same customers lower by %(amount)s: %(why)s.",
                **texts,
            )
        return self.env._(
            "Apart from that, the forecast itself was made anew: it values the same "
            "customers higher by %(amount)s: %(why)s.",
            **texts,
        )

    @api.model
    def _say_range(self, statement):
        """Say how far the value of today may be off."""
        if not statement["interval_words"]:
            return self.env._(
                "How far the total may be off is not known: the history is too short "
                "to back-test it."
            )
        return self.env._(
            "The range is the %(held)s interval: in past back-tests (%(cuts)s) the "
            "total was typically off by %(off)s.",
            cuts=statement["cuts"],
            held=words.percent(self.env, calibration.TARGET),
            off=self._percent(statement["off"]),
        )

    @api.model
    def _say_known(self, is_own):
        """Say what customers brought, and how much of it has no cost that is known.

        Both are asked for at once: so many profiles are read once.
        """
        profiles = self.env["crm.value.profile"]
        query = profiles._search(self._own())
        profiles.flush_model()
        [(now, before, share)] = self.env.execute_query(query.select(SQL(KNOWN)))
        return [
            self._say_revenue(now or 0.0, before or 0.0),
            not is_own and self._say_assumed(share),
        ]

    @api.model
    def _say_assumed(self, share):
        """Say of how much of the money no cost is known, and what stands for it."""
        if not share or round(share, 2) == 0:
            return False
        policy = self.env["crm.value.run"]._current(self.env.company).policy_id
        return self.env._(
            "For %(share)s of the money no cost is known: there the margin rate of the "
            "policy, %(rate)s, is assumed.",
            share=words.percent(self.env, share),
            rate=words.percent(self.env, policy.default_margin_rate),
        )

    @api.model
    def _say_revenue(self, now, before):
        """Say what the customers brought last, and before that: known, not foretold."""
        if now <= 0 or before <= 0:
            return False
        run = self.env["crm.value.run"]._current(self.env.company)
        texts = {
            "revenue": self._money(now),
            "change": self._percent(abs(now / before - 1)),
            "days": words.days(self.env, run.policy_id.window_days),
        }
        if now < before:
            return self.env._(
                "Their revenue within %(days)s: %(revenue)s, %(change)s less than in "
                "as many days before.",
                **texts,
            )
        return self.env._(
            "Their revenue within %(days)s: %(revenue)s, %(change)s more than in as "
            "many days before.",
            **texts,
        )

    @api.model
    def _bridge(self, found, month, labels):
        """Return the bars from one month end to the next: each starts at the last."""
        level, bars = found["opening"], []
        for name in BRIDGE:
            amount = found[name]
            if name in ENDS:
                bar = [0, amount]
            else:
                bar = [level, level + (-amount if name in LOSSES else amount)]
                level = bar[1]
            counted = name in found["counts"] or name == "re_estimated"
            opens = self._rows_of(
                self.env._(
                    "%(movement)s, %(month)s",
                    movement=labels[name],
                    month=self._say_month(month),
                ),
                "crm.value.equity",
                self._own(("date", "=", str(month["date_to"]))),
                **({name: 1} if counted else {}),
            )
            color = "total" if name in ENDS else "other"
            bars.append((bar, self._money(amount), opens, COLORS.get(name, color)))
        return self._chart(
            self.env._("What took the value from one month end to the next?"),
            [labels[name] for name in BRIDGE],
            self._series("", "total", bars),
        )


KNOWN = """
    SUM(revenue), SUM(revenue_previous),
    (SUM(revenue_total * (1 - cost_known_share)) FILTER (WHERE revenue_total > 0)
     / SUM(revenue_total) FILTER (WHERE revenue_total > 0
                                    AND cost_known_share IS NOT NULL))::float8
"""
