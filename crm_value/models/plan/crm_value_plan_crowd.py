from dataclasses import dataclass

import numpy as np

from odoo import models
from odoo.tools import SQL

from ... import bulk
from ..campaign.const import MAIL
from ..campaign.crm_value_campaign_launch import ONLY_MAIL

COLUMNS = {
    "profile": "int4",
    "partner": "int4",
    "margin": "float8",
    "margin_total": "float8",
    "purchases": "int4",
    "gap": "float8",
    "next": "date",
}


@dataclass(frozen=True, slots=True)
class Crowd:
    """The customers of a company, those with the largest margin first.

    :param columns: COLUMNS as arrays, shape (customers,)
    :param inside: {segment id: who is in it}, shape (customers,)
    :param reached: {means: whom it may reach today}, shape (customers,)
    """

    columns: dict
    inside: dict
    reached: dict

    def of(self, segment, name):
        """Return what is known of one column in a segment."""
        column = self.columns[name][self.inside[segment.id]]
        return column[~np.isnan(column)]


class CrmValuePlan(models.Model):
    """Reads the customers that a plan may be for."""

    _inherit = "crm.value.plan"

    def _crowd(self, segments):
        """Return the Crowd of the plan's company."""
        columns = self._read_customers()
        inside = {
            segment.id: np.isin(columns["profile"], segment._profile_ids())
            for segment in segments  # a handful, each a filter of its own
        }
        some = np.logical_or.reduce([*inside.values()])
        return Crowd(columns, inside, self._reached(columns["partner"], some))

    def _read_customers(self):
        """Return COLUMNS of the company's customers, by their margin."""
        self.env["crm.value.profile"].flush_model()
        found = bulk.read(
            self.env.cr, SQL(CUSTOMERS, company=self.company_id.id), COLUMNS
        )
        return {**found, "next": bulk.known_days(found["next"])}

    def _reached(self, partners, some):
        """Return whom each means may reach today; nobody who is in no segment."""
        whom = self.env["res.partner"].browse(partners[some].tolist())
        whom.fetch(["email_normalized"])
        reasons = self.env["crm.value.contact"]._suppression_reasons(
            self.company_id, [(partner, f"plan {self.id}") for partner in whom]
        )
        free = np.array([not one for one in reasons], bool)
        no_mail = np.array([one in ONLY_MAIL for one in reasons], bool)
        by_mail, by_hand = np.zeros_like(some), np.zeros_like(some)
        by_mail[some], by_hand[some] = free, free | no_mail
        return {MAIL: by_mail, "": by_hand}


CUSTOMERS = """
    SELECT id AS profile, partner_id AS partner, COALESCE(margin, 0) AS margin,
           COALESCE(margin_total, 0) AS margin_total,
           COALESCE(purchase_count, 0) AS purchases,
           COALESCE(median_gap_days, 'NaN') AS gap,
           COALESCE(next_purchase_date, '-infinity') AS next
      FROM crm_value_profile
     WHERE company_id = %(company)s ORDER BY margin DESC NULLS LAST, id
"""
