from odoo import api, fields, models
from odoo.tools import SQL

from ...models.equity.const import ASSET_STATES
from ...models.forecast.const import RELATIONS
from ...models.scoring.const import QUADRANTS
from .crm_value_equity import AMOUNTS, MODEL_CHANGES, MOVEMENTS


class CrmValueEquityTotal(models.Model):
    """Customer equity statement, added up by what the statement is grouped by."""

    _name = "crm.value.equity.total"
    _inherit = ["crm.value.month.total"]
    _description = "Customer Equity, Added Up"
    _is_result = True
    _of = "crm.value.equity"
    _keys = (
        *("date", "movement", "model_change", "currency_id"),
        *("quadrant", "rfm_segment", "asset_state", "relation"),
    )
    _sums = AMOUNTS

    date = fields.Date()
    movement = fields.Selection(MOVEMENTS)
    model_change = fields.Selection(MODEL_CHANGES, string="Change of Model")
    currency_id = fields.Many2one("res.currency")
    quadrant = fields.Selection(QUADRANTS)
    rfm_segment = fields.Many2one("crm.value.rfm.segment", string="RFM Segment")
    asset_state = fields.Selection(ASSET_STATES, string="Record Status")
    relation = fields.Selection(RELATIONS)
    opening = fields.Monetary()
    new = fields.Monetary()
    grown = fields.Monetary()
    shrunk = fields.Monetary()
    lost = fields.Monetary()
    re_estimated = fields.Monetary(string="Re-estimated")
    closing = fields.Monetary()

    @api.model
    def _found_pairs(self, company):
        """All months, each against the one before."""
        return self.env[self._of]._found_pairs(company)


class CrmValueEquity(models.Model):
    """The statement asks for what is kept, where that is all it needs."""

    _name = "crm.value.equity"
    _inherit = ["crm.value.equity", "crm.value.month.asking"]
    _total = "crm.value.equity.total"

    @api.model
    def _found_pairs(self, company):
        """Return the months of a company, each with the one before, as values."""
        self.env["crm.value.run"].flush_model()
        return self.env.execute_query_dict(
            SQL(
                "SELECT date_from, date_to, is_open, is_measured, model_change"
                " FROM (%s) pair WHERE company_id = %s ORDER BY date_to DESC",
                self._pairs(),
                company.id,
            )
        )
