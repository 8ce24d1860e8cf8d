from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...const import OURS


class CrmValueMonthPair(models.AbstractModel):
    """Base of reports that compare customers at two month ends.

    The later end is a month end that runs have kept, or today's profiles for the month
    that is not over. A report says which pairs it knows and what it makes of a
    customer's two ends; only the pairs that a search keeps are calculated.
    """

    _name = "crm.value.month.pair"
    _description = "Customers at Two Month Ends"
    _read_at_ends = ()  # columns of crm.value.figures

    @property
    def _table_query(self):
        """The pairs that end with a closed month, and those that end today."""
        return SQL(
            "%s UNION ALL %s",
            self._pair_statement(SQL("NOT pair.is_open"), self._snapshots("date_to")),
            self._pair_statement(SQL("pair.is_open"), self._profiles()),
        )

    @api.model
    def _pair_statement(self, which, now, pairs=None):
        """Return the SQL of some pairs, ``pair`` in it.

        :param which: condition of the pairs
        :param now: SQL of the customers at the later end of one
        :param pairs: SQL of the pairs to choose from, None for all
        """
        raise NotImplementedError

    @api.model
    def _one_pair(self, kept):
        """Return the SQL of one pair's rows, given the record of its sums."""
        now = self._profiles() if kept.is_open else self._snapshots("date_to")
        return self._pair_statement(SQL("TRUE"), now, self._as_pair(kept))

    @api.model
    def _as_pair(self, kept):
        """Return the SQL of one pair alone, without looking for its runs."""
        raise NotImplementedError

    @api.model
    def _row_domain(self, row_ids):
        """Return the domain of the pairs that rows belong to, read from their ids."""
        raise NotImplementedError

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Look for known rows in their own pairs only."""
        domain = Domain(domain)
        if getattr(domain, "field_expr", "") == "id" and domain.operator == "in":
            domain &= self._row_domain([row for row in domain.value if row])
        return super()._search(domain, *args, **kwargs)

    # --- the two ends ---

    @api.model
    def _side_by_side(self, now, columns):
        """Return the SQL of one pair's customers: ``columns`` of ``before``, ``now``.

        Customers are told apart by the id of that day, so that a merge moves value
        between two rows instead of losing a customer.
        """
        return SQL(
            """
            SELECT COALESCE(now.id, before.id + 2) AS id,
                   COALESCE(now.partner_id, before.partner_id) AS partner_id,
                   %(columns)s
              FROM (%(now)s) now
         FULL JOIN (%(before)s) before ON before.origin_id = now.origin_id
            """,
            columns=columns,
            now=now,
            before=self._snapshots("date_from"),
        )

    @api.model
    def _snapshots(self, end):
        """Return the SQL of the month end at one end of the pair."""
        past = SQL("past")
        return SQL(
            """
            SELECT 4 * past.id::bigint AS id, past.origin_id, %(columns)s
              FROM crm_value_snapshot past %(joins)s
             WHERE past.month_end AND past.company_id = pair.company_id
               AND past.date = pair.%(end)s AND %(few)s
            """,
            few=self._few(SQL("past.origin_id")),
            columns=self._end_columns(past),
            joins=self._end_joins(past),
            end=SQL.identifier(end),
        )

    @api.model
    def _profiles(self):
        """Return the SQL of today's customers, who end the month that is not over."""
        today = SQL("today")
        return SQL(
            """
            SELECT 4 * today.id::bigint + 1 AS id, today.partner_id AS origin_id,
                   %(columns)s
              FROM crm_value_profile today %(joins)s
             WHERE today.company_id = pair.company_id AND today.purchase_count > 0
               AND %(few)s
            """,
            few=self._few(SQL("today.partner_id")),
            columns=self._end_columns(today),
            joins=self._end_joins(today),
        )

    @api.model
    def _few(self, customer):
        """Return the condition that keeps to a few customers, if only they matter."""
        if self.env.context.get("value_few") is not OURS:
            return SQL("TRUE")
        customers = self.env.context["value_customers"]
        if customers is None:
            return SQL("TRUE")
        return SQL("%s = ANY(%s)", customer, customers)

    @api.model
    def _end_joins(self, table):
        """Return the SQL of what both ends are joined with."""
        return SQL()

    @api.model
    def _end_columns(self, table):
        """Return the SQL of the columns that both ends have."""
        return SQL(", ").join(
            SQL("%s.%s", table, SQL.identifier(name))
            for name in ("partner_id", *self._read_at_ends)
        )

    # --- the months ---

    @api.model
    def _periods(self):
        """Return the SQL of each company's month ends, each with the one before.

        Runs know the days without reading a snapshot. The month that is not over ends
        on the day of the last run, and its figures are the profiles'.
        """
        return SQL(
            """
            SELECT ends.company_id, ends.date, ends.is_open,
                   LAG(ends.date) OVER (
                       PARTITION BY ends.company_id ORDER BY ends.date) AS previous
              FROM (SELECT past.company_id, past.as_of AS date, FALSE AS is_open
                      FROM (%(past)s) past
                 UNION ALL
                    SELECT run.company_id, MAX(run.as_of), TRUE
                      FROM crm_value_run run
                     WHERE run.state = 'done' AND NOT run.is_past
                  GROUP BY run.company_id
                    HAVING MAX(run.as_of) > ALL (
                           SELECT past.as_of FROM (%(past)s) past
                            WHERE past.company_id = run.company_id)
                   ) ends
            """,
            past=self._month_ends(),
        )

    @api.model
    def _month_ends(self):
        """Return the SQL of the months that runs have closed."""
        return SQL(
            """
            SELECT DISTINCT company_id, as_of
              FROM crm_value_run
             WHERE state = 'done' AND is_past
               AND as_of = (date_trunc('month', as_of)
                            + INTERVAL '1 month - 1 day')::date
            """
        )
