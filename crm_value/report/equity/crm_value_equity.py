from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, date_utils

from ...const import EPOCH, from_day
from ...models.equity.const import ASSET_STATES
from ...models.forecast.const import RELATIONS
from ...models.scoring.const import QUADRANTS

MOVEMENTS = [
    ("new", "New"),
    ("grown", "Grown"),
    ("shrunk", "Shrunk"),
    ("lost", "Lost"),
    ("unchanged", "Unchanged"),
]

KEPT = ("quadrant", "rfm_segment", "asset_state")
DAY_SHIFT = 34  # bits below the day in an id; it stays a whole number in JavaScript
READ = [*KEPT, "clv", "company_id", "partner_id", "relation"]
AMOUNTS = ("opening", "new", "grown", "shrunk", "lost", "closing")
MONTHS = 13  # a year's movements, and the month that is not over


class CrmValueEquity(models.Model):
    """Customer equity statement: movements of customer value month by month.

    docs/method.md, section 7: opening + new + grown − shrunk − lost = closing, for
    every row and so for every sum. A month end is compared with the one before that is
    there; the first one has all its value as new. Customers are told apart by the id
    of that day, so that a merge moves value between two rows instead of losing a
    customer.
    """

    _name = "crm.value.equity"
    _inherit = ["crm.value.month.pair"]
    _read_at_ends = ("clv", "relation", *KEPT)
    _description = "Customer Equity"
    _auto = False
    _order = "date DESC, closing DESC, id"
    _rec_name = "partner_id"
    _depends = {
        "crm.value.profile": [*READ, "purchase_count"],
        "crm.value.run": ["as_of", "company_id", "is_past", "state"],
        "crm.value.snapshot": [*READ, "date", "month_end", "origin_id"],
        "res.company": ["currency_id"],
        "res.partner": ["country_id", "state_id", "user_id"],
    }

    date = fields.Date(readonly=True, help="The month end, or the last run until then.")
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    state_id = fields.Many2one("res.country.state", readonly=True)
    quadrant = fields.Selection(QUADRANTS, readonly=True)
    rfm_segment = fields.Many2one(
        "crm.value.rfm.segment", string="RFM Segment", readonly=True
    )
    asset_state = fields.Selection(ASSET_STATES, string="Record Status", readonly=True)
    relation = fields.Selection(RELATIONS, readonly=True)
    movement = fields.Selection(MOVEMENTS, readonly=True)
    opening = fields.Monetary(
        readonly=True, help="Lifetime value at the month end before."
    )
    new = fields.Monetary(
        readonly=True, help="Value of customers who had none at the month end before."
    )
    grown = fields.Monetary(readonly=True)
    shrunk = fields.Monetary(readonly=True, help="Reduces the closing value.")
    lost = fields.Monetary(
        readonly=True,
        help="Value of customers who were active and no longer are, or no longer "
        "exist; reduces the closing value.",
    )
    closing = fields.Monetary(readonly=True)

    @api.model
    def _row_domain(self, row_ids):
        """Return the domain of the months that rows belong to: ids carry the day."""
        days = {from_day(row >> DAY_SHIFT) for row in row_ids}
        return Domain("date", "in", sorted(days))

    # --- where it comes from ---

    @api.model
    def _pair_statement(self, which, now):
        """Return the SQL of some months, each with the month end before.

        The id says which row it comes from, and above that the day, by which reading
        a few rows keeps to their months.

        :param which: condition of the months
        :param now: the customers at the end of one
        """
        return SQL(
            """
            SELECT ((pair.date_to - %(epoch)s)::bigint << %(shift)s) + moved.id AS id,
                   pair.date_to AS date, pair.company_id,
                   partner.user_id, partner.country_id, partner.state_id,
                   moved.partner_id, moved.quadrant, moved.rfm_segment,
                   moved.asset_state, moved.relation, moved.movement,
                   moved.opening, moved.closing, company.currency_id, %(amounts)s
              FROM (%(pairs)s) pair
              JOIN res_company company ON company.id = pair.company_id
        CROSS JOIN LATERAL (%(moved)s) moved
         LEFT JOIN res_partner partner ON partner.id = moved.partner_id
             WHERE %(which)s
            """,
            epoch=EPOCH,
            shift=DAY_SHIFT,
            amounts=self._amounts(),
            pairs=SQL(
                "SELECT company_id, is_open, previous AS date_from, date AS date_to "
                "FROM (%s) period",
                self._periods(),
            ),
            moved=self._moved(now),
            which=which,
        )

    @api.model
    def _amounts(self):
        """Return the SQL that puts a row's difference into one of four columns."""
        signs = {"new": "", "grown": "", "shrunk": "-", "lost": "-"}
        return SQL(", ").join(
            SQL(
                "CASE WHEN moved.movement = %s THEN %s moved.change ELSE 0 END AS %s",
                movement,
                SQL(sign),
                SQL.identifier(movement),
            )
            for movement, sign in signs.items()
        )

    @api.model
    def _moved(self, now):
        """Return the SQL of one period's customers and what happened to each.

        OFFSET 0 has PostgreSQL calculate each column once; else it would put the whole
        expression wherever the column is used.
        """
        return SQL(
            """
            SELECT ends.*, ends.closing - ends.opening AS change, CASE
                       WHEN ends.is_new THEN 'new'
                       WHEN ends.closing = ends.opening THEN 'unchanged'
                       WHEN ends.closing > ends.opening THEN 'grown'
                       WHEN ends.was_active AND ends.relation = 'lost' THEN 'lost'
                       ELSE 'shrunk'
                   END AS movement
              FROM (%s OFFSET 0) ends
            OFFSET 0
            """,
            self._both_ends(now),
        )

    @api.model
    def _both_ends(self, now):
        """Return the SQL of both ends of one month side by side.

        Who is gone shows what was known last, and is lost; who was merged into another
        customer is gone only under the old id.
        """
        latest = SQL(", ").join(
            SQL(
                "CASE WHEN now.id IS NULL THEN before.%(name)s"
                " ELSE now.%(name)s END AS %(name)s",
                name=SQL.identifier(name),
            )
            for name in KEPT
        )
        return self._side_by_side(
            now,
            SQL(
                """
                %s,
                CASE WHEN now.id IS NOT NULL THEN now.relation
                     WHEN before.origin_id <> before.partner_id THEN before.relation
                     ELSE 'lost'
                END AS relation,
                before.clv IS NULL AND now.clv IS NOT NULL AS is_new,
                before.relation = 'active' AS was_active,
                COALESCE(before.clv::numeric, 0) AS opening,
                COALESCE(now.clv::numeric, 0) AS closing
                """,
                latest,
            ),
        )

    @api.model
    @api.readonly
    def get_statement(self):
        """Return the months of the current company, the latest last."""
        company = self.env.company
        labels = dict(self._fields["movement"]._description_selection(self.env))
        return {
            "company_id": company.id,
            "company": company.name,
            "currency_id": company.currency_id.id,
            "labels": {
                **{n: self._fields[n]._description_string(self.env) for n in AMOUNTS},
                "unchanged": labels["unchanged"],
            },
            "months": self._months(),
        }

    @api.model
    def _months(self, count=MONTHS):
        """Return one dict per month: date, amounts, number of rows by movement."""
        company = self.env.company
        since = date_utils.start_of(fields.Date.context_today(self), "month")
        since = date_utils.subtract(since, months=count)
        domain = Domain("company_id", "=", company.id) & Domain("date", ">=", since)
        totals = [f"{name}:sum" for name in AMOUNTS]
        months = {}
        for day, movement, number, *sums in self._read_group(
            domain, ["date:day", "movement"], ["__count", *totals], order="date:day"
        ):
            month = months.setdefault(day, self._empty_month(day))
            month["counts"][movement] = number
            for name, amount in zip(AMOUNTS, sums, strict=True):
                month[name] = company.currency_id.round(month[name] + amount)
        for month in months.values():
            month["change"] = self._changed(month)
        return list(months.values())[-count:]

    @api.model
    def _changed(self, month):
        """Return by what share the value has changed, None where it began at none."""
        opening = month["opening"]
        return month["closing"] / opening - 1 if opening > 0 else None

    @api.model
    def _empty_month(self, day):
        movements = [code for code, _label in self._fields["movement"].selection]
        return {
            "date": day,
            "is_open": day != date_utils.end_of(day, "month"),
            "counts": dict.fromkeys(movements, 0),
            **dict.fromkeys(AMOUNTS, 0.0),
        }

    @api.readonly
    def action_open_profile(self):
        """Open the customer's value today."""
        self.ensure_one()
        return self.env["crm.value.profile"]._action_of(
            self.company_id, self.partner_id
        )
