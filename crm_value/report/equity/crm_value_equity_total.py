from odoo import api, fields, models
from odoo.fields import Domain
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

    _key_uniq = models.UniqueIndex("(kept_id, key)")

    @api.model
    def _wanted(self, company):
        """All months, each against the one before."""
        report = self.env[self._of]
        return [dict(pair) for pair in report._found_pairs(company)]

    @api.model
    def _answers(self, domain, names):
        """Return whether sums are kept of all that is asked for.

        :param names: what is grouped by and added up, as ``_read_group`` has them
        """
        own = {*self._keys, *self._sums, "company_id", "__count"}
        asked = {name.partition(":")[0] for name in names}
        asked |= {one.field_expr for one in Domain(domain).iter_conditions()}
        if not asked <= own:
            return False
        report = self.env[self._of]
        companies = self.env.companies
        if self.env.su:  # no rule keeps to the user's
            companies = companies.search([])  # pylint: disable=no-search-all
        return all(
            len(self.with_company(company)._known(pairs)) == len(pairs)
            for company in companies
            if (pairs := report._found_pairs(company))
        )


class CrmValueEquity(models.Model):
    """The statement asks for what is kept, where that is all it needs."""

    _inherit = "crm.value.equity"

    @api.model
    def _source_for(self, domain, names):
        """Return the model to ask: the sums that are kept, or all rows."""
        self.check_access("read")
        total = self.env["crm.value.equity.total"]
        return total if total._answers(domain, names) else None

    @api.model
    def _read_group(self, domain, groupby=(), aggregates=(), *args, **kwargs):
        """Add up what is kept instead of all customers, where it says the same."""
        total = self._source_for(domain, [*groupby, *aggregates])
        if total is None:
            return super()._read_group(domain, groupby, aggregates, *args, **kwargs)
        return total._read_group(domain, groupby, aggregates, *args, **kwargs)

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        """Add up what is kept instead of all customers, where it says the same."""
        names = [name for names in grouping_sets for name in names]
        total = self._source_for(domain, [*names, *aggregates])
        if total is None:
            return super()._read_grouping_sets(domain, grouping_sets, aggregates, order)
        return total._read_grouping_sets(domain, grouping_sets, aggregates, order)

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
