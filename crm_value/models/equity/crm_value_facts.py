import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ... import bulk
from ...analytics.forecast.prediction import READ

READ_OF_PARTNER = [
    "active",
    "commercial_partner_id",
    "country_id",
    "email",
    "email_normalized",
    "name",
    "phone",
    "phone_sanitized",
]


class CrmValueFacts(models.AbstractModel):
    """Asset status of customers: bought, reachable, consent given, record complete.

    Partners have no history: for a past day, too, their data are today's.
    """

    _inherit = "crm.value.facts"

    @api.model
    def _gather(self, scope):
        """Add what keeps each customer from being an asset, the first thing first."""
        facts = super()._gather(scope)
        reachable, permitted, complete = self._usable(scope, facts["partner_id"])
        code = self.env["crm.value.figures"]._codes("asset_state").index
        facts["asset_state"] = np.select(
            [facts["purchase_count"] == 0, ~reachable, ~permitted, ~complete],
            [
                code("no_purchase"),
                code("unreachable"),
                code("no_consent"),
                code("incomplete"),
            ],
            code("qualified"),
        )
        return facts

    @api.model
    def _usable(self, scope, partner_ids):
        """Return (reachable, may be addressed, complete), one bool per customer."""
        read = self._gather_records(scope, partner_ids)
        order = np.argsort(read["partner"])
        position = np.searchsorted(read["partner"], partner_ids, sorter=order)
        return [
            read[name][order][position].astype(bool)
            for name in ("reachable", "permitted", "complete")
        ]

    @api.model
    def _gather_records(self, scope, partner_ids):
        """Read of each customer's active contacts whether any can be addressed.

        An archived contact reaches nobody. A blacklisted address or number must not be
        used; one that is open to us is enough.
        """
        self.env["res.partner"].flush_model(READ_OF_PARTNER)
        self.env["mail.blacklist"].flush_model(["active", "email"])
        self.env["phone.blacklist"].flush_model(["active", "number"])
        query = SQL(
            """
            SELECT contact.commercial_partner_id AS partner,
                   BOOL_OR(contact.active AND %(mailed)s
                           OR contact.active AND %(called)s)::int AS reachable,
                   BOOL_OR(contact.active AND %(mailed)s AND mail.id IS NULL
                           OR contact.active AND %(called)s AND phone.id IS NULL)
                       ::int AS permitted,
                   BOOL_OR(contact.id = contact.commercial_partner_id
                           AND COALESCE(contact.name, '') <> ''
                           AND contact.country_id IS NOT NULL)::int AS complete
              FROM res_partner contact
         LEFT JOIN mail_blacklist mail
                ON mail.email = contact.email_normalized AND mail.active
         LEFT JOIN phone_blacklist phone
                ON phone.number = contact.phone_sanitized AND phone.active
             WHERE contact.commercial_partner_id IS NOT NULL AND %(only)s
          GROUP BY contact.commercial_partner_id
            """,
            mailed=SQL("COALESCE(contact.email, '') <> ''"),
            called=SQL("COALESCE(contact.phone, '') <> ''"),
            only=scope.only_rows(SQL("contact.commercial_partner_id"), partner_ids),
        )
        kinds = dict.fromkeys(("partner", "reachable", "permitted", "complete"), "int4")
        return bulk.read(self.env.cr, query, kinds)

    @api.model
    def _at_month_end(self, company, day, within=None):
        """Return what a forecast reads of the customers of a stored month end.

        And the lifetime value they had.

        :param within: SQL condition on the snapshots, None: all of them
        :return: dict of arrays, ordered by ``partner_id``: the ids of that day
        """
        figures = self.env["crm.value.figures"]._fields
        kinds = {
            name: "date" if figures[name].type == "date" else "float8"
            for name in (*READ, "clv")
        }
        columns = [
            SQL(
                "COALESCE(%(n)s, '-infinity') AS %(n)s"
                if kind == "date"
                else "COALESCE(%(n)s::float8, 'NaN') AS %(n)s",
                n=SQL.identifier(name),
            )
            for name, kind in kinds.items()
        ]
        query = SQL(
            """
            SELECT origin_id AS partner_id, %s
              FROM crm_value_snapshot
             WHERE company_id = %s AND date = %s AND month_end AND %s
          ORDER BY origin_id
            """,
            SQL(", ").join(columns),
            company.id,
            day,
            within or SQL("TRUE"),
        )
        found = bulk.read(self.env.cr, query, {"partner_id": "int4", **kinds})
        return {
            name: bulk.known_days(column) if kinds.get(name) == "date" else column
            for name, column in found.items()
        }
