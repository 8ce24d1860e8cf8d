from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, date_utils

from ...const import OFFICER
from ...models.lifecycle.const import BETTER_STAGES

YEAR = 12
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
    """The migration matrix: from which stage to which one, and how many."""

    _inherit = "crm.value.migration"

    @api.model
    @api.readonly
    def get_matrix(self, date_from=None, date_to=None):
        """Return who moved from which stage to which one between two month ends.

        Without dates it is the last twelve months.
        """
        ends = self._ends()
        pair = self._choose_pair(ends, date_from, date_to)
        officer = self.env.user.has_group(OFFICER)
        return {
            **self.env["crm.value.profile"]._chart_company(),
            "officer": officer,
            "ends": ends,
            "pair": pair,
            "stages": self._shown_stages(),
            "worst_first": self._worst_first(),
            "first": self._first_stage(),
            "cells": self._cells(pair, officer) if pair else [],
        }

    @api.model
    def _ends(self):
        """Return [{date, is_open}] of the current company's months, the latest last."""
        self.env["crm.value.run"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT date, is_open FROM (%s) ends WHERE company_id = %s ORDER BY 1",
                self._periods(),
                self.env.company.id,
            )
        )
        return [{"date": day, "is_open": is_open} for day, is_open in rows]

    @api.model
    def _choose_pair(self, ends, date_from=None, date_to=None):
        """Return the two dates to compare as a dict, None if there are none.

        What is asked for counts if there is such an end. Otherwise the last one is
        compared with the month end a year before, or else with the first.
        """
        open_days = {end["date"] for end in ends if end["is_open"]}
        days = [end["date"] for end in ends]
        if len(days) < 2:
            return None
        later = self._known_day(date_to, days[1:]) or days[-1]
        before = [day for day in days if day < later]
        year = self._months_before(later, YEAR)
        past = [day for day in before if day <= year]
        default = past[-1] if past else before[0]
        return {
            "date_from": self._known_day(date_from, before) or default,
            "date_to": later,
            "is_open": later in open_days,
        }

    @api.model
    def _known_day(self, day, days):
        return next((known for known in days if str(known) == str(day)), None)

    @api.model
    def _months_before(self, day, months):
        """Return the month end some months before that of a day's month."""
        start = date_utils.start_of(day, "month")
        return date_utils.end_of(date_utils.subtract(start, months=months), "month")

    @api.model
    def _pair_domain(self, pair):
        """Return the rows of one pair of the current company."""
        return Domain(
            [
                ("company_id", "=", self.env.company.id),
                ("date_from", "=", pair["date_from"]),
                ("date_to", "=", pair["date_to"]),
            ]
        )

    @api.model
    def _source_of(self, pair):
        """Return the model to ask for sums of a pair: what is kept, or all rows."""
        total = self.env["crm.value.migration.total"]
        return total if total._known([pair]) else self

    @api.model
    def _shown_stages(self):
        """Return the stages that customers can be in, in their order."""
        stages = self.env["crm.value.stage"].search([("code", "!=", "prospect")])
        return [
            {"id": stage.id, "name": stage.name, "color": stage.color}
            for stage in stages
        ]

    @api.model
    def _worst_first(self):
        """Return the names of the stages as a company calls them, the worst first."""
        stages = self.env["crm.value.stage"].search([("code", "in", BETTER_STAGES)])
        ordered = stages.sorted(lambda stage: BETTER_STAGES.index(stage.code))
        return ordered.mapped("name")

    @api.model
    def _first_stage(self):
        """Return the name of the stage that time alone takes buyers out of."""
        stages = self.env["crm.value.stage"]
        return stages.search([("code", "=", "exploration")], limit=1).name

    @api.model
    def _cells(self, pair, officer):
        """Return one dict per cell with customers; margins for officers only."""
        sums = ["revenue", "margin"] if officer else ["revenue"]
        groups = self._source_of(pair)._read_group(
            self._pair_domain(pair),
            ["stage_id_from", "stage_id_to", "move"],
            ["__count", *(f"{name}_to:sum" for name in sums)],
        )
        return [
            {
                "from": "new" if move == "new" else before.id or "unknown",
                "to": "gone" if move == "gone" else after.id or "unknown",
                "move": move,
                "count": count,
                **dict(zip(sums, (amount or 0.0 for amount in amounts), strict=True)),
            }
            for before, after, move, count, *amounts in groups
        ]

    @api.readonly
    def action_open_profile(self):
        """Open the customer's value today."""
        self.ensure_one()
        return self.env["crm.value.profile"]._action_of(
            self.company_id, self.partner_id
        )

    @api.model
    @api.readonly
    def get_cohorts(self, grain="month"):
        """Return cohorts, the first one first, each with the periods that are known.

        :param grain: month, quarter or year, of the cohorts and of their periods
        """
        grain = grain if grain in tuple(GRAINS) else "month"
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
                if officer or name != "profit"
            },
        }

    @api.model
    def _cohort(self, start, size, cells, begins):
        """Return one cohort; it is seen unless it began before the history did."""
        first = cells[0] if cells and cells[0]["after"] == 0 else {}
        for cell in cells:
            cell["shares"] = {
                name: _share(
                    cell[part],
                    first.get(part) if whole == FIRST else cell[whole],
                )
                for name, (part, whole) in SHARES.items()
                if part in cell
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
        cells = {}
        for start, day, *values in self._cohort_sums(periods, grain, aggregates):
            after = self._periods_between(start, day, GRAINS[grain])
            period = {**ends[day], "after": after}
            cell = self._cohort_cell(values, sums, period["whole"] or not after)
            if after >= 0:
                cells.setdefault(start, []).append({**period, **cell})
        return cells

    @api.model
    def _cohort_sums(self, periods, grain, aggregates):
        """Return the rows of cohorts and periods: what is kept, and the rest added up.

        What is kept has no customers who are gone.
        """
        total = self.env["crm.value.cohort.total"]
        known = total._known(periods)
        rest = [period for period in periods if period not in known]
        stays = Domain("move", "!=", "gone") & Domain(
            "first_purchase_date", "!=", False
        )
        groups = [f"first_purchase_date:{grain}", "date_to:day"]
        rows = []
        for source, some, which in ((total, known, []), (self, rest, stays)):
            if some:
                domain = Domain.OR(self._pair_domain(one) for one in some) & Domain(
                    which
                )
                rows += source._read_group(domain, groups, aggregates)
        return sorted(rows, key=lambda row: row[:2])

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
