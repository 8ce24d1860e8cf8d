from datetime import timedelta

import numpy as np

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ... import bulk
from ...analytics.campaign import lift
from ...analytics.campaign.drawing import sample_ratio
from ...const import from_day
from .const import BY_CHANCE, FEW, HELD, LESS, MORE, OPEN, SKEWED, UNLIKELY
from .crm_value_campaign_result import or_unknown

ROWS = {
    "member": "int4",
    "partner": "int4",
    "held": "int4",
    "share": "float8",
    "first": "date",
    "last": "date",
}
FOUND = {"member": "int4", "before": "float8", "after": "float8", "merged": "int4"}


class CrmValueHoldout(models.Model):
    """Measures what a control group shows, at a few moments fixed beforehand.

    Whoever looks each night stops at a lucky one: a playbook is measured when so many
    of those held out are through their window, and each look has its part of the 5 %.
    """

    _inherit = "crm.value.holdout"

    @api.model
    def _cron_holdout(self):
        """Draw the year where it is asked for, and measure what is due."""
        self._draw_years()
        self._work_off([("id", "in", self._due().ids)], "_measure_due")

    @api.model
    def _due(self):
        """Return the control groups that are to be measured, a handful of all."""
        due = self.browse()
        for holdout in self.search([("date_start", "!=", False)]):
            if holdout._is_due(*holdout._counts()):
                due += holdout
        return due

    def _counts(self):
        """Count who is held out and through the window, in it, through it since."""
        today = self.env["crm.value.run"]._today(self.company_id)
        drawn = Domain("holdout_id", "=", self.id)
        over = Domain("date_end", "<", today)
        since = Domain("date_end", ">=", self.looked_on or self.date_start)
        count = self.env["crm.value.holdout.member"].search_count
        return (
            count(drawn & over & Domain("arm", "=", HELD)),
            count(drawn & ~over),
            count(drawn & over & since),
        )

    def _is_due(self, held, waiting, new):
        if self._is_year():
            return not self.look_count and not waiting
        if held >= lift.FEWEST << self.look_count:
            return True
        return not self.playbook_id.hold_share and not waiting and bool(new)

    def _measure_due(self):
        for holdout in self:
            today = self.env["crm.value.run"]._today(holdout.company_id)
            holdout._measure(today, holdout.look_count + 1)

    def _fail(self, error):
        """Keep why it could not be measured; the next night tries again."""
        self.write({"message": str(error)})

    def _measure(self, day, look):
        """Compare both groups by the windows that ended before a day."""
        rows = self._drawn(day)
        partners, at, place = np.unique(
            rows["partner"], return_index=True, return_inverse=True
        )
        rows["days"] = rows["last"] - rows["first"] + 1
        # Of customers merged since, the first draw counts, with what both bought.
        before, after = self._margins(partners, rows["first"][at], rows["days"][at])
        first = np.zeros(place.size, bool)
        first[at] = True
        self._keep_outcomes(rows, first, before[place], after[place])
        counted = {name: column[at] for name, column in rows.items()}
        self.write(
            {
                "look_count": look,
                "looked_on": day,
                "message": False,
                **self._compared(counted, before, after, look),
            }
        )

    def _drawn(self, day):
        """Return ROWS of whose window ended before a day, in their order, strata."""
        self.env["crm.value.holdout.member"].flush_model()
        query = SQL(
            """
            SELECT id AS member, partner_id AS partner, (arm = %(held)s)::int AS held,
                   share, date_start AS first, date_end AS last
              FROM crm_value_holdout_member
             WHERE holdout_id = %(id)s AND date_end < %(day)s ORDER BY id
            """,
            id=self.id,
            held=HELD,
            day=day,
        )
        rows = bulk.read(self.env.cr, query, ROWS)
        members = self.env["crm.value.holdout.member"].browse(rows["member"].tolist())
        return {**rows, "stratum": np.array(members.mapped("stratum"), str)}

    def _margins(self, partners, first, days):
        """Return the margin of customers in as many days before, and in their window.

        :param partners: sorted ids of customers
        :param first: the first day of each customer's window, as a number
        :param days: length of each window
        """
        if not partners.size:
            return np.zeros(0), np.zeros(0)
        last = from_day(int((first + days).max())) - timedelta(days=1)
        bought = self.env["crm.value.facts"]._days_of(self.company_id, partners, last)
        at = np.searchsorted(partners, bought.customers)[bought.customer]
        since = bought.day - first[at]

        def total(where):
            return np.bincount(at, np.where(where, bought.margin, 0.0), partners.size)

        before = (since < 0) & (since >= -days[at])
        return total(before), total((since >= 0) & (since < days[at]))

    def _keep_outcomes(self, rows, first, before, after):
        bulk.stage(
            self.env.cr,
            "crm_value_holdout_incoming",
            {
                "member": rows["member"],
                "before": before,
                "after": after,
                "merged": ~first,
            },
            FOUND,
        )
        self.env.cr.execute(SQL(KEEP))
        self.env["crm.value.holdout.member"].invalidate_model()

    def _compared(self, rows, before, after, look):
        """Return the values of the result."""
        treated = rows["held"] == 0
        counts = {"treated": int(treated.sum()), "held": int((~treated).sum())}
        share = float(rows["share"].mean()) if treated.size else np.nan
        vals = {
            "treated_count": counts["treated"],
            "held_count": counts["held"],
            "ratio_chance": or_unknown(sample_ratio(*counts.values(), share)),
        }
        if min(counts.values()) >= 2:
            found = lift.lift(after, before, treated, rows["stratum"])
            if not np.isnan(found.raw.error):
                vals |= self._told_effect(found)
        return {**vals, "verdict": self._judged(vals, look)}

    def _told_effect(self, found):
        rounded, effect = self.currency_id.round, found.raw
        return {
            "lift": rounded(effect.value),
            "lift_low": rounded(effect.low),
            "lift_high": rounded(effect.high),
            "lift_trimmed": rounded(found.capped.value),
            "lift_error": effect.error,
            "chance": or_unknown(effect.p),
        }

    def _judged(self, vals, look):
        """Return the verdict; none that the draw or the numbers do not allow.

        The looks of a playbook share 5 %: 2.5 % at the first, .83 % at the second,
        1 ÷ look ÷ (look + 1) of it at each; all of them add up to no more.
        """
        if vals["ratio_chance"] is not False and vals["ratio_chance"] < UNLIKELY:
            return SKEWED
        if vals["held_count"] < lift.FEWEST or "lift" not in vals:
            return FEW
        part = 1 if self._is_year() else look * (look + 1)
        if vals["chance"] is False or vals["chance"] > BY_CHANCE / part:
            return OPEN
        if vals["lift_low"] > 0:
            return MORE
        return LESS if vals["lift_high"] < 0 else OPEN


KEEP = """
    UPDATE crm_value_holdout_member member
       SET margin_before = round(incoming.before::numeric, 2),
           margin_after = round(incoming.after::numeric, 2),
           is_merged = incoming.merged > 0
      FROM crm_value_holdout_incoming incoming WHERE incoming.member = member.id
"""
