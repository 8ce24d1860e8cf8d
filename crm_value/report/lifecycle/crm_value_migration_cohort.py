from odoo import api, models
from odoo.fields import Domain

from ...models.scoring.crm_value_figures import OFFICER

GRAINS = {"month": 1, "quarter": 3, "year": 12}
COUNTS = ("kept_to", "bought", "kept_from", "churned")
FIRST = "first"  # what the same figure was in the cohort's first period
SHARES = {  # measure: of what, which part
    "kept": ("kept_to", "known"),
    "bought": ("bought", "seen"),
    "churn": ("churned", "kept_from"),
    "sales": ("sales", FIRST),
    "profit": ("profit", FIRST),
}
ENOUGH = 10  # customers, for an average to be said


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
        begins = periods[0]["date_to"] if periods else None
        cohorts = [
            self._cohort(start, size, cells.get(start, []), begins)
            for start, size in self._cohort_sizes(grain)
        ]
        seen = [cohort for cohort in cohorts if cohort["seen"]]
        return {
            **self.env["crm.value.profile"]._chart_company(),
            "officer": officer,
            "grain": grain,
            "begins": begins,
            "cohorts": cohorts,
            "averages": {
                name: {
                    "seen": self._pooled(seen, name),
                    "all": self._pooled(cohorts, name),
                }
                for name in SHARES
            },
        }

    @api.model
    def _cohort(self, start, size, cells, begins):
        """Return one cohort; it is seen unless it began before the history did."""
        first = cells[0] if cells and cells[0]["after"] == 0 else {}
        for cell in cells:
            cell["shares"] = {
                name: _share(
                    cell.get(part),
                    first.get(part) if whole == FIRST else cell[whole],
                )
                for name, (part, whole) in SHARES.items()
            }
        seen = bool(first) if cells else bool(begins) and start > begins
        return {"start": start, "size": size, "cells": cells, "seen": seen}

    @api.model
    def _pooled(self, cohorts, name):
        """Return what all cohorts together say of a measure, period by period.

        :return: dict of shares, None where not known; of customers known; and of the
            last period with enough of them, None without one
        """
        columns = {}
        for cohort in cohorts:
            for cell in cohort["cells"]:
                columns.setdefault(cell["after"], []).append(cell)
        known = [
            [
                cell
                for cell in columns.get(at, ())
                if cell["shares"][name]["share"] is not None
            ]
            for at in range(max(columns, default=0) + 1)
        ]
        customers = [sum(cell["known"] for cell in cells) for cells in known]
        said = [at for at, number in enumerate(customers) if number >= ENOUGH]
        return {
            "shares": [
                sum(cell["shares"][name]["part"] for cell in cells)
                / sum(cell["shares"][name]["whole"] for cell in cells)
                if cells
                else None
                for cells in known
            ],
            "known": customers,
            "said": said[-1] if said else None,
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


def _share(part, whole):
    """Return a share as part, whole and their ratio, None where not known."""
    known = part is not None and whole is not None and whole > 0
    return {"part": part, "whole": whole, "share": part / whole if known else None}
