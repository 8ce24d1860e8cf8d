import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ... import bulk
from .const import TIER_EVENTS

TABLE = "crm_value_entered"
FIGURES = ("value_score", "margin", "revenue", "points", "purchases", "tenure_months")
COLUMNS = {
    "partner": "int4",
    "tier": "int4",
    "origin": "int4",
    "event": "int4",
    "since": "date",
    "until": "date",
    "grace": "date",
    "earned": "int4",
    "earned_since": "date",
    "earned_until": "date",
    "override": "int4",
    **dict.fromkeys(FIGURES, "float8"),
}
READ = {
    "partner": "int4",
    "id": "int4",
    "closed": "int4",
    "origin": "int4",
    "tier": "int4",
    "since": "date",
    "until": "date",
    "earned": "int4",
    "earned_since": "date",
    "earned_until": "date",
}
DATES = [name for name, kind in READ.items() if kind == "date"]
COMPARED = [name for name in READ if name not in ("partner", "id", "closed")]


class CrmValueMembership(models.Model):
    """Reads and writes memberships in bulk for a run."""

    _inherit = "crm.value.membership"

    @api.model
    def _held(self, scope, day):
        """Return the memberships at the end of a day as columns, by partner.

        After a merge two may have held: the one that goes on counts.
        """
        held = SQL(
            "date_from <= %(day)s AND COALESCE(date_to, 'infinity') >= %(day)s", day=day
        )
        return self._columns_of(scope, held, SQL("partner_id"))

    @api.model
    def _columns_of(self, scope, condition, each=None):
        self.flush_model()
        query = SQL(
            """
            SELECT DISTINCT ON (%(each)s)
                   partner_id AS partner, id, (date_to IS NOT NULL)::int4 AS closed,
                   (origin = 'manual')::int4 AS origin, tier_id AS tier, since,
                   date_until AS until, COALESCE(earned_id, 0) AS earned,
                   COALESCE(earned_since, '-infinity') AS earned_since,
                   COALESCE(earned_until, '-infinity') AS earned_until
              FROM crm_value_membership
             WHERE company_id = %(company)s AND %(condition)s AND %(within)s
          ORDER BY %(each)s, date_to IS NULL DESC, date_from DESC, id DESC
            """,
            each=each or SQL("id"),
            company=scope.company.id,
            condition=condition,
            within=scope.within(SQL("partner_id")),
        )
        rows = bulk.read(self.env.cr, query, READ)
        return {
            name: bulk.known_days(column) if name in DATES else column
            for name, column in rows.items()
        }

    @api.model
    def _store(self, flow, members):
        """Let the memberships of the customers be those found on the day.

        What an earlier check of the day had begun and what no longer holds is dropped;
        what it had ended and goes on is opened again. So the last check of a day
        leaves what a single one would have.

        :param members: columns of all customers that were looked at
        """
        # A refresh after midnight may have been faster than a run of the day before.
        run, day = flow.run, flow.day
        today = self._columns_of(flow.scope, SQL("date_from >= %s", day))
        found = self._found_again(members, today)
        fresh = ~members["same"] & (members["tier"] > 0) & ~found["again"]
        goes_on = members["same"] & (members["closed"] == 1)
        ends = ~members["same"] & (members["held"] > 0)
        self._delete(found["dropped"])
        self._date(members["held"][ends], SQL("%s::date - 1", day))
        self._date(members["held"][goes_on], SQL("NULL"))
        if fresh.any():
            self._insert(run, day, {n: members[n][fresh] for n in COLUMNS})
        if flow.scope.partner_ids is None:
            self._end_vanished(run, day)
        self.invalidate_model()

    @api.model
    def _found_again(self, members, today):
        """Return which customers' memberships a check of the day has begun already.

        :return: dict with ``again``, shape (n,), and ``dropped``, the ids of the rows
            that an earlier check of the day began and this one does not
        """
        partners = members["partner"]
        at = np.searchsorted(partners, today["partner"])
        at = np.minimum(at, max(partners.size - 1, 0))
        if not partners.size:
            return {"again": np.zeros(0, bool), "dropped": today["id"][:0]}
        ours = partners[at] == today["partner"]
        equal = ours & ~members["same"][at]
        for name in COMPARED:
            left, right = members[name][at], today[name]
            equal &= (left == right) | (np.isnan(left) & np.isnan(right))
        again = np.zeros(partners.size, bool)
        again[at[equal]] = True
        return {"again": again, "dropped": today["id"][ours & ~equal]}

    @api.model
    def _delete(self, ids):
        if ids.size:
            self.env.cr.execute(
                SQL(
                    "DELETE FROM crm_value_membership"
                    " USING unnest(%s) AS gone (id)"
                    " WHERE crm_value_membership.id = gone.id",
                    ids.tolist(),
                )
            )

    @api.model
    def _date(self, ids, end):
        """Give memberships an end, or open them again."""
        if ids.size:
            self.env.cr.execute(
                SQL(
                    "UPDATE crm_value_membership SET date_to = %s"
                    " FROM unnest(%s) AS found (id)"
                    " WHERE crm_value_membership.id = found.id",
                    end,
                    ids.tolist(),
                )
            )

    @api.model
    def _insert(self, run, day, entered):
        """Begin memberships, with the figures and limits that made them."""
        bulk.stage(self.env.cr, TABLE, entered, COLUMNS)
        figures = SQL(", ").join(
            SQL("%s::text, NULLIF(entered.%s, 'NaN')", name, SQL.identifier(name))
            for name in FIGURES
        )
        limits = SQL(", ").join(
            SQL("%s::text, line.%s", name, SQL.identifier(f"min_{name}"))
            for name in FIGURES
        )
        self.env.cr.execute(
            SQL(
                INSERT,
                company=run.company_id.id,
                events=[key for key, _label in TIER_EVENTS],
                day=day,
                run=run.id,
                figures=figures,
                limits=limits,
                uid=self.env.uid,
                table=SQL.identifier(TABLE),
                policy=run.policy_id.id,
            )
        )

    @api.model
    def _end_vanished(self, run, day):
        """End what ran out of customers without any document left."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_value_membership membership
                   SET date_to = COALESCE(date_grace, date_until)
                 WHERE company_id = %(company)s
                   AND date_to IS NULL
                   AND COALESCE(date_grace, date_until) < %(day)s
                   AND NOT EXISTS (
                       SELECT FROM crm_value_profile profile
                        WHERE profile.company_id = membership.company_id
                          AND profile.partner_id = membership.partner_id)
                """,
                company=run.company_id.id,
                day=day,
            )
        )


