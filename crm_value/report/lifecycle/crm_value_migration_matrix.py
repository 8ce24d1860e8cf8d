from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, date_utils

from ...const import OFFICER

YEAR = 12


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
            "cells": self._cells(pair, officer) if pair else [],
        }

    @api.model
    def _ends(self):
        """Return [{date, is_open}] of the current company's months, the latest last."""
        self.env["crm.value.run"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT date, is_open FROM (%s) ends WHERE company_id = %s ORDER BY 1",
                self.env["crm.value.equity"]._periods(),
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
    def _shown_stages(self):
        """Return the stages that customers can be in, in their order."""
        stages = self.env["crm.value.stage"].search([("code", "!=", "prospect")])
        return [
            {"id": stage.id, "name": stage.name, "color": stage.color}
            for stage in stages
        ]

    @api.model
    def _cells(self, pair, officer):
        """Return one dict per cell with customers; margins for officers only."""
        sums = ["revenue", "margin"] if officer else ["revenue"]
        groups = self._read_group(
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
