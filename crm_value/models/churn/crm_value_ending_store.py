from odoo import api, models
from odoo.tools import SQL

from ... import bulk
from ...analytics.churn.endings import PATTERNS

TABLE = "crm_value_ended"
COLUMNS = {
    "partner": "int4",
    "began": "date",
    "ended": "date",
    "noted": "date",
    "returned": "date",
    "count": "int4",
    "pattern": "int4",
    "revenue": "float8",
    "margin": "float8",
    "category": "int4",
    "by_hand": "int4",
}


class CrmValueEnding(models.Model):
    """Bulk storage of the churned relationships that a run found."""

    _inherit = "crm.value.ending"

    @api.model
    def _store(self, flow, ended):
        """Bring the endings of the customers in line with the purchases.

        :param ended: dict of arrays, the COLUMNS
        """
        self.flush_model()
        cr = self.env.cr
        bulk.stage(cr, TABLE, ended, COLUMNS)
        # Nothing is known yet of endings that were just inserted: without an index
        # each of them would be compared with each of these.
        table = SQL.identifier(TABLE)
        cr.execute(SQL("CREATE INDEX ON %s (partner, ended)", table))
        cr.execute(SQL("ANALYZE %s", table))
        self._delete_vanished(flow)
        self._upsert(flow.run)
        if flow.scope.partner_ids is None:  # all customers
            self._analyze(flow.partners.size)
        self._note_returns(flow)
        self._place(flow)
        self.invalidate_model()

    @api.model
    def _analyze(self, customers):
        """Tell the planner of rows it took for none: it would join them one by one.

        Of profiles, which are many and mostly known, only where it knows of few.
        """
        told, profiles = [self], self.env["crm.value.profile"]
        self.env.cr.execute(
            "SELECT FROM pg_class WHERE oid = %s::regclass AND reltuples < %s",
            [profiles._table, customers / 2],
        )
        told += [profiles] if self.env.cr.rowcount else []
        for model in told:
            table = SQL.identifier(model._table)
            self.env.cr.execute(SQL("ANALYZE %s (company_id, partner_id)", table))

    @api.model
    def _delete_vanished(self, flow):
        """Delete endings that later documents deny, but never an answer."""
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM crm_value_ending ending
                      WHERE ending.company_id = %(company)s
                        AND %(within)s
                        AND ending.reason_id IS NULL
                        AND ending.partner_id = ending.origin_id
                        AND NOT EXISTS (
                            SELECT FROM %(table)s found
                             WHERE found.partner = ending.partner_id
                               AND found.ended = ending.ended_on)
                  RETURNING ending.id
                """,
                company=flow.company.id,
                within=flow.scope.within(SQL("ending.partner_id")),
                table=SQL.identifier(TABLE),
            )
        )
        gone = [row[0] for row in self.env.cr.fetchall()]
        if gone:
            self.env["mail.activity"].search(
                [("res_model", "=", self._name), ("res_id", "in", gone)]
            ).unlink()

    @api.model
    def _upsert(self, run):
        """Insert new endings; of known ones, update what the purchases say."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_value_ending AS known (
                            partner_id, origin_id, company_id, user_id, began_on,
                            ended_on, noted_on, returned_on, purchase_count, duration,
                            pattern, revenue, margin, category_id, by_hand,
                            create_uid, write_uid, create_date, write_date)
                     SELECT found.partner, found.partner, %(company)s, partner.user_id,
                            found.began, found.ended, found.noted,
                            NULLIF(found.returned, '-infinity'), found.count,
                            found.ended - found.began,
                            (%(patterns)s::varchar[])[found.pattern + 1],
                            found.revenue, found.margin, NULLIF(found.category, 0),
                            found.by_hand = 1, %(uid)s, %(uid)s,
                            now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                       FROM %(table)s found
                       JOIN res_partner partner ON partner.id = found.partner
                ON CONFLICT (company_id, origin_id, ended_on)
                  DO UPDATE SET began_on = excluded.began_on,
                                returned_on = excluded.returned_on,
                                purchase_count = excluded.purchase_count,
                                duration = excluded.duration,
                                pattern = excluded.pattern,
                                revenue = excluded.revenue,
                                margin = excluded.margin,
                                category_id = excluded.category_id,
                                by_hand = excluded.by_hand
                          WHERE (known.began_on, known.returned_on, known.pattern,
                                 known.revenue, known.margin, known.category_id,
                                 known.purchase_count, known.by_hand)
                                IS DISTINCT FROM
                                (excluded.began_on, excluded.returned_on,
                                 excluded.pattern, excluded.revenue, excluded.margin,
                                 excluded.category_id, excluded.purchase_count,
                                 excluded.by_hand)
                """,
                company=run.company_id.id,
                patterns=list(PATTERNS),
                uid=self.env.uid,
                table=SQL.identifier(TABLE),
            )
        )

    @api.model
    def _note_returns(self, flow):
        """Note who has bought since, also where only an answer tells of the ending."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_value_ending ending
                   SET returned_on = profile.last_purchase_date
                  FROM crm_value_profile profile
                 WHERE ending.company_id = %(company)s
                   AND %(within)s
                   AND ending.returned_on IS NULL
                   AND profile.company_id = ending.company_id
                   AND profile.partner_id = ending.partner_id
                   AND profile.last_purchase_date > ending.ended_on
                """,
                company=flow.company.id,
                within=flow.scope.within(SQL("ending.partner_id")),
            )
        )

    @api.model
    def _place(self, flow):
        """Say in which segment a customer was when it bought last, once that is known.

        It is read from the first month end after the last purchase.
        """
        self.env["crm.value.snapshot"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_value_ending ending
                   SET rfm_segment = snapshot.rfm_segment,
                       quadrant = snapshot.quadrant
                  FROM crm_value_snapshot snapshot
                 WHERE ending.company_id = %(company)s
                   AND %(within)s
                   AND ending.quadrant IS NULL AND ending.rfm_segment IS NULL
                   AND snapshot.company_id = ending.company_id
                   AND snapshot.month_end
                   AND snapshot.origin_id = ending.origin_id
                   AND snapshot.date = (date_trunc('month', ending.ended_on)
                                        + interval '1 month - 1 day')::date
                   AND (snapshot.quadrant IS NOT NULL
                        OR snapshot.rfm_segment IS NOT NULL)
                """,
                company=flow.company.id,
                within=flow.scope.within(SQL("ending.partner_id")),
            )
        )
