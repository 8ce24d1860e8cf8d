from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...analytics.satisfaction import responses, satisfaction

CATEGORY_DAYS = 90  # a purchase this long before an answer is what it is about


class CrmValueAnswer(models.Model):
    """SQL sums behind the measures, in one statement for all groups."""

    _inherit = "crm.value.answer"

    @api.model
    def _measure_rows(self, domain, grouping, since, before):
        """Return one dict for each group, of the period and of the one before.

        :param grouping: a field, "category", "month", or None for all together
        :param since: begin of the period, None: ever, and nothing before
        """
        for model in (*self._depends, "crm.value.index.result"):
            self.env[model].flush_model()
        if before:
            domain &= Domain("date", ">=", before)
        query = self._search(domain)
        given = query.select(*self._given_columns(query, grouping))
        return self.env.execute_query_dict(
            SQL(
                """
                WITH given AS MATERIALIZED (%(given)s),
                     person AS (%(person)s),
                     placed AS (
                    SELECT person.*, %(key)s AS place, %(now)s AS now,
                           ROW_NUMBER() OVER (
                               PARTITION BY %(now)s, %(month)s, company_id, survey_id,
                                            who
                                   ORDER BY date DESC, user_input_id DESC) = 1 AS last
                      FROM person)
                SELECT place AS key, now, COUNT(*) AS answers,
                       COUNT(DISTINCT who) FILTER (WHERE last) AS people,
                       %(sums)s, %(ids)s AS ids
                  FROM placed
              GROUP BY 1, 2
                """,
                sums=SQL(SUMS),
                month=self._place_of("month") if grouping == "month" else SQL("1"),
                given=given,
                person=self._people(),
                key=self._place_of(grouping),
                now=SQL("date >= %s", since) if since else SQL("TRUE"),
                ids=SQL("array_agg(user_input_id)")
                if grouping == "category"
                else SQL("NULL"),
            )
        )

    @api.model
    def _given_columns(self, query, grouping):
        """Return the SQL of the columns read of each answer."""
        names = ["user_input_id", "date", "role", "score", "value", "index_id"]
        names += [
            "survey_id",
            "company_id",
            "commercial_partner_id",
            "construct_id",
            "item",
        ]
        columns = [
            SQL(
                "%s AS %s",
                self._field_to_sql(self._table, name, query),
                SQL.identifier(name),
            )
            for name in names
        ]
        stored = grouping if grouping in self._fields else None
        key = self._field_to_sql(self._table, stored, query) if stored else SQL("NULL")
        who = SQL.identifier(self._table, "person")
        return [*columns, SQL("%s AS who", who), SQL("%s AS key", key)]

    @api.model
    def _people(self):
        """Return the SQL of what each participation says.

        The index weighs questions as its latest result does, else equally.
        """
        target = self.env.ref("crm_value.construct_satisfaction", False)
        return SQL(
            PEOPLE,
            content=responses.SATISFIED,
            up=satisfaction.PROMOTER,
            passive=satisfaction.PASSIVE,
            about=SQL(
                "role = 'item' AND given.construct_id "
                "= COALESCE(structure.target_id, %s)",
                target.id if target else 0,
            ),
            latest=SQL(
                """
                SELECT DISTINCT ON (index_id, company_id) index_id, company_id, id
                  FROM crm_value_index_result
                 WHERE state = 'done'
              ORDER BY index_id, company_id, date_to DESC, id DESC
                """
            ),
        )

    @api.model
    def _place_of(self, grouping):
        """Return the SQL of the group a participation belongs to."""
        if grouping == "month":
            return SQL(
                "to_char(date AT TIME ZONE 'UTC' AT TIME ZONE %s, 'YYYY-MM')",
                self.env.company._value_timezone(),
            )
        if grouping == "category":
            return self._bought_category()
        return SQL("person.key")

    @api.model
    def _bought_category(self):
        """Return the SQL of the category most was invoiced of before an answer."""
        self.env["account.move.line"].flush_model()
        self.env["product.template"].flush_model()
        return SQL(
            """
            (SELECT template.categ_id
               FROM account_move_line line
               JOIN account_move move ON move.id = line.move_id
               JOIN product_product product ON product.id = line.product_id
               JOIN product_template template ON template.id = product.product_tmpl_id
              WHERE line.partner_id = person.customer_id
                AND line.company_id = person.company_id
                AND line.display_type = 'product'
                AND move.move_type IN ('out_invoice', 'out_receipt')
                AND move.state = 'posted'
                AND move.invoice_date BETWEEN person.date::date - %(days)s
                                          AND person.date::date
           GROUP BY template.categ_id
           ORDER BY SUM(-line.balance) DESC, template.categ_id
              LIMIT 1)
            """,
            days=CATEGORY_DAYS,
        )

    @api.model
    def _group_domain(self, grouping, row, since):
        """Return the domain that finds the answers of one group."""
        domain = Domain("date", ">=", since) if since else Domain.TRUE
        if grouping == "category":
            return domain & Domain("user_input_id", "in", row["ids"])
        if grouping is None or grouping == "month":
            return domain
        return domain & Domain(grouping, "=", row["key"] or False)

    @api.model
    def _group_labels(self, grouping, keys):
        """Return {key: (where it is listed, label)}; the not known comes last."""
        unknown = {None: ((1, 0), self.env._("Not known"))}
        if grouping is None:
            return {None: ((0, 0), self.env._("All"))}
        if grouping == "month":
            return {key: ((0, 0), key) for key in keys}
        if grouping == "quadrant":
            labels = dict(self._fields["quadrant"]._description_selection(self.env))
            codes = list(labels)
            return unknown | {
                code: ((0, -codes.index(code)), labels[code]) for code in codes
            }
        model = (
            "product.category"
            if grouping == "category"
            else self._fields[grouping].comodel_name
        )
        # Names are no secret where the answers are shown.
        records = self.env[model].sudo().browse([key for key in keys if key])
        return unknown | {
            one.id: (
                (0, one.sequence if "sequence" in one._fields else 0),
                one.display_name,
            )
            for one in records
        }


