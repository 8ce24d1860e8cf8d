import hashlib
import json

import numpy as np

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...analytics.scenario import outcome
from ..scoring.const import QUADRANTS
from .const import (
    BUDGET,
    CAP,
    DEMAND,
    DISCOUNT,
    HORIZON,
    PRICE,
    RATE,
    RETENTION,
    SERVICE,
    SHARE,
    TIER,
)

QUADRANT = {code: at for at, (code, _label) in enumerate(QUADRANTS)}


class CrmValueScenario(models.Model):
    """Computes scenarios: the figures, their intervals, and what moves them most."""

    _inherit = "crm.value.scenario"

    def action_compute(self):
        """Compute what comes out, on the last finished run."""
        self.check_access("write")
        for scenario in self:  # a handful, each with changes of its own
            if not scenario.company_id:
                raise UserError(
                    self.env._("A preset has no figures: make a scenario of it.")
                )
            self.env.user._value_check_whole(scenario.company_id)
            # Results are written by their own code alone.
            scenario.sudo().write(scenario._computed())

    def _computed(self):
        """Return the values of the result, its digest among them."""
        ground = self._ground()
        self._check_known(ground)
        result = self._result(ground)
        told = {name: one["value"] for name, one in result["figures"].items()}
        told.pop("lifetime")
        equity = result["figures"]["equity"]
        return {
            "run_id": ground.run.id,
            "as_of": ground.run.as_of,
            "result": result,
            "digest": self._digest(result),
            "equity_change": _or_false(equity["change"]),
            **{name: _or_false(value) for name, value in told.items()},
        }

    @api.model
    def _digest(self, result):
        """Return the SHA-256 of a result in one canonical form."""
        text = json.dumps(result, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def _check_known(self, ground):
        """Refuse what the documents of the company do not tell yet."""
        asked = set(self.line_ids.mapped("parameter"))
        if RETENTION in asked and not (ground.base.of > 0).all():
            raise UserError(
                self.env._(
                    "How many customers stay is not known yet: two month ends have to "
                    "lie a quarter apart at least. Start runs, or remove the change."
                )
            )
        if DISCOUNT in asked and np.isnan(ground.base.discounted):
            raise UserError(
                self.env._(
                    "What discounts are given is not known yet: no month of sales is "
                    "stored. Wait for the next night, or remove the change."
                )
            )
        if BUDGET in asked and self.contact_cost is False:
            raise UserError(self.env._("Enter what a contact costs, for its budget."))

    def _result(self, ground):
        """Return all that is told of a scenario, as plain data."""
        lines = list(self.line_ids)
        told = [self._told_of(ground, line) for line in lines]
        change = self._change(ground, lines, told)
        draws = outcome.draw(ground.base, self._assumed(), self.seed)
        return {
            "run": ground.run.id,
            "as_of": fields.Date.to_string(ground.run.as_of),
            "inputs": ground.digest,
            "seed": self.seed,
            "figures": self._figures(ground.base, change, draws),
            "lines": told,
            "bars": [
                *self._line_bars(ground, lines, told),
                *self._assumed_bars(ground.base, change, lines),
            ],
            "break_even": self._break_even(ground),
            "horizon": ground.base.horizon
            if change.horizon is None
            else change.horizon,
            "discounted": _known(ground.base.discounted, 4),
        }

    def _assumed(self):
        """Return (low, likely, high) of the elasticity, None where nobody said."""
        ends = (self.elasticity_low, self.elasticity, self.elasticity_high)
        return None if False in [end is not False for end in ends] else ends

    def _break_even(self, ground):
        """Return which share has to buy for a contact to pay, None: not known."""
        if self.contact_cost is False or not ground.sale > 0:
            return None
        return {
            "cost": self.contact_cost,
            "sale": round(ground.sale, 2),
            "share": round(self.contact_cost / ground.sale, 6),
        }

    # --- changes ---

    def _change(self, ground, lines, told, elasticity=None):
        """Return the outcome.Change that some lines make together."""
        total = dict.fromkeys((PRICE, DISCOUNT, DEMAND), 0.0)
        points, cost = np.zeros(ground.quadrant.size), 0.0
        last = {RATE: None, HORIZON: None}
        for line, found in zip(lines, told, strict=True):
            if line.parameter == RETENTION:
                points += self._of_whom(ground, line) * line.amount / 100
            elif line.parameter in total:
                total[line.parameter] += line.amount / 100
            elif line.parameter in last:
                last[line.parameter] = line.amount
            cost += found.get("cost") or 0.0
        rate, horizon = last[RATE], last[HORIZON]
        return outcome.Change(
            points=points,
            elasticity=self.elasticity or 0.0 if elasticity is None else elasticity,
            cost=cost,
            rate=None if rate is None else rate / 100,
            horizon=None if horizon is None else int(horizon),
            **total,
        )

    @api.model
    def _of_whom(self, ground, line):
        """Return which cells a change of the retention is of."""
        mine = np.ones(ground.quadrant.size, bool)
        if line.quadrant:
            mine &= ground.quadrant == QUADRANT[line.quadrant]
        if line.rfm_segment_id:
            mine &= ground.segment == line.rfm_segment_id.id
        return mine

    @api.model
    def _told_of(self, ground, line):
        """Return what is told of one change besides the figures."""
        if line.parameter == RETENTION:
            mine = self._of_whom(ground, line)
            return {"customers": int(ground.base.customers[mine].sum())}
        if line.parameter == TIER:
            return self._told_tier(ground, line)
        if line.parameter == SHARE:
            return self._told_quadrants(ground, line)
        if line.parameter in (CAP, BUDGET):
            return self._told_contacts(ground, line)
        if line.parameter in SERVICE:
            return self._told_service(ground, line)
        return {}

    # --- figures ---

    @api.model
    def _figures(self, base, change, draws):
        """Return each measure: now, at the change, the difference, and their ranges."""
        before = outcome.outcome(base, outcome.Change())
        after = outcome.outcome(base, change)
        drawn_before = outcome.spread(base, outcome.Change(), draws)
        drawn_after = outcome.spread(base, change, draws)
        return {
            name: self._figure(
                before[name], after[name], drawn_before[name], drawn_after[name]
            )
            for name in outcome.MEASURES
        }

    @api.model
    def _figure(self, before, after, drawn_before, drawn_after):
        moved = None if drawn_after is None else drawn_after - drawn_before
        low, high = outcome.edges(drawn_after) or (np.nan, np.nan)
        least, most = outcome.edges(moved) or (np.nan, np.nan)
        return {
            "base": _known(before[0]),
            "value": _known(after[0]),
            "low": _known(low),
            "high": _known(high),
            "change": _known(after[0] - before[0]),
            "change_low": _known(least),
            "change_high": _known(most),
        }

    # --- the tornado ---

    def _line_bars(self, ground, lines, told):
        """Return what each change does alone, against nothing changed."""
        before = outcome.outcome(ground.base, outcome.Change())
        return [
            {
                "line": at,
                "low": None,
                "high": self._difference(
                    before,
                    outcome.outcome(
                        ground.base, self._change(ground, [line], [told[at]])
                    ),
                ),
            }
            for at, line in enumerate(lines)
        ]

    def _assumed_bars(self, base, change, lines):
        """Return what each assumption does at its lowest and highest."""
        after = outcome.outcome(base, change)
        bars = []
        edges = outcome.retention_edges(base)
        if edges:
            bars.append(
                self._bar("retention", after, *self._at_retention(base, change, edges))
            )
        if base.typical is not None and base.cuts:
            factors = outcome.error_edges(base)
            money = ("revenue", "margin", "equity")
            ends = [
                {n: v * f if n in money else v for n, v in after.items()}
                for f in factors
            ]
            bars.append(self._bar("forecast", after, *ends))
        if {PRICE, DISCOUNT} & {line.parameter for line in lines}:
            bars.append(self._elasticity_bar(base, change, after))
        return bars

    @api.model
    def _at_retention(self, base, change, edges):
        rho = np.clip(base.retention + np.array(edges)[:, None], 0.0, 1.0)
        found = outcome.outcome(base, change, rho)
        size = np.ones(2)
        return [
            {name: (value * size)[at : at + 1] for name, value in found.items()}
            for at in range(2)
        ]

    def _elasticity_bar(self, base, change, after):
        """Return the bar of how buyers react; of no width where nobody said."""
        ends = [self.elasticity or 0.0, self.elasticity or 0.0]
        if self._assumed():
            ends = [self.elasticity_low, self.elasticity_high]
        elif self.elasticity is not False:
            ends[1] = 0.0  # as if nobody reacted
        answers = np.array(ends)[:, None]
        found = outcome.outcome(base, change, elasticity=answers)
        size = np.ones(2)
        low, high = (
            {name: (value * size)[at : at + 1] for name, value in found.items()}
            for at in range(2)
        )
        return {
            **self._bar("elasticity", after, low, high),
            "entered": self.elasticity is not False,
        }

    def _bar(self, name, after, low, high):
        return {
            "assumption": name,
            "low": self._difference(after, low),
            "high": self._difference(after, high),
        }

    @api.model
    def _difference(self, before, after):
        return {
            name: _known((after[name] - before[name])[0]) for name in outcome.MEASURES
        }


def _known(number, digits=2):
    return None if np.isnan(number) else round(float(number), digits) + 0.0


def _or_false(value):
    return False if value is None else value
