from datetime import timedelta

import numpy as np

from odoo import models

from ...analytics.statistics import months
from ...analytics.tier import tier, tier_figures
from ...const import TIER_EVENTS, from_day, to_day

# The figures of the qualifying window that are kept on the profile.
KEPT = ("revenue", "margin", "points", "purchases")
EARNED, MANUAL = range(2)
BY_HAND = [key for key, _label in TIER_EVENTS].index("manual")
SHOWN = ("origin", "tier", "since", "until")
COMPARED = (*SHOWN, "earned", "earned_since", "earned_until")


class CrmValueRun(models.Model):
    """Which tier each customer is in, as part of a scoring."""

    _inherit = "crm.value.run"

    def _tier_figures(self, scope, figures):
        """Return (figures of the tiers, columns of crm.value.membership to store).

        A run for a past date shows the memberships as they were then, and has none to
        store.

        :param scope: Scope with the days read
        :param figures: all figures computed before, one array each
        """
        partners, programme = figures["partner_id"], scope.rules.tiers
        columns = self._tier_conditions(scope, figures)
        asked = tier_figures.matrix(columns, partners.size)
        held = self._held(scope, partners, programme)
        as_of = to_day(scope.as_of)
        if self.is_past:
            now, event = held["standing"], np.full(partners.size, tier.SAME)
        else:
            now, event = tier.check(
                asked, programme, held["standing"], as_of, self._tiers_checked(scope)
            )
        members = self._members(scope, partners, held, now, event)
        members.update(partner=partners, **columns)
        state = tier.state(asked, programme, now, as_of)
        state = np.where(members["origin"] == MANUAL, tier.BY_HAND, state)
        found = {
            "tier_id": members["tier"],
            "tier_computed_id": members["earned"],
            "tier_since": members["since"],
            "tier_until": members["until"],
            "tier_state": state,
            **{f"tier_{name}": columns[name] for name in KEPT},
        }
        return found, members

    def _tier_conditions(self, scope, figures):
        """Return what the tiers may ask for, an array each; NaN: not known."""
        programme, partners = scope.rules.tiers, figures["partner_id"]
        as_of = to_day(scope.as_of)
        place = self._placing(scope.days.customers, partners)
        found = tier_figures.of_days(scope.days, as_of, programme.window_months)
        columns = {
            name: place(column, np.nan if name == "tenure_months" else 0.0)
            for name, column in found.items()
        }
        digits = self.company_id.currency_id.decimal_places
        for name in ("revenue", "margin"):
            columns[name] = np.round(columns[name], digits)
        columns["points"] = self._tier_points(scope, partners)
        columns["value_score"] = figures["value_score"]
        return columns

    def _tier_points(self, scope, partners):
        """Return the points earned in the qualifying window, NaN without a program."""
        if not self.company_id._points_program():
            return np.full(partners.size, np.nan)
        as_of, length = to_day(scope.as_of), scope.rules.tiers.window_months
        begin = months.add(np.array([float(as_of)]), -length)[0]
        earned = self.env["crm.value.points"]._earned_by_customer(
            self.company_id, from_day(int(begin) + 1), scope.as_of
        )
        return np.array([earned.get(p, 0.0) for p in partners.tolist()], float)

    def _held(self, scope, partners, programme):
        """Return the memberships before, aligned with ``partners``.

        For today those at the end of yesterday, so that whatever the day brings, the
        last check of the day gives what a single one would have.
        """
        day = scope.as_of if self.is_past else scope.as_of - timedelta(days=1)
        rows = self.env["crm.value.membership"]._held(
            self.company_id, day, scope.partner_ids
        )
        place = self._placing(rows.pop("partner"), partners)
        held = {
            name: place(column, np.nan if column.dtype == float else 0)
            for name, column in rows.items()
        }
        held["standing"] = tier.Standing(
            self._positions(held["earned"], programme),
            held["earned_since"],
            held["earned_until"],
        )
        return held

    def _positions(self, ids, programme):
        """Return the positions of tiers in the programme, NONE for 0."""
        numbers = np.full(max(programme.ids, default=0) + 1, tier.NONE)
        numbers[list(programme.ids)] = np.arange(len(programme.ids))
        return numbers[ids]

    def _tiers_checked(self, scope):
        """Return the day of the last check of everybody before today, if any."""
        before = self.search(
            [*self._checks(), ("as_of", "<", scope.as_of)],
            order="as_of DESC",
            limit=1,
        )
        return to_day(before.as_of) if before else None

    def _checks(self):
        """Return the domain of the company's runs that knew tiers."""
        return [
            ("company_id", "=", self.company_id.id),
            ("state", "=", "done"),
            ("is_past", "=", False),
            ("policy_id.tier_ids", "!=", False),
        ]

    def _members(self, scope, partners, held, now, event):
        """Return the membership of each customer: what is earned, or set by hand."""
        ids = np.array([*scope.rules.tiers.ids, 0], np.int32)
        earned = ids[now.tier]  # NONE reads the last one, 0
        members = {
            "origin": np.full(earned.size, EARNED),
            "tier": earned.copy(),
            "since": now.since.copy(),
            "until": now.until.copy(),
            "grace": now.until + scope.rules.tiers.grace_days,
            "earned": earned,
            "earned_since": now.since,
            "earned_until": now.until,
            "event": event,
            "override": np.zeros(earned.size, np.int32),
        }
        if self.is_past:
            members.update({name: held[name] for name in SHOWN})
        else:
            self._set_by_hand(scope, partners, members)
        same = [_equal(members[name], held[name]) for name in COMPARED]
        return {
            **members,
            "held": held["id"],
            "closed": held["closed"],
            "same": np.logical_and.reduce(same),
        }

    def _set_by_hand(self, scope, partners, members):
        """Let tiers that are set by hand hold before those that are earned."""
        manual = self.env["crm.value.override"]._tiers_by_hand(
            self.company_id, scope.as_of
        )
        known = np.flatnonzero(np.isin(partners, list(manual)))
        for row in known.tolist():  # set by people, one by one
            override = manual[int(partners[row])]
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