INSERT = """
    INSERT INTO crm_value_membership (
                partner_id, origin_id, company_id, tier_id, origin, event,
                date_from, since, date_until, date_grace, earned_id,
                earned_since, earned_until, run_id, evidence,
                create_uid, write_uid, create_date, write_date)
         SELECT entered.partner, entered.partner, %(company)s, entered.tier,
                CASE entered.origin WHEN 1 THEN 'manual' ELSE 'earned' END,
                (%(events)s::varchar[])[entered.event + 1],
                %(day)s, entered.since, entered.until,
                NULLIF(entered.grace, '-infinity'),
                NULLIF(entered.earned, 0),
                NULLIF(entered.earned_since, '-infinity'),
                NULLIF(entered.earned_until, '-infinity'), %(run)s,
                jsonb_strip_nulls(jsonb_build_object(
                    'reason', override.reason,
                    'combine', line.combine,
                    'keep', line.keep_percent,
                    'figures', jsonb_build_object(%(figures)s),
                    'limits', jsonb_build_object(%(limits)s))),
                %(uid)s, %(uid)s,
                now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
           FROM %(table)s entered
           JOIN res_partner partner ON partner.id = entered.partner
      LEFT JOIN crm_value_override override
             ON override.id = entered.override
      LEFT JOIN crm_value_policy_tier line
             ON line.tier_id = entered.tier AND line.policy_id = %(policy)s
"""
