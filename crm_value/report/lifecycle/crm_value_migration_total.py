from odoo import api, fields, models
from odoo.tools import SQL

from ...const import OFFICER
from ...models.scoring.const import QUADRANTS
from .crm_value_migration import MOVES
from .crm_value_migration_matrix import GRAINS

MANY = 2000  # customers to move from cohort to cohort; more are added up anew
SPANS = (1, 3, 12)  # months that the matrix offers to look back


class CrmValueMigrationTotal(models.Model):
    """Customer migration until the last end, added up by all that the matrix shows."""

    _name = "crm.value.migration.total"
    _inherit = ["crm.value.month.total"]
    _description = "Customer Migration, Added Up"
    _is_result = True
    _of = "crm.value.migration"
    _keys = (
        *("date_from", "date_to", "move", "currency_id"),
        *("stage_id_from", "stage_id_to", "quadrant_from", "quadrant_to"),
        *("rfm_segment_from", "rfm_segment_to"),
    )
    _sums = (
        *("kept_from", "kept_to", "kept", "churned", "revenue_to", "margin_to"),
        *("margin_at_stake", "margin_kept", "margin_present"),
    )

    date_from = fields.Date(string="From the End of")
    date_to = fields.Date(string="To the End of")
    move = fields.Selection(MOVES, string="Movement")
    currency_id = fields.Many2one("res.currency")
    stage_id_from = fields.Many2one("crm.value.stage", string="Stage Before")
    stage_id_to = fields.Many2one("crm.value.stage", string="Stage")
    quadrant_from = fields.Selection(QUADRANTS, string="Quadrant Before")
    quadrant_to = fields.Selection(QUADRANTS, string="Quadrant")
    rfm_segment_from = fields.Many2one(
        "crm.value.rfm.segment", string="RFM Segment Before"
    )
    rfm_segment_to = fields.Many2one("crm.value.rfm.segment", string="RFM Segment")
    kept_from = fields.Integer(string="Not Lost Before")
    kept_to = fields.Integer(string="Not Lost")
    kept = fields.Integer(string="Retained Customers")
    churned = fields.Integer(string="Lost")
    revenue_to = fields.Monetary(string="Revenue")
    margin_to = fields.Monetary(string="Margin", groups=OFFICER)
    margin_at_stake = fields.Monetary(
        string="Margin Before of Customers Not Lost", groups=OFFICER
    )
    margin_kept = fields.Monetary(string="Retained Margin", groups=OFFICER)
    margin_present = fields.Monetary(
        string="Margin of Customers Not Lost", groups=OFFICER
    )

    @api.model
    def _wanted(self, company):
        """The last end against a month, a quarter and a year before."""
        report = self.env[self._of].with_company(company)
        ends = report._ends()
        pair = report._choose_pair(ends)
        if not pair:
            return []
        before = {pair["date_from"]}
        back = {report._months_before(pair["date_to"], span) for span in SPANS}
        before |= back & {end["date"] for end in ends}
        return [{**pair, "date_from": day} for day in sorted(before)]


class CrmValueCohortTotal(models.Model):
    """What became of the customers of a first month, period by period."""

    _name = "crm.value.cohort.total"
    _inherit = ["crm.value.month.total"]
    _description = "Cohorts, Added Up"
    _is_result = True
    _of = "crm.value.migration"
    _keys = ("date_from", "date_to", "first_purchase_date", "currency_id")
    _sums = ("kept_from", "kept_to", "churned", "bought", "sales", "profit")
    _counts = ("kept_to", "sales", "profit")

    date_from = fields.Date(string="From the End of")
    date_to = fields.Date(string="To the End of")
    first_purchase_date = fields.Date(
        string="First Purchase", help="The first day of the month."
    )
    currency_id = fields.Many2one("res.currency")
    kept_from = fields.Integer(string="Not Lost Before")
    kept_to = fields.Integer(string="Not Lost")
    kept_to_count = fields.Integer()
    churned = fields.Integer(string="Lost")
    bought = fields.Integer()
    sales = fields.Monetary(string="Revenue in Between")
    sales_count = fields.Integer()
    profit = fields.Monetary(string="Margin in Between", groups=OFFICER)
    profit_count = fields.Integer(groups=OFFICER)

    @api.model
    def _wanted(self, company):
        """All periods of months, quarters and years that are over."""
        report = self.env[self._of].with_company(company)
        ends = report._ends()
        pairs = {
            (period["date_from"], period["date_to"])
            for months in GRAINS.values()
            for period in report._cohort_periods(ends, months)
        }
        return [
            {"date_from": earlier, "date_to": later, "is_open": False}
            for earlier, later in sorted(pairs, key=str, reverse=True)
        ]

    @api.model
    def _rows(self, report, kept):
        """Days of one month are one cohort."""
        names = {*self._keys, *self._sums} - {"first_purchase_date"}
        return SQL(
            "SELECT company_id, move, %s,"
            " date_trunc('month', first_purchase_date)::date AS first_purchase_date"
            " FROM (%s) pair",
            self._list(sorted(names)),
            super()._rows(report, kept),
        )

    @api.model
    def _which(self):
        return SQL("move <> 'gone' AND first_purchase_date IS NOT NULL")

    @api.model
    def _moving(self, flow):
        """The first purchase of a few customers is another one than was known."""
        kept = self._kept(flow.company)
        customers = self._other_cohort(flow) if kept else []
        if len(customers) > MANY:
            self.env["crm.value.month.kept"]._drop(
                flow.company, SQL("model = %s", self._name)
            )
            return []
        return [(one, customers) for one in kept] if customers else []

    @api.model
    def _other_cohort(self, flow):
        """Return who belongs to another cohort than before, of those in the history."""
        changed = flow.changes["crm.value.step.kept"]
        moved = [change["partner_id"] for change in changed] + flow.vanished
        if not moved:  # most nights: nobody is looked for in millions of rows
            return []
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT origin_id FROM crm_value_snapshot
                 WHERE company_id = %s AND month_end AND date = ANY(%s)
                   AND origin_id = ANY(%s)
                """,
                flow.company.id,
                self._kept(flow.company).mapped("date_to"),
                moved,
            )
        )
        return [partner for (partner,) in rows]
