from odoo import api, fields, models

from ... import words
from ...analytics.scenario.outcome import MEASURES
from .const import (
    BUDGET,
    CAP,
    DEMAND,
    DISCOUNT,
    PRICE,
    RESPONSE,
    RETENTION,
    SERVICE,
    SHARE,
    TIER,
)


class CrmValueScenario(models.Model):
    """Tells scenarios in words, in the language of whoever reads."""

    _inherit = "crm.value.scenario"

    report = fields.Json(compute="_compute_report", string="What Comes Out")
    conclusion = fields.Char(compute="_compute_conclusion")
    own_claim = fields.Char(string="On Own Figures", compute="_compute_own_claim")

    @api.depends("result", "name", "line_ids")
    @api.depends_context("lang", "company")
    def _compute_report(self):
        for scenario in self:
            scenario.report = scenario.result and scenario._report()

    def _report(self):
        """Return the result as a screen shows it: labels beside numbers."""
        found, labels = self.result, self._measures()
        return {
            "currency_id": self.currency_id.id,
            "as_of": found["as_of"],
            "figures": [
                {"key": name, "label": labels[name], **found["figures"][name]}
                for name in MEASURES
            ],
            "bars": [self._bar_in_words(bar) for bar in found["bars"]],
            "break_even": self._say_break_even(found["break_even"]),
        }

    @api.model
    def _measures(self):
        return {
            "customers": self.env._("Customers in a year"),
            "revenue": self.env._("Revenue of the year"),
            "margin": self.env._("Margin of the year"),
            "equity": self.env._("Customer equity"),
            "lifetime": self.env._("Worth of a lifetime, rule of thumb"),
        }

    def _bar_in_words(self, bar):
        lines = list(self.line_ids)
        if "line" in bar:
            # Whoever removes a change makes the result void first.
            label, note = lines[bar["line"]]._say_change(), ""
        else:
            label, note = self._say_assumption(bar)
        return {
            "label": label,
            "note": note,
            "is_assumption": "assumption" in bar,
            "low": bar["low"],
            "high": bar["high"],
        }

    def _say_assumption(self, bar):
        """Return the name of an assumption, and what its ends are."""
        if bar["assumption"] == "retention":
            return (
                self.env._("Retention as it is"),
                self.env._("at both ends of its 80% interval"),
            )
        if bar["assumption"] == "forecast":
            return (
                self.env._("The forecast of the total"),
                self.env._("as far off as in past back-tests, 80% interval"),
            )
        return self.env._("How buyers react to the price"), self._say_elasticity(bar)

    def _say_elasticity(self, bar):
        if not bar["entered"]:
            return self.env._("assumed: buyers do not react; enter an elasticity")
        if self._assumed():
            return self.env._(
                "elasticity from %(low)s to %(high)s",
                low=words.number(self.env, self.elasticity_low, 2),
                high=words.number(self.env, self.elasticity_high, 2),
            )
        return self.env._("as entered, and as if nobody reacted")

    def _say_break_even(self, found):
        if not found:
            return ""
        return self.env._(
            "Break-even of a contact: %(share)s have to buy, at a cost of %(cost)s and "
            "a margin of %(sale)s of a purchase.",
            share=words.percent(self.env, found["share"], 2),
            cost=self._say_money(found["cost"], 2),
            sale=self._say_money(found["sale"], 2),
        )

    def _say_money(self, amount, digits=0):
        if digits:
            return self.currency_id.format(amount)
        # Of what is foretold nobody knows more than three digits.
        return words.whole_money(self.env, float(f"{amount:.3g}"), self.currency_id)

    # --- sentences ---

    @api.depends("result")
    @api.depends_context("lang", "company")
    def _compute_conclusion(self):
        for scenario in self:
            scenario.conclusion = scenario.result and scenario._say_conclusion()

    def _say_conclusion(self):
        """Say what it does to the equity, and how sure that is."""
        equity = self.result["figures"]["equity"]
        told = {
            "change": self._say_signed(equity["change"]),
            "equity": self._say_money(equity["value"]),
            "months": words.months(self.env, self.result["horizon"]),
        }
        if equity["change_low"] is None:
            return self.env._(
                "Customer equity over %(months)s: %(equity)s, %(change)s against "
                "today. How sure that is cannot be said: no back-test tells how far "
                "totals were off.",
                **told,
            )
        return self.env._(
            "Customer equity over %(months)s: %(equity)s, %(change)s against today "
            "(80%% interval of the change: %(low)s to %(high)s).",
            low=self._say_signed(equity["change_low"]),
            high=self._say_signed(equity["change_high"]),
            **told,
        )

    def _say_signed(self, amount):
        told = self._say_money(abs(amount))
        if not round(amount):
            return told
        return f"+{told}" if amount > 0 else f"-{told}"

    @api.depends("result", "claim_low", "claim_high")
    @api.depends_context("lang", "company")
    def _compute_own_claim(self):
        for scenario in self:
            told = scenario.result and scenario.claim and scenario._say_own_claim()
            scenario.own_claim = told or False

    def _say_own_claim(self):
        """Say what is claimed, and what the own figures say to it."""
        figures = self.result["figures"]
        if self.claim_low is False or self.claim_high is False:
            return self._say_break_even(self.result["break_even"])
        equity, lifetime = (
            _gain(figures[name]["base"], figures[name]["change"])
            for name in ("equity", "lifetime")
        )
        if equity is None or lifetime is None:
            return ""
        return self.env._(
            "Claimed: %(low)s to %(high)s more. On your own figures: %(equity)s more "
            "customer equity over %(months)s, and %(lifetime)s more over a lifetime by "
            "the rule of thumb.",
            low=words.percent(self.env, self.claim_low),
            high=words.percent(self.env, self.claim_high),
            equity=words.percent(self.env, equity, 1),
            lifetime=words.percent(self.env, lifetime, 1),
            months=words.months(self.env, self.result["horizon"]),
        )


