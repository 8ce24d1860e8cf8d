from datetime import datetime, time

import numpy as np
import pytz

from odoo import models
from odoo.fields import Domain

from ...analytics.worklist import next_contact
from ...const import from_day, to_day


class ResCompany(models.Model):
    """Customers are contacted on working days."""

    _inherit = "res.company"

    def _value_next_workday(self, day):
        """Return ``day`` if the company works then, else the next day it does."""
        rolled = self._value_workdays(day).roll(
            np.array([float(to_day(day))]), "forward"
        )
        return from_day(int(rolled[0]))

    def _value_workdays(self, since):
        """Return when the company works from a day on: its calendar, its holidays."""
        calendar = self.sudo().resource_calendar_id  # known to everybody who works
        days = set(calendar.attendance_ids.mapped("dayofweek"))
        leaves = calendar.env["resource.calendar.leaves"].search_fetch(
            Domain("resource_id", "=", False)
            & Domain("time_type", "=", "leave")
            & Domain("company_id", "in", (False, self.id))
            & Domain("calendar_id", "in", (False, calendar.id))
            & Domain("date_to", ">=", datetime.combine(since, time.min)),
            ["date_from", "date_to"],
        )
        return next_contact.Workdays(
            "".join(str(int(str(day) in days)) for day in range(7)),
            tuple(sorted(self._value_days_of_leaves(leaves))),
        )

    def _value_days_of_leaves(self, leaves):
        """Return the numbers of the days that leaves touch where the company is."""
        zone = pytz.timezone(self._value_timezone())
        days = set()
        for leave in leaves:
            begin, end = (
                to_day(pytz.utc.localize(moment).astimezone(zone).date())
                for moment in (leave.date_from, leave.date_to)
            )
            days.update(range(begin, end + 1))
        return days
