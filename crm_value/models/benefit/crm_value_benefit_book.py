from odoo import api, models
from odoo.tools import SQL

from ..service.crm_value_ticketing import TICKET

TABLE = "crm_value_granted"
READ = (
    "crm.value.earning",
    TICKET,
    "loyalty.card",
    "loyalty.history",
    "loyalty.program",
    "loyalty.reward",
    "sale.order",
    "sale.order.line",
)
# A source that did not change keeps the money it was booked with.
KEPT = SQL(
    """CASE WHEN known.kind = 'points' AND known.quantity = excluded.quantity
            THEN COALESCE(known.amount, excluded.amount) ELSE excluded.amount END"""
)


class CrmValueBenefit(models.Model):
    """Updates the recorded benefits from the documents; idempotent."""

    _inherit = "crm.value.benefit"

    @api.model
    def _book(self, scope):
        """Book the benefits of the scope's customers, all of them or some.

        :param scope: crm_value_facts.Scope
        """
        for model in READ:
            self.env[model].flush_model()
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        self.flush_model()
        self._load_granted(scope)
        self._delete_vanished(scope)
        self._upsert(scope)
        self.invalidate_model()

    @api.model
    def _load_granted(self, scope):
        """Load what the documents grant into a temporary table."""
        table = SQL.identifier(TABLE)
        names = SQL(", ").join(SQL.identifier(name) for name in self._columns())
        sources = SQL(" UNION ALL ").join(
            SQL("(%s)", source) for source in self._sources(scope)
        )
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", table))
        self.env.cr.execute(
            SQL(
                "CREATE TEMP TABLE %(table)s ON COMMIT DROP AS "
                "SELECT * FROM (%(sources)s) AS granted (%(names)s)",
                table=table,
                names=names,
                sources=sources,
            )
        )
        self.env.cr.execute(SQL("CREATE INDEX ON %s (source_key)", table))
        self.env.cr.execute(SQL("ANALYZE %s", table))

    @api.model
    def _delete_vanished(self, scope):
        """Delete benefits that documents no longer grant."""
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM crm_value_benefit benefit
                      WHERE benefit.company_id = %(company)s
                        AND %(only)s
                        AND NOT EXISTS (
                            SELECT FROM %(table)s granted
                             WHERE granted.source_key = benefit.source_key)
                """,
                company=scope.company.id,
                only=scope.within(SQL("benefit.partner_id")),
                table=SQL.identifier(TABLE),
            )
        )

    @api.model
    def _upsert(self, scope):
        """Insert what is new, and change what differs."""
        columns = self._columns()
        kept = {"amount": KEPT, "tier_id": SQL("known.tier_id")}
        values = [
            (SQL.identifier(name), kept.get(name, SQL.identifier("excluded", name)))
            for name in columns
            if name not in ("source_key", "kind")
        ]
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_value_benefit AS known (company_id, %(names)s,
                            create_uid, write_uid, create_date, write_date)
                     SELECT %(company)s, %(names)s, %(uid)s, %(uid)s,
                            now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                       FROM %(table)s
                ON CONFLICT (company_id, source_key)
                  DO UPDATE SET %(updates)s, write_date = excluded.write_date
                      WHERE (%(old)s) IS DISTINCT FROM (%(new)s)
                """,
                company=scope.company.id,
                names=SQL(", ").join(SQL.identifier(name) for name in columns),
                uid=self.env.uid,
                table=SQL.identifier(TABLE),
                updates=SQL(", ").join(SQL("%s = %s", *pair) for pair in values),
                old=SQL(", ").join(SQL("known.%s", name) for name, _new in values),
                new=SQL(", ").join(new for _name, new in values),
            )
        )
