from datetime import timedelta

import numpy as np

from odoo import api, models

from ...analytics.statistics import months
from ...analytics.tier import conditions, tier
from ...const import from_day, to_day
from ..scoring.crm_value_step import placing
from .const import TIER_EVENTS

# The figures of the qualifying window that are kept on the profile.
KEPT = ("revenue", "margin", "points", "purchases")
EARNED, MANUAL = range(2)
BY_HAND = [key for key, _label in TIER_EVENTS].index("manual")
SHOWN = ("origin", "tier", "since", "until")
COMPARED = (*SHOWN, "earned", "earned_since", "earned_until")


class CrmValueStepTier(models.AbstractModel):
    """Step of the run: qualifies customers for tiers, renews and downgrades."""

    _name = "crm.value.step.tier"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Tier"

    _needs = ("value_score",)
    _gives = ("tier_id", "tier_since", "tier_until", "tier_state", "members")

    @api.model
    def _compute(self, flow):
        """Return the tiers; the memberships to store become a result.

        A run for a past date shows the memberships as they were then, and has none to
        store.
        """
        rules, count = flow.scope.rules.of(tier.QualificationRules), flow.partners.size
        columns = self._conditions(flow)
        asked = conditions.matrix(columns, count)
        held = self._held(flow)
        as_of = to_day(flow.day)
        if flow.run.is_past:
            now, event = held["standing"], np.full(count, tier.SAME)
        else:
            now, event = tier.check(
                asked, rules, held["standing"], as_of, self._last_check(flow)
            )
        members = self._members(flow, held, now, event)
        members.update(partner=flow.partners, **columns)
        flow.results["members"] = members
        state = tier.state(asked, rules, now, as_of)
        state = np.where(members["origin"] == MANUAL, tier.BY_HAND, state)
        return {
            "tier_id": members["tier"],
            "tier_computed_id": members["earned"],
            "tier_since": members["since"],
            "tier_until": members["until"],
            "tier_state": state,
            **{f"tier_{name}": columns[name] for name in KEPT},
        }

    @api.model
    def _conditions(self, flow):
        """Return what the tiers may ask for, an array each; NaN: not known."""
        window = flow.scope.rules.of(tier.QualificationRules).window_months
        found = conditions.of_days(flow.scope.days, to_day(flow.day), window)
        columns = {
            name: flow.place(column, np.nan if name == "tenure_months" else 0.0)
            for name, column in found.items()
        }
        digits = flow.company.currency_id.decimal_places
        for name in ("revenue", "margin"):
            columns[name] = np.round(columns[name], digits)
        columns["points"] = self._points(flow)
        columns["value_score"] = flow.figures["value_score"]
        return columns

    @api.model
    def _points(self, flow):
        """Return the points earned in the qualifying window, NaN not known.

        Whoever keeps points extends this.
        """
        return np.full(flow.partners.size, np.nan)

    @api.model
    def _first_day(self, flow):
        """Return the first day of the qualifying window."""
        window = flow.scope.rules.of(tier.QualificationRules).window_months
        begin = months.add(np.array([float(to_day(flow.day))]), -window)[0]
        return from_day(int(begin) + 1)

    @api.model
    def _held(self, flow):
        """Return the memberships so far, in the order of the figures.

        For today those at the end of yesterday, so that whatever the day brings, the
        last check of the day gives what a single one would have.
        """
        day = flow.day if flow.run.is_past else flow.day - timedelta(days=1)
        rows = self.env["crm.value.membership"]._held(flow.scope, day)
        place = placing(rows.pop("partner"), flow.partners)
        held = {
            name: place(column, np.nan if column.dtype == float else 0)
            for name, column in rows.items()
        }
        held["standing"] = tier.Standing(
            self._positions(
                held["earned"], flow.scope.rules.of(tier.QualificationRules)
            ),
            held["earned_since"],
            held["earned_until"],
        )
        return held

    @api.model
    def _positions(self, ids, rules):
        """Return the positions of tiers in the rules, NONE for 0."""
        numbers = np.full(max(rules.ids, default=0) + 1, tier.NONE)
        numbers[list(rules.ids)] = np.arange(len(rules.ids))
        return numbers[ids]

    @api.model
    def _last_check(self, flow):
        """Return the day of the last check of everybody before today, if any."""
        before = self.env["crm.value.run"].search(
            self._checks_before(flow), order="as_of DESC", limit=1
        )
        return to_day(before.as_of) if before else None

    @api.model
    def _checks_before(self, flow):
        """Return the domain of the company's runs that knew tiers and buyers before."""
        return [
            ("company_id", "=", flow.company.id),
            ("state", "=", "done"),
            ("is_past", "=", False),
            ("policy_id.tier_ids", "!=", False),
            ("buyer_count", ">", 0),
            ("as_of", "<", flow.day),
        ]

    @api.model
    def _members(self, flow, held, now, event):
        """Return the membership of each customer: what is earned, or set by hand."""
        rules = flow.scope.rules.of(tier.QualificationRules)
        ids = np.array([*rules.ids, 0], np.int32)
        earned = ids[now.tier]  # NONE reads the last one, 0
        members = {
            "origin": np.full(earned.size, EARNED),
            "tier": earned.copy(),
            "since": now.since.copy(),
            "until": now.until.copy(),
            "grace": now.until + rules.grace_days,
            "earned": earned,
            "earned_since": now.since,
            "earned_until": now.until,
            "event": event,
            "override": np.zeros(earned.size, np.int32),
        }
        if flow.run.is_past:
            members.update({name: held[name] for name in SHOWN})
        else:
            self._set_by_hand(flow, members)
        same = [_equal(members[name], held[name]) for name in COMPARED]
        return {
            **members,
            "held": held["id"],
            "closed": held["closed"],
            "same": np.logical_and.reduce(same),
        }

    @api.model
    def _set_by_hand(self, flow, members):
        """Let tiers that are set by hand hold before those that are earned."""
        manual = self.env["crm.value.override"]._tiers_by_hand(flow.scope)
        known = np.flatnonzero(np.isin(flow.partners, list(manual)))
        for row in known.tolist():  # set by people, one by one
            override = manual[int(flow.partners[row])]
            members["origin"][row] = MANUAL
            members["tier"][row] = override.tier_id.id
            members["since"][row] = to_day(override.date_from)
            members["until"][row] = to_day(override.date_to)
            members["grace"][row] = np.nan
            members["event"][row] = BY_HAND
            members["override"][row] = override.id


def _equal(left, right):
    """Return where two columns are equal, or unknown both."""
    return (left == right) | (np.isnan(left) & np.isnan(right))
