from odoo import api, models
from odoo.fields import Domain

from ...const import OFFICER

GRAINS = {"month": 1, "quarter": 3, "year": 12}
COUNTS = ("kept_to", "bought", "kept_from", "churned")


class CrmValueMigration(models.Model):
    """Customers by the month of their first purchase, and what became of them."""

    _inherit = "crm.value.migration"

    @api.model
    @api.readonly
    def get_cohorts(self, grain="month"):
        """Return cohorts, the first one first, each with the periods that are known.

        :param grain: month, quarter or year, of the cohorts and of their periods
        """
        grain = grain if grain in GRAINS else "month"
        officer = self.env.user.has_group(OFFICER)
        periods = self._cohort_periods(self._ends(), GRAINS[grain])
        cells = self._cohort_cells(periods, grain, officer) if periods else {}
        return {
            **self.env["crm.value.profile"]._chart_company(),
            "officer": officer,
            "grain": grain,
            "begins": periods[0]["date_to"] if periods else None,
            "cohorts": [
                {"start": start, "size": size, "cells": cells.get(start, [])}
                for start, size in self._cohort_sizes(grain)
            ],
        }

    @api.model
    def _cohort_periods(self, ends, months):
        """Return the pair of month ends that closes each month, quarter or year.

        Where the period before has no end, any earlier month end stands in:
        what happened within the period is not known then.
        """
        closed = [end["date"] for end in ends if not end["is_open"]]
        periods = []
        for at, day in enumerate(closed):
            if day.month % months:
                continue
            before = self._months_before(day, months)
            whole = before in closed[:at]
            earlier = before if whole else closed[at - 1] if at else False
            periods.append({"date_from": earlier, "date_to": day, "whole": whole})
        return periods

    @api.model
    def _cohort_sizes(self, grain):
        """Return [(first day, customers)] by first purchase, as known today."""
        return self.env["crm.value.profile"]._read_group(
            [
                ("company_id", "=", self.env.company.id),
                ("purchase_count", ">", 0),
                ("first_purchase_date", "!=", False),
            ],
            [f"first_purchase_date:{grain}"],
            ["__count"],
            order=f"first_purchase_date:{grain}",
        )

    @api.model
    def _cohort_cells(self, periods, grain, officer):
        """Return {first day of a cohort: its cells}; money in between is "sales"."""
        sums = ["sales", "profit"] if officer else ["sales"]
        aggregates = ["kept_to:count", *(f"{name}:sum" for name in COUNTS), "__count"]
        for name in sums:
            aggregates += [f"{name}:sum", f"{name}:count"]
        ends = {period["date_to"]: period for period in periods}
        domain = Domain.OR(self._pair_domain(period) for period in periods)
        domain &= Domain("move", "!=", "gone")
        domain &= Domain("first_purchase_date", "!=", False)
        cells = {}
        for start, day, *values in self._read_group(
            domain, [f"first_purchase_date:{grain}", "date_to:day"], aggregates
        ):
            after = self._periods_between(start, day, GRAINS[grain])
            period = {**ends[day], "after": after}
            cell = self._cohort_cell(values, sums, period["whole"] or not after)
            if after >= 0:
                cells.setdefault(start, []).append({**period, **cell})
        return cells

    @api.model
    def _cohort_cell(self, values, sums, whole):
        """Return the figures of one cell, None where they are not known."""
        known, *rest = values
        counts = dict(zip(COUNTS, rest[: len(COUNTS)], strict=True))
        seen, *money = rest[len(COUNTS) :]
        cell = {"known": known, "seen": seen, **counts}
        for at, name in enumerate(sums):
            amount, number = money[2 * at : 2 * at + 2]
            cell[name] = amount if number and whole else None
        if not whole:
            cell.update(bought=None, kept_from=None, churned=None)
        return cell

    @api.model
    def _periods_between(self, start, day, months):
        """Return how many periods after that of ``start`` the one of ``day`` is."""
        return (12 * (day.year - start.year) + day.month - start.month) // months