# Of one person's answers to one survey in a period, the last ones count.
SUMS = """
       SUM(csat_n) FILTER (WHERE last) AS csat_n,
       SUM(satisfied) FILTER (WHERE last) AS satisfied,
       SUM(nps_n) FILTER (WHERE last) AS nps_n,
       SUM(promoters) FILTER (WHERE last) AS promoters,
       SUM(detractors) FILTER (WHERE last) AS detractors,
       COUNT(csi) FILTER (WHERE last) AS csi_n,
       (AVG(csi) FILTER (WHERE last))::float8 AS csi,
       (STDDEV_SAMP(csi) FILTER (WHERE last))::float8 AS csi_deviation,
       (AVG(EXTRACT(EPOCH FROM now() AT TIME ZONE 'UTC' - date) / 86400)
           FILTER (WHERE last))::float8 AS age
"""
PEOPLE = """
       SELECT given.user_input_id, MIN(given.who) AS who,
              MIN(given.survey_id) AS survey_id, MIN(given.date) AS date,
              MIN(given.company_id) AS company_id,
              MIN(given.commercial_partner_id) AS customer_id,
              MIN(given.key) AS key,
              COUNT(*) FILTER (WHERE role = 'csat') AS csat_n,
              COUNT(*) FILTER (WHERE role = 'csat' AND score >= %(content)s)
                  AS satisfied,
              COUNT(*) FILTER (WHERE role = 'nps') AS nps_n,
              COUNT(*) FILTER (WHERE role = 'nps' AND given.value >= %(up)s)
                  AS promoters,
              COUNT(*) FILTER (WHERE role = 'nps' AND given.value < %(passive)s)
                  AS detractors,
              COALESCE(
                  SUM(score * share) FILTER (WHERE %(about)s)
                  / NULLIF(SUM(share) FILTER (WHERE %(about)s), 0),
                  AVG(score) FILTER (WHERE %(about)s)) AS csi
         FROM given
    LEFT JOIN crm_value_index structure ON structure.id = given.index_id
    LEFT JOIN (%(latest)s) latest
           ON latest.index_id = given.index_id
          AND latest.company_id = given.company_id
    LEFT JOIN crm_value_index_result_item weight
           ON weight.result_id = latest.id
          AND weight.construct_id = given.construct_id
          AND weight.item = given.item
     GROUP BY given.user_input_id
"""