def _gain(base, change):
    return change / base if base and base > 0 and change is not None else None


class CrmValueScenarioLine(models.Model):
    """Tells changes in words: what they are, what they do, how they are done."""

    _inherit = "crm.value.scenario.line"

    @api.depends("scenario_id.result")
    @api.depends_context("lang", "company")
    def _compute_told(self):
        for line in self:
            found, order = line.scenario_id.result, line.scenario_id.line_ids.ids
            at = order.index(line.id) if line.id in order else -1
            known = found and 0 <= at < len(found["lines"])
            line.told = known and line._say_told(found["lines"][at])

    def _say_told(self, found):
        """Say what a change does besides the figures, empty where nothing."""
        scenario = self.scenario_id
        if self.parameter == RETENTION:
            return words.customers(self.env, found["customers"])
        if self.parameter == TIER:
            return self._say_tier(found)
        if self.parameter == SHARE:
            return self.env._(
                "Stars: %(then)s, today %(now)s",
                then=words.customers(self.env, found["stars"]),
                now=words.number(self.env, found["stars_now"]),
            )
        if self.parameter in (CAP, BUDGET):
            return self.env._(
                "Contacts of the last year: %(contacts)s, left out: %(out)s; not "
                "reached at all: %(customers)s",
                contacts=words.number(self.env, found["contacts"]),
                out=words.number(self.env, found["out"]),
                customers=words.customers(self.env, found["unreached"]),
            )
        if self.parameter in SERVICE:
            return self._say_service(found)
        if self.parameter == DISCOUNT:
            return self.env._(
                "Today %(share)s of the list price are waived",
                share=words.percent(self.env, scenario.result["discounted"], 1),
            )
        return ""

    def _say_tier(self, found):
        told = self.env._(
            "Would earn a higher tier: %(up)s, a lower one: %(down)s",
            up=words.customers(self.env, found["up"]),
            down=words.customers(self.env, found["down"]),
        )
        cost = found["cost"]
        if cost is None:
            more = self.env._("what its benefits cost is not known")
        else:
            more = self.env._(
                "benefits cost %(cost)s more a year",
                cost=self.scenario_id._say_signed(cost),
            )
        return words.clauses(self.env, [told, more])

    def _say_service(self, found):
        if not found["tickets"]:
            return self.env._("No ticket of the last 180 days tells")
        return self.env._(
            "Would have been late: %(late)s of the last %(tickets)s (%(share)s); late "
            "by the promises of then: %(now)s",
            late=words.number(self.env, found["late"]),
            tickets=words.tickets(self.env, found["tickets"]),
            share=words.percent(self.env, found["late"] / found["tickets"]),
            now=words.number(self.env, found["late_now"]),
        )

    def _say_change(self):
        """Return what is changed, of whom and by how much, in one line."""
        labels = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("quadrant", "tier_limit")
        }
        whom = [
            labels["quadrant"].get(self.quadrant),
            self.rfm_segment_id.name,
            self.tier_id.name,
            labels["tier_limit"].get(self.tier_limit),
        ]
        signed = self.parameter in (RETENTION, PRICE, DISCOUNT, DEMAND)
        digits = 0 if self.amount == int(self.amount) else 2
        amount = words.number(self.env, self.amount, digits)
        told = f"+{amount}" if signed and self.amount > 0 else amount
        name = ", ".join(filter(None, [self._label(), *whom]))
        return self.env._("%(name)s: %(amount)s", name=name, amount=told)

    @api.depends("parameter")
    @api.depends_context("lang")
    def _compute_to_do(self):
        ways = self._ways()
        for line in self:
            line.to_do = ways.get(line.parameter, self.env._("Apply: a policy draft"))

    @api.model
    def _ways(self):
        """Return how changes are done that are no rule of the policy."""
        return {
            RETENTION: self.env._("A playbook or a campaign for these customers"),
            PRICE: self.env._("Change the pricelists"),
            DISCOUNT: self.env._("Discount Authority says who may give how much"),
            DEMAND: self.env._("An assumption: test it by a campaign"),
            BUDGET: self.env._("Plan campaigns within it"),
            RESPONSE: self.env._("The service desk's promises, in the settings"),
            SERVICE[1]: self.env._("The service desk's promises, in the settings"),
        }
