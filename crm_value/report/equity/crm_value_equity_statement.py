from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import date_utils

AMOUNTS = ("opening", "new", "grown", "shrunk", "lost", "closing")
MONTHS = 13  # a year's movements, and the month that is not over


class CrmValueEquity(models.Model):
    """The statement as screens, reports and workbooks show it: month by month."""

    _inherit = "crm.value.equity"

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
