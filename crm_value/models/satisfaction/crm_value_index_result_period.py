from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain

YEARS = 3  # looked back on


class CrmValueIndexResult(models.Model):
    """The periods that the cron asks for by itself."""

    _inherit = "crm.value.index.result"

    @api.model
    def _request_periods(self):
        """Ask for each period that is over, has answers and has no result yet."""
        indices = self.env["crm.value.index"].search([("period_months", ">", 0)])
        companies = self.env["res.company"]._all_scored()
        months = self.env["crm.value.answer"]._read_group(
            Domain("index_id", "in", indices.ids)
            & Domain("company_id", "in", companies.ids)
            & Domain("role", "!=", "reason")
            & (Domain("audience", "=", "staff") | Domain("origin", "!=", "internal")),
            ["index_id", "company_id", "date:month"],
            ["user_input_id:count_distinct"],
        )
        wanted = {
            (index, company, *self._period_of(index, month.date()))
            for index, company, month, _count in months
        }
        known = {
            (one.index_id, one.company_id, one.date_from, one.date_to)
            for one in self.search_fetch(
                [("automatic", "=", True)],
                ["index_id", "company_id", "date_from", "date_to"],
            )
        }
        self.create(
            [
                {
                    "index_id": index.id,
                    "company_id": company.id,
                    "date_from": since,
                    "date_to": until,
                    "automatic": True,
                }
                for index, company, since, until in sorted(
                    wanted - known, key=lambda one: (one[3], one[0].id, one[1].id)
                )
                if self._is_over(company, until)
            ]
        )

    @api.model
    def _period_of(self, index, day):
        """Return the first and the last day of the period around ``day``."""
        length = index.period_months
        month = 12 * day.year + day.month - 1
        first = month - month % length
        since = date(first // 12, first % 12 + 1, 1)
        return since, since + relativedelta(months=length, days=-1)

    @api.model
    def _is_over(self, company, until):
        today = self.env["crm.value.run"]._today(company)
        return today - relativedelta(years=YEARS) < until < today
