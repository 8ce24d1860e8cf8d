from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...const import OFFICER
from ...models.lifecycle.const import BETTER_STAGES
from ...models.scoring.const import QUADRANTS

MOVES = [
    ("new", "New"),
    ("improved", "Improved"),
    ("stayed", "Stayed"),
    ("worsened", "Worsened"),
    ("unknown", "Not known"),
    ("gone", "Gone or merged"),
]
ENDS = ("stage_id", "quadrant", "rfm_segment", "revenue", "margin")
READ = (
    *ENDS,
    "company_id",
    "first_purchase_date",
    "last_purchase_date",
    "margin_total",
    "partner_id",
    "relation",
    "revenue_total",
)
STOCKS = {
    **dict.fromkeys(("kept_from", "revenue_from"), min),
    **dict.fromkeys(("margin_from", "margin_at_stake"), min),
    **dict.fromkeys(("kept_to", "revenue_to"), max),
    **dict.fromkeys(("margin_to", "margin_present"), max),
}
MONTHS = 256  # between two ends; an id has room for less
ROW_BITS = 33  # an id: the month, the months before, the row; whole in JavaScript


class CrmValueMigration(models.Model):
    """Customer migration between two month ends: stage, quadrant and segment.

    Every two month ends of a company are a pair, so that a search picks one (or
    several) by ``date_from`` and ``date_to``; only those are calculated. The month that
    is not over ends with today's profiles, and the first month end has none before.
    """

    _name = "crm.value.migration"
    _inherit = ["crm.value.month.stock", "crm.value.month.pair"]
    _description = "Customer Migration"
    _auto = False
    _month = "date_to:month"
    _read_at_ends = (
        "first_purchase_date",
        "last_purchase_date",
        *ENDS,
        "revenue_total",
        "margin_total",
    )
    _order = "date_to DESC, revenue_to DESC NULLS LAST, id"
    _rec_name = "partner_id"
    _depends = {
        "crm.value.profile": [*READ, "purchase_count"],
        "crm.value.run": ["as_of", "company_id", "is_past", "state"],
        "crm.value.snapshot": [*READ, "date", "month_end", "origin_id"],
        "crm.value.stage": ["code"],
        "res.company": ["currency_id"],
        "res.partner": ["user_id"],
    }

    pair = fields.Integer(
        readonly=True, aggregator=None, help="Both month ends combined in one number."
    )
    date_from = fields.Date(string="From the End of", readonly=True)
    date_to = fields.Date(string="To the End of", readonly=True)
    is_open = fields.Boolean(string="Until Today", readonly=True)
    is_step = fields.Boolean(
        string="Month by Month", readonly=True, help="No month end lies in between."
    )
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    first_purchase_date = fields.Date(
        string="First Purchase",
        readonly=True,
        help="As known today; empty where there are no purchases any more.",
    )
    stage_id_from = fields.Many2one(
        "crm.value.stage", string="Stage Before", readonly=True
    )
    stage_id_to = fields.Many2one("crm.value.stage", string="Stage", readonly=True)
    quadrant_from = fields.Selection(QUADRANTS, string="Quadrant Before", readonly=True)
    quadrant_to = fields.Selection(QUADRANTS, string="Quadrant", readonly=True)
    rfm_segment_from = fields.Many2one(
        "crm.value.rfm.segment", string="RFM Segment Before", readonly=True
    )
    rfm_segment_to = fields.Many2one(
        "crm.value.rfm.segment", string="RFM Segment", readonly=True
    )
    move = fields.Selection(MOVES, string="Movement", readonly=True)
    # Numbers rather than yes or no: groups add them up.
    kept_from = fields.Integer(
        string="Not Lost Before",
        readonly=True,
        help="Customers at the earlier month end.",
    )
    kept_to = fields.Integer(string="Not Lost", readonly=True)
    kept = fields.Integer(
        string="Retained Customers",
        readonly=True,
        help="Not lost at either month end.",
    )
    churned = fields.Integer(
        string="Lost",
        readonly=True,
        help="Not lost at the earlier month end, but lost at the later one.",
    )
    bought = fields.Integer(readonly=True, help="Bought between the two month ends.")
    revenue_from = fields.Monetary(string="Previous Revenue", readonly=True)
    revenue_to = fields.Monetary(string="Revenue", readonly=True)
    sales = fields.Monetary(
        string="Revenue in Between",
        readonly=True,
        help="Revenue between the two month ends; empty where it is not known.",
    )
    margin_from = fields.Monetary(string="Margin Before", readonly=True, groups=OFFICER)
    margin_to = fields.Monetary(string="Margin", readonly=True, groups=OFFICER)
    profit = fields.Monetary(string="Margin in Between", readonly=True, groups=OFFICER)
    margin_at_stake = fields.Monetary(
        string="Margin Before of Customers Not Lost", readonly=True, groups=OFFICER
    )
    margin_kept = fields.Monetary(
        string="Retained Margin",
        readonly=True,
        groups=OFFICER,
        help="Margin before of the retained customers.",
    )
    margin_present = fields.Monetary(
        string="Margin of Customers Not Lost", readonly=True, groups=OFFICER
    )

    @api.model
    def _stocks(self, aggregates):
        """What there was before is of the first month, what there is of the last."""
        ends = {spec: STOCKS.get(spec.partition(":")[0]) for spec in aggregates}
        return {spec: end for spec, end in ends.items() if end}

    @api.model
    def _row_domain(self, row_ids):
        """Return the domain of the pairs that rows belong to: ids carry the months."""
        return Domain("pair", "in", sorted({row >> ROW_BITS for row in row_ids}))

    # --- where it comes from ---

    @api.model
    def _pair_statement(self, which, now, pairs=None):
        """Return the SQL of the pairs that ``which`` selects.

        :param now: the customers at the later end
        """
        return SQL(
            """
            SELECT (pair.pair << %(bits)s) + moved.id AS id, pair.pair,
                   pair.date_from, pair.date_to, pair.is_open, pair.is_step,
                   pair.company_id, company.currency_id, moved.partner_id,
                   partner.user_id, today.first_purchase_date, %(ends)s, %(figures)s
              FROM (%(pairs)s) pair
              JOIN res_company company ON company.id = pair.company_id
        CROSS JOIN LATERAL (%(moved)s) moved
         LEFT JOIN res_partner partner ON partner.id = moved.partner_id
         LEFT JOIN crm_value_profile today
                ON today.company_id = pair.company_id
               AND today.partner_id = moved.origin_id AND today.purchase_count > 0
             WHERE %(which)s
            """,
            bits=ROW_BITS,
            ends=SQL(", ").join(
                SQL.identifier("moved", f"{name}_{end}")
                for name in ENDS
                for end in ("from", "to")
            ),
            figures=self._figures(),
            pairs=pairs or self._pairs(),
            moved=self._moved(now),
            which=which,
        )

    @api.model
    def _pairs(self):
        """Return the SQL of every two ends of a company's months.

        ``pair`` is the later month since 2000 and how many lie between it and the
        earlier one, 0 where there is none.
        """
        return SQL(
            """
            SELECT later.company_id, later.date AS date_to, later.is_open,
                   earlier.date AS date_from,
                   earlier.date IS NOT DISTINCT FROM later.previous AS is_step,
                   (12 * EXTRACT(YEAR FROM later.date)
                    + EXTRACT(MONTH FROM later.date) - 24000)::bigint * %(months)s
                   + COALESCE(12 * EXTRACT(YEAR FROM later.date)
                              + EXTRACT(MONTH FROM later.date)
                              - 12 * EXTRACT(YEAR FROM earlier.date)
                              - EXTRACT(MONTH FROM earlier.date), 0)::bigint AS pair
              FROM (%(ends)s) later
         LEFT JOIN (%(ends)s) earlier
                ON earlier.company_id = later.company_id
               AND earlier.date < later.date
               AND earlier.date > later.date - INTERVAL '%(years)s years'
            """,
            months=MONTHS,
            years=MONTHS // 12,
            ends=self._periods(),
        )

    @api.model
    def _as_pair(self, kept):
        return SQL(
            "SELECT %s AS company_id, %s::date AS date_from, %s::date AS date_to,"
            " %s AS is_open, NULL::boolean AS is_step, 0::bigint AS pair",
            kept.company_id.id,
            kept.date_from or None,
            kept.date_to,
            kept.is_open,
        )

    @api.model
    def _figures(self):
        """Return the SQL of what groups add up."""
        return SQL(
            """
            CASE WHEN moved.id_from IS NULL THEN 'new'
                 WHEN moved.id_to IS NULL THEN 'gone'
                 WHEN moved.stage_id_from = moved.stage_id_to THEN 'stayed'
                 WHEN moved.rank_to > moved.rank_from THEN 'improved'
                 WHEN moved.rank_to < moved.rank_from THEN 'worsened'
                 ELSE 'unknown'
            END AS move,
            (moved.was AND moved.is_known)::int AS kept_from,
            moved.is_now::int AS kept_to,
            (moved.was AND moved.is_now)::int AS kept,
            (moved.was AND NOT moved.is_now)::int AS churned,
            (moved.last_purchase_date > COALESCE(
                pair.date_from, date_trunc('month', pair.date_to) - INTERVAL '1 day'
            ))::int AS bought,
            %(sales)s, %(profit)s,
            CASE WHEN moved.was AND moved.is_known THEN moved.margin_from END
                AS margin_at_stake,
            CASE WHEN moved.was AND moved.is_now THEN moved.margin_from END
                AS margin_kept,
            CASE WHEN moved.is_now THEN moved.margin_to END AS margin_present
            """,
            sales=self._in_between("revenue_total", "sales"),
            profit=self._in_between("margin_total", "profit"),
        )

    @api.model
    def _in_between(self, total, name):
        """Return the SQL of what a sum since ever grew by between the two ends.

        Not known of who bought before, but is not among the customers of that end.
        """
        return SQL(
            """
            CASE WHEN moved.id_to IS NULL OR moved.id_from IS NULL
                      AND moved.bought_first < COALESCE(
                          pair.date_from + 1, date_trunc('month', pair.date_to))
                 THEN NULL
                 ELSE moved.%(to)s - COALESCE(moved.%(from)s, 0)
            END AS %(name)s
            """,
            to=SQL.identifier(f"{total}_to"),
            **{"from": SQL.identifier(f"{total}_from")},
            name=SQL.identifier(name),
        )

    @api.model
    def _moved(self, now):
        """Return the SQL of one pair's customers, both ends side by side."""
        both = SQL(", ").join(
            SQL(
                "before.%(name)s AS %(from)s, now.%(name)s AS %(to)s",
                name=SQL.identifier(name),
                to=SQL.identifier(f"{name}_to"),
                **{"from": SQL.identifier(f"{name}_from")},
            )
            for name in (*ENDS, "revenue_total", "margin_total")
        )
        return self._side_by_side(
            now,
            SQL(
                """
                COALESCE(now.origin_id, before.origin_id) AS origin_id,
                before.id AS id_from, now.id AS id_to,
                before.rank AS rank_from, now.rank AS rank_to,
                before.is_customer AS was, now.is_customer AS is_now,
                now.is_customer IS NOT NULL AS is_known,
                now.first_purchase_date AS bought_first,
                now.last_purchase_date, %s
                """,
                both,
            ),
        )

    @api.model
    def _end_joins(self, table):
        return SQL("LEFT JOIN crm_value_stage stage ON stage.id = %s.stage_id", table)

    @api.model
    def _end_columns(self, table):
        """Add where the stage stands, and whether the customer is one.

        Where no stage is known (a month end from before there were stages), whether a
        customer is lost follows from the relation.
        """
        return SQL(
            """
            %(columns)s, array_position(%(order)s::varchar[], stage.code) AS rank,
            COALESCE(stage.code <> 'lost', %(table)s.relation = 'active') AS is_customer
            """,
            columns=super()._end_columns(table),
            order=list(BETTER_STAGES),
            table=table,
        )
