from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

CATEGORY_DAYS = 90  # a purchase this long before an answer is what it is about


class CrmValueAnswer(models.Model):
    """SQL sums behind the measures, in one statement for all groups."""

    _inherit = "crm.value.answer"

    @api.model
    def _measure_rows(self, domain, grouping=None):
        """Return one dict for each group.

        Where there are groups, all together comes with them, marked as ``whole``.

        :param domain: of crm.value.response
        :param grouping: a field, "category", "month", or None for all together
        """
        responses = self.env["crm.value.response"]
        self.env["crm.value.response.sum"]._flush()
        responses.flush_model()
        query = responses._search(domain)
        return self.env.execute_query_dict(
            SQL(
                """
                WITH given AS (%(given)s),
                     placed AS (
                    SELECT given.*, %(place)s AS place,
                           ROW_NUMBER() OVER (
                               PARTITION BY who, survey_id, company_id, %(month)s
                                   ORDER BY date DESC, id DESC) = 1 AS last
                      FROM given)
                SELECT %(key)s AS key, %(whole)s AS whole, COUNT(*) AS answers,
                       COUNT(DISTINCT who) FILTER (WHERE last) AS people,
                       %(sums)s, %(ids)s AS ids
                  FROM placed
              GROUP BY %(groups)s
                HAVING COUNT(*) > 0
                """,
                sums=SQL(SUMS),
                month=self._place_of("month") if grouping == "month" else SQL("1"),
                given=query.select(*self._given_columns(responses, query, grouping)),
                place=self._place_of(grouping),
                key=SQL(
                    "to_char(place, 'YYYY-MM')" if grouping == "month" else "place"
                ),
                ids=SQL("array_agg(id)") if grouping == "category" else SQL("NULL"),
                whole=SQL("GROUPING(place) = 1") if grouping else SQL("TRUE"),
                groups=SQL("GROUPING SETS ((place), ())") if grouping else SQL("place"),
            )
        )

    @api.model
    def _given_columns(self, responses, query, grouping):
        """Return the SQL of the columns read of each response.

        A person is told from others by a number: numbers are sorted far faster.
        """
        table = responses._table
        stored = grouping if grouping in responses._fields else None
        columns = [(name, name) for name in ("id", "date", "survey_id", "company_id")]
        columns += [("commercial_partner_id", "customer_id")]
        columns += [(stored, "key")] if stored else []
        return [
            *(
                SQL(
                    "%s AS %s",
                    responses._field_to_sql(table, name, query),
                    SQL.identifier(alias),
                )
                for name, alias in columns
            ),
            *(SQL.identifier(table, name) for name in SUMMED),
            SQL(
                "%s AS asked",
                SQL(" + ").join(SQL.identifier(table, name) for name in COUNTED),
            ),
            SQL("hashtextextended(%s, 0) AS who", SQL.identifier(table, "person")),
            *([] if stored else [SQL("NULL AS key")]),
        ]

    @api.model
    def _place_of(self, grouping):
        """Return the SQL of the group a participation belongs to."""
        if grouping == "month":
            return SQL(
                "date_trunc('month', date AT TIME ZONE 'UTC' AT TIME ZONE %s)",
                self.env.company._value_timezone(),
            )
        if grouping == "category":
            return self._bought_category()
        return SQL("given.key")

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
              WHERE line.partner_id = given.customer_id
                AND line.company_id = given.company_id
                AND line.display_type = 'product'
                AND move.move_type IN ('out_invoice', 'out_receipt')
                AND move.state = 'posted'
                AND move.invoice_date BETWEEN given.date::date - %(days)s
                                          AND given.date::date
           GROUP BY template.categ_id
           ORDER BY SUM(-line.balance) DESC, template.categ_id
              LIMIT 1)
            """,
            days=CATEGORY_DAYS,
        )

    @api.model
    def _group_domain(self, grouping, row, since):
        """Return the domain that finds the responses of one group."""
        domain = Domain("date", ">=", since) if since else Domain.TRUE
        if grouping == "category":
            return domain & Domain("id", "in", row["ids"])
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


SUMMED = ("csat_n", "satisfied", "nps_n", "promoters", "detractors", "csi")
COUNTED = ("csat_n", "nps_n", "index_n", "loyalty_n", "other_n")  # all it measures
# Of one person's answers to one survey, the last ones count.
SUMS = """
       SUM(asked) AS asked,
       SUM(csat_n) FILTER (WHERE last) AS csat_n,
       SUM(satisfied) FILTER (WHERE last) AS satisfied,
       SUM(nps_n) FILTER (WHERE last) AS nps_n,
       SUM(promoters) FILTER (WHERE last) AS promoters,
       SUM(detractors) FILTER (WHERE last) AS detractors,
       COUNT(csi) FILTER (WHERE last) AS csi_n,
       (AVG(csi) FILTER (WHERE last))::float8 AS csi,
       (STDDEV_SAMP(csi) FILTER (WHERE last))::float8 AS csi_deviation,
       AVG(date_part('epoch', now() AT TIME ZONE 'UTC' - date) / 86400)
           FILTER (WHERE last) AS age
"""
