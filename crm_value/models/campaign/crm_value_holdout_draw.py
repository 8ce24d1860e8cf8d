import secrets
from datetime import date, timedelta

import numpy as np

from odoo import api, fields, models
from odoo.tools import SQL

from ...analytics.campaign.drawing import draw, uniform
from ...const import to_day
from .const import BY_YEAR, HELD, SEEDS, TREATED


class CrmValueHoldout(models.Model):
    """Draws who is held out: of a playbook day by day, of a year all at once."""

    _inherit = "crm.value.holdout"

    # --- of a playbook ---

    def _draw_starts(self, starts):
        """Return those of ``starts`` that are held out; draws who was not drawn yet."""
        arms = self._draw_days({one.partner_id.id: one.date for one in starts})
        return starts.filtered(lambda one: arms[one.partner_id.id] == HELD)

    def _draw_days(self, days):
        """Draw customers as of a day each; return the group of each.

        A customer keeps its group: who enters the stage again is not drawn again.

        :param days: {customer id: first day of its window}
        """
        self.ensure_one()
        share = self.playbook_id.hold_share
        arms = self._arms_of(self.env["res.partner"].browse(days))
        new = [partner for partner in days if partner not in arms]
        held = (uniform(self.seed, new) < share).tolist()
        drawn = {
            partner: HELD if out else TREATED
            for partner, out in zip(new, held, strict=True)
        }
        rows = [
            (partner, arm, *self._quarter(days[partner]))
            for partner, arm in drawn.items()
        ]
        self._keep(rows, share)
        return arms | drawn

    def _arms_of(self, partners):
        members = self.env["crm.value.holdout.member"]._first_arms(
            [("holdout_id", "=", self.id), ("partner_id", "in", partners.ids)]
        )
        return {partner: one.arm for (_holdout, partner), one in members.items()}

    def _quarter(self, day):
        """Return the stratum of a draw on a day, and its window."""
        share = self.playbook_id.hold_share
        stratum = f"{day.year} Q{(day.month + 2) // 3} {share:.0%}"
        return stratum, day, day + timedelta(days=self.playbook_id.hold_days - 1)

    def _keep(self, rows, share):
        """Store who was drawn, each once.

        :param rows: (customer, arm, stratum, first day, last day)
        """
        if not rows:
            return
        columns = [list(column) for column in zip(*rows, strict=True)]
        self.env.execute_query(
            SQL(
                KEEP,
                holdout=self.id,
                company=self.company_id.id,
                share=share,
                **dict(zip(COLUMNS, columns, strict=True)),
            )
        )
        self.env["crm.value.holdout.member"].invalidate_model()
        self.invalidate_recordset(["member_ids"])

    # --- of a year ---

    @api.model
    def _draw_years(self):
        """Draw the year of companies that hold customers out of all marketing."""
        companies = self.env["res.company"].search([("value_holdout", "=", True)])
        for company in companies:  # each has rules and a calendar of its own
            day = self.env["crm.value.run"]._today(company)
            known = [("company_id", "=", company.id), ("year", "=", day.year)]
            if not self.search_count(known, limit=1):
                self._draw_year(company, day)

    @api.model
    def _draw_year(self, company, day):
        """Draw among all who have bought, within strata as those of a campaign."""
        profiles = self.env["crm.value.profile"].search(
            [("company_id", "=", company.id), ("purchase_count", ">", 0)],
            order="partner_id",
        )
        if not profiles:
            return
        holdout = self.create(
            {
                "company_id": company.id,
                "kind": BY_YEAR,
                "year": day.year,
                "seed": secrets.randbelow(SEEDS),
                "share": company.value_holdout_share,
                "date_start": day,
            }
        )
        holdout._draw_all(profiles, day, date(day.year, 12, 31))

    def _draw_all(self, profiles, first, last):
        quadrants = {one.partner_id.id: one.quadrant or "" for one in profiles}
        keys = np.array(sorted(quadrants), np.int32)
        days = np.full(keys.size, (last - first).days + 1)
        before, _after = self._margins(keys, np.full(keys.size, to_day(first)), days)
        strata = self.env["crm.value.campaign"]._strata(
            [quadrants[one] for one in keys.tolist()], before
        )
        number = np.unique(np.array(strata, str), return_inverse=True)[1]
        held = draw(number, self.share, self.seed, keys)
        self._keep(
            [
                (partner, HELD if out else TREATED, stratum, first, last)
                for partner, out, stratum in zip(
                    keys.tolist(), held.tolist(), strata, strict=True
                )
            ],
            self.share,
        )

    @api.model
    def _end_year(self, companies):
        """End the year's group of companies that switch it off: its window as well."""
        for company in companies:
            day = self.env["crm.value.run"]._today(company)
            of_company = [("company_id", "=", company.id), ("kind", "=", BY_YEAR)]
            self.search([*of_company, ("date_start", ">=", day)]).unlink()
            members = self.env["crm.value.holdout.member"].search(
                [
                    ("company_id", "=", company.id),
                    ("holdout_id.kind", "=", BY_YEAR),
                    ("date_end", ">=", day),
                ]
            )
            members.write({"date_end": fields.Date.subtract(day, days=1)})


COLUMNS = ("partners", "arms", "strata", "firsts", "lasts")
KEEP = """
    INSERT INTO crm_value_holdout_member
                (holdout_id, company_id, share, partner_id, origin_id, arm, stratum,
                 date_start, date_end, is_merged)
         SELECT %(holdout)s, %(company)s, %(share)s, drawn.id, drawn.id, drawn.arm,
                drawn.stratum, drawn.first, drawn.last, FALSE
           FROM unnest(%(partners)s::int[], %(arms)s::text[], %(strata)s::text[],
                       %(firsts)s::date[], %(lasts)s::date[])
             AS drawn (id, arm, stratum, first, last)
    ON CONFLICT (holdout_id, origin_id) DO NOTHING RETURNING id
"""
