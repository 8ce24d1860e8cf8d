from datetime import timedelta

import numpy as np

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ... import bulk
from ...analytics.campaign import economics, lift
from ...analytics.campaign.drawing import sample_ratio
from ...analytics.campaign.weekly import weekly
from ...const import to_day
from ...fields import KeptJson
from .const import (
    BY_CHANCE,
    DONE,
    FEW,
    HELD,
    LOST,
    OPEN,
    OUT,
    PAID,
    RUNNING,
    SKEWED,
    UNLIKELY,
)

ROWS = {"member": "int4", "partner": "int4", "held": "int4", "before": "float8"}
FOUND = {"member": "int4", "margin": "float8", "bought": "int4", "merged": "int4"}


class CrmValueCampaign(models.Model):
    """Measures what campaigns have brought, once their window is over.

    Everybody counts in the group that the draw gave, whoever was reached (intention to
    treat); what is bought is what the profile counts, net of what came back.
    """

    _inherit = "crm.value.campaign"

    weeks = KeptJson(
        string="Week by Week",
        readonly=True,
        copy=False,
        help="Margin of one customer in each week, of who gets it and who does not.",
    )

    @api.model
    def _cron_measure(self):
        """Measure the campaigns whose window is over; safe at any time."""
        self._work_off(self._over_domain(), "_measure_all")

    @api.model
    def _over_domain(self):
        """Return those that run and are over, by the calendar of each company."""
        run = self.env["crm.value.run"]
        running = Domain("state", "=", RUNNING)
        companies = self._read_group(running, ["company_id"])
        return running & Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("date_end", "<", run._today(company))
            for (company,) in companies
        )

    def _measure_all(self):
        for campaign in self:
            campaign._measure()

    def _fail(self, error):
        """Keep why it could not be measured; the next night tries again."""
        self.write({"message": str(error)})

    def action_measure(self):
        """Measure an ended campaign again: documents may have come late."""
        self.ensure_one()
        self._check_manager()
        if self.state != DONE:
            raise UserError(self.env._("It is measured when its window is over."))
        self.sudo()._measure()  # results are written by their own code alone

    def _measure(self):
        """Count what each customer bought in the window, and compare both groups."""
        rows = self._drawn()
        partners, place = np.unique(rows["partner"], return_inverse=True)
        end = self.date_end + timedelta(days=1)
        days = self._days_until(partners, end)
        margin, bought = self._summed(days, partners, self.date_start)
        first = self._first(rows)
        weeks = self._summed_weeks(days, partners)[:, place[first]]
        self._keep_outcomes(rows, first, margin[place], bought[place])
        self.write(
            {
                "state": DONE,
                "measured_on": self.env["crm.value.run"]._today(self.company_id),
                "message": False,
                "weeks": self._told_weeks(weeks, rows["held"][first] == 0),
                **self._compared(rows, first, margin[place], bought[place]),
            }
        )

    def _drawn(self):
        """Return ROWS of who was drawn, in that order, and the strata."""
        self.env["crm.value.campaign.member"].flush_model()
        query = SQL(
            """
            SELECT id AS member, partner_id AS partner, (arm = %(held)s)::int AS held,
                   margin_before::float8 AS before
              FROM crm_value_campaign_member
             WHERE campaign_id = %(id)s AND arm <> %(out)s ORDER BY id
            """,
            id=self.id,
            held=HELD,
            out=OUT,
        )
        rows = bulk.read(self.env.cr, query, ROWS)
        members = self.env["crm.value.campaign.member"].browse(rows["member"].tolist())
        return {**rows, "stratum": np.array(members.mapped("stratum"), str)}

    @api.model
    def _first(self, rows):
        """Return which rows count: of customers merged since, the first one.

        It counts with what both of them had brought before.
        """
        _partners, at, place = np.unique(
            rows["partner"], return_index=True, return_inverse=True
        )
        rows["before"] = np.bincount(place, rows["before"])[place]
        first = np.zeros(rows["partner"].size, bool)
        first[at] = True
        return first

    def _bought(self, partners, since, until):
        """Return the margin of customers from a day to before another, and if any.

        :param partners: sorted ids of customers
        """
        return self._summed(self._days_until(partners, until), partners, since)

    def _days_until(self, partners, until):
        """Return what customers bought before a day (Days), None of nobody.

        :param partners: sorted ids of customers
        """
        if not partners.size:
            return None
        last = until - timedelta(days=1)
        return self.env["crm.value.facts"]._days_of(self.company_id, partners, last)

    def _summed(self, days, partners, since):
        """Return the margin of customers from a day on, and if they bought any."""
        margin, bought = np.zeros(partners.size), np.zeros(partners.size, int)
        if days is not None:
            within = days.day >= to_day(since)
            at = np.searchsorted(partners, days.customers)
            margin[at] = days.total(days.margin, within)
            bought[at] = days.total((days.bought > 0).astype(float), within) > 0
        return margin, bought

    def _summed_weeks(self, days, partners):
        """Return the margin of customers in each week, shape (weeks, customers)."""
        money = np.zeros((-(-self.days // 7), partners.size))
        if days is not None:
            week = (days.day - to_day(self.date_start)) // 7
            at = np.searchsorted(partners, days.customers)
            for number in range(len(money)):
                money[number, at] = days.total(days.margin, week == number)
        return money

    def _told_weeks(self, money, treated):
        """Return the weeks as plain data, of which the last may be shorter."""
        start, rounded = self.date_start, self.currency_id.round
        return [
            {
                "date": fields.Date.to_string(start + timedelta(days=7 * number)),
                **{name: rounded(amount) for name, amount in week._asdict().items()},
            }
            for number, week in enumerate(weekly(money, treated))
        ]

    def _keep_outcomes(self, rows, first, margin, bought):
        bulk.stage(
            self.env.cr,
            "crm_value_campaign_incoming",
            {
                "member": rows["member"],
                "margin": margin,
                "bought": bought,
                "merged": ~first,
            },
            FOUND,
        )
        self.env.cr.execute(SQL(KEEP))
        self.env["crm.value.campaign.member"].invalidate_model()

    def _compared(self, rows, first, margin, bought):
        """Return the values of the result."""
        treated = rows["held"][first] == 0
        counts = {"treated": int(treated.sum()), "held": int((~treated).sum())}
        cost = self.cost_fixed + self.cost_contact * counts["treated"]
        vals = {
            "treated_count": counts["treated"],
            "held_count": counts["held"],
            "cost": cost,
            "ratio_chance": or_unknown(
                sample_ratio(counts["treated"], counts["held"], self.share)
            ),
        }
        if min(counts.values()) >= 2:
            bought = bought[first]
            vals |= self._told_response(treated, bought, margin[first], cost)
            found = lift.lift(
                margin[first], rows["before"][first], treated, rows["stratum"][first]
            )
            if not np.isnan(found.raw.error):
                vals |= self._told_effect(found, cost)
        return {**vals, "verdict": self._judged(vals)}

    @api.model
    def _told_response(self, treated, bought, margin, cost):
        """Return the shares of both groups that bought, and what would pay."""
        sales = margin[bought > 0]
        sale = float(sales.mean()) if sales.size else np.nan
        return {
            "response": float(bought[treated].mean()),
            "response_held": float(bought[~treated].mean()),
            "break_even": or_unknown(economics.break_even(cost / treated.sum(), sale)),
        }

    def _told_effect(self, found, cost):
        """Return what it brought, and what that is of its cost."""
        rounded, effect = self.currency_id.round, found.raw
        gains = {
            "gain": effect.value,
            "gain_low": effect.low,
            "gain_high": effect.high,
            "gain_trimmed": found.capped.value,
        }
        back = economics.roi(effect, found.treated, cost)
        return {
            **{name: rounded(found.treated * one) for name, one in gains.items()},
            "roi": or_unknown(back.value),
            "roi_low": or_unknown(back.low),
            "roi_high": or_unknown(back.high),
            "lift": rounded(effect.value),
            "lift_error": effect.error,
            "chance": or_unknown(effect.p),
        }

    @api.model
    def _judged(self, vals):
        """Return the verdict; none that the draw or the numbers do not allow."""
        if vals["ratio_chance"] is not False and vals["ratio_chance"] < UNLIKELY:
            return SKEWED
        if vals["held_count"] < lift.FEWEST or "gain" not in vals:
            return FEW
        # Of few, skewed amounts the interval alone claims too much.
        if vals["gain_low"] > vals["cost"] and vals["chance"] <= BY_CHANCE:
            return PAID
        return LOST if vals["gain_high"] < vals["cost"] else OPEN

    @api.model
    def _pooled(self, campaigns):
        """Return the Effect on one customer of ended campaigns together, if several."""
        known = campaigns.filtered(lambda one: one.lift_error)
        if len(known) < 2:
            return None
        return lift.pool(known.mapped("lift"), known.mapped("lift_error"))


def or_unknown(number):
    return False if np.isnan(number) else float(number)


KEEP = """
    UPDATE crm_value_campaign_member member
       SET margin_after = round(incoming.margin::numeric, 2),
           is_bought = incoming.bought > 0, is_merged = incoming.merged > 0
      FROM crm_value_campaign_incoming incoming WHERE incoming.member = member.id
"""
