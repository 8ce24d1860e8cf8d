from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...analytics.equity import restated
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

MODEL_CHANGES = [
    ("none", "Same Model"),
    ("fit", "Retrained"),
    ("rule", "New Prediction Rule"),
    ("policy", "New Policy"),
    ("release", "New Version"),
    ("unmeasured", "Not Measured"),
]

KEPT = ("quadrant", "rfm_segment", "asset_state")
DAY_SHIFT = 34  # bits below the day in an id; it stays a whole number in JavaScript
READ = [*KEPT, "clv", "clv_restated", "company_id", "partner_id", "relation"]
READ_OF_RUN = ["ended_at", "fit_id", "policy_id", "release", "restated_at"]
STOCKS = {"opening:sum": min, "closing:sum": max}
AMOUNTS = ("opening", "new", "grown", "shrunk", "lost", "re_estimated", "closing")


class CrmValueEquity(models.Model):
    """Customer equity statement: movements of customer value month by month.

    docs/method.md, section 7: opening + new + grown − shrunk − lost + re-estimated =
    closing, for every row and so for every sum. Re-estimated is what the model and the
    policy alone have changed; the movements are measured from there. A month end is
    compared with the one before that is there; the first one has all its value as new.
    Customers are told apart by the id of that day, so that a merge moves value between
    two rows instead of losing a customer.
    """

    _name = "crm.value.equity"
    _inherit = ["crm.value.month.stock", "crm.value.month.pair"]
    _read_at_ends = ("clv", "clv_restated", "relation", *KEPT)
    _description = "Customer Equity"
    _auto = False
    _order = "date DESC, closing DESC, id"
    _rec_name = "partner_id"
    _depends = {
        "crm.value.profile": [*READ, "purchase_count"],
        "crm.value.fit": ["rule"],
        "crm.value.run": [*READ_OF_RUN, "as_of", "company_id", "is_past", "state"],
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
    re_estimated = fields.Monetary(
        string="Re-estimated",
        readonly=True,
        help="What a new fit, rule or policy alone has changed: the customers of the "
        "month end before, valued again as they stood. Can be negative.",
    )
    closing = fields.Monetary(readonly=True)
    model_change = fields.Selection(
        MODEL_CHANGES,
        string="Change of Model",
        readonly=True,
        help="What is different from the month end before in how customers are valued. "
        "Not Measured: something is, but its effect was not told apart then.",
    )

    @api.model
    def _row_domain(self, row_ids):
        """Return the domain of the months that rows belong to: ids carry the day."""
        days = {from_day(row >> DAY_SHIFT) for row in row_ids}
        return Domain("date", "in", sorted(days))

    # --- where it comes from ---

    @api.model
    def _pair_statement(self, which, now, pairs=None):
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
                   moved.opening, moved.re_estimated, moved.closing,
                   pair.model_change, company.currency_id, %(amounts)s
              FROM (%(pairs)s) pair
              JOIN res_company company ON company.id = pair.company_id
        CROSS JOIN LATERAL (%(moved)s) moved
         LEFT JOIN res_partner partner ON partner.id = moved.partner_id
             WHERE %(which)s
            """,
            epoch=EPOCH,
            shift=DAY_SHIFT,
            amounts=self._amounts(),
            pairs=pairs or self._pairs(),
            moved=self._moved(now),
            which=which,
        )

    @api.model
    def _pairs(self):
        """Return the SQL of the months, and what became of the model in each.

        A value that was estimated again counts only where it is one of the very month
        end that the month is compared with.
        """
        return SQL(
            """
            SELECT period.company_id, period.is_open, period.previous AS date_from,
                   period.date AS date_to,
                   COALESCE(now.restated_at = period.previous, FALSE) AS is_measured,
                   CASE WHEN period.previous IS NULL
                          OR (now.policy_id = before.policy_id
                              AND now.fit_id = before.fit_id
                              AND now.release IS NOT DISTINCT FROM before.release)
                        THEN 'none'
                        WHEN now.restated_at IS DISTINCT FROM period.previous
                        THEN 'unmeasured'
                        WHEN now.policy_id <> before.policy_id THEN 'policy'
                        WHEN now.release IS DISTINCT FROM before.release THEN 'release'
                        WHEN now.rule <> before.rule THEN 'rule'
                        ELSE 'fit'
                   END AS model_change
              FROM (%(periods)s) period
         LEFT JOIN LATERAL (%(now)s) now ON TRUE
         LEFT JOIN LATERAL (%(before)s) before ON TRUE
            """,
            periods=self._periods(),
            now=self._run_of(SQL("period.date"), SQL("NOT period.is_open")),
            before=self._run_of(SQL("period.previous"), SQL("TRUE")),
        )

    @api.model
    def _as_pair(self, kept):
        return SQL(
            "SELECT %s AS company_id, %s::date AS date_from, %s::date AS date_to,"
            " %s AS is_open, %s AS is_measured, %s::varchar AS model_change",
            kept.company_id.id,
            kept.date_from or None,
            kept.date_to,
            kept.is_open,
            kept.is_measured,
            kept.model_change,
        )

    @api.model
    def _run_of(self, day, is_past):
        """Return the SQL of the run whose figures end a month."""
        return SQL(
            """
            SELECT run.policy_id, run.fit_id, run.restated_at, run.release, fit.rule
              FROM crm_value_run run
         LEFT JOIN crm_value_fit fit ON fit.id = run.fit_id
             WHERE run.company_id = period.company_id AND run.state = 'done'
               AND run.as_of = %(day)s AND run.is_past = %(is_past)s
               AND (NOT run.is_past OR EXISTS (
                   SELECT FROM crm_value_snapshot stored
                    WHERE stored.run_id = run.id AND stored.month_end))
          ORDER BY CASE WHEN run.is_past THEN run.ended_at END, CASE
                   WHEN run.is_past THEN run.id ELSE -run.id END
             LIMIT 1
            """,
            day=day,
            is_past=is_past,
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
            SELECT ends.*,
                   ends.closing - ends.opening - ends.re_estimated AS change,
                   CASE
                       WHEN ends.is_new THEN 'new'
                       WHEN ends.closing = ends.opening + ends.re_estimated
                       THEN 'unchanged'
                       WHEN ends.closing > ends.opening + ends.re_estimated THEN 'grown'
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
                CASE WHEN pair.is_measured AND ABS(now.clv_restated - before.clv) > %s
                     THEN now.clv_restated::numeric - before.clv::numeric
                     ELSE 0
                END AS re_estimated,
                COALESCE(now.clv::numeric, 0) AS closing
                """,
                latest,
                restated.DUST,
            ),
        )

    @api.readonly
    def action_open_profile(self):
        """Open the customer's value today."""
        self.ensure_one()
        return self.env["crm.value.profile"]._action_of(
            self.company_id, self.partner_id
        )

    @api.model
    def _stocks(self, aggregates):
        """Opening + movements = closing holds for every group, too."""
        return {spec: end for spec, end in STOCKS.items() if spec in aggregates}
