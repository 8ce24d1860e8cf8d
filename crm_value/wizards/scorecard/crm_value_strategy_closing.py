from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.scorecard.const import LIVE
from ...report.scorecard.closing_book import ClosingBook


class CrmValueStrategyClosing(models.TransientModel):
    """Asks for the period that is to be closed with a report."""

    _name = "crm.value.strategy.closing"
    _inherit = ["crm.value.guarded"]
    _description = "Closing Report of a Strategy"

    strategy_id = fields.Many2one(
        "crm.value.strategy",
        required=True,
        ondelete="cascade",
        domain="[('company_id', 'in', allowed_company_ids)]",
        default=lambda self: self._default_strategy(),
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: self._last_month() - relativedelta(months=11),
    )
    date_to = fields.Date(
        string="Until",
        required=True,
        default=lambda self: self._last_month() + relativedelta(day=31),
    )

    @api.model
    def _default_strategy(self):
        return self.env["crm.value.strategy"].search(
            [("company_id", "=", self.env.company.id), ("state", "in", LIVE)], limit=1
        )

    @api.model
    def _last_month(self):
        """Return the first day of the last month that is over."""
        return fields.Date.context_today(self) + relativedelta(day=1, months=-1)

    def action_print(self):
        """Print the report."""
        self._check_period()
        report = self.env.ref("crm_value.crm_value_strategy_closing_report")
        return report.report_action(self)

    def action_download(self):
        """Download the report as a workbook."""
        self._check_period()
        url = f"/crm_value/scorecard/closing/{self.id}"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def _check_period(self):
        self.ensure_one()
        self.check_access("read")
        if self.date_to < self.date_from:
            raise UserError(self.env._("The period ends before it begins."))

    def _workbook(self):
        """Return (file name, xlsx) of the report."""
        page = self.env["report.crm_value.report_strategy_closing"]._page(self)
        name = self.env._(
            "Closing report %(strategy)s %(day)s.xlsx",
            strategy=self.strategy_id.display_name,
            day=self.date_to,
        )
        return name, ClosingBook(self.env, page).content()
