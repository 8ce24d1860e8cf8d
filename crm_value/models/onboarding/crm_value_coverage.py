from odoo import api, fields, models
from odoo.tools import format_date, format_list, formatLang

from ...const import SOLD


class CrmValueCoverage(models.AbstractModel):
    """What there is of a company's purchases: how many documents, and from when on.

    Counted by Odoo's own groups, before anybody has been scored.
    """

    _name = "crm.value.coverage"
    _description = "Coverage of the History"

    @api.model
    def _kinds(self, company):
        """Return {kind: (model, domain, day)} of documents that sell."""
        own = ("company_id", "=", company.id)
        invoices = [own, ("state", "=", "posted"), ("move_type", "in", SOLD)]
        return {
            "invoiced": ("account.move", invoices, "invoice_date"),
            "ordered": ("sale.order", [own, ("state", "=", "sale")], "date_order"),
            "imported": ("crm.value.transaction", [own], "date"),
        }

    @api.model
    def _groups(self, company, kind, groupby, aggregates):
        """Group documents of a kind, in the days of the company.

        Who begins sees how many there are, whatever of Odoo the user may read.
        """
        model, domain, day = self._kinds(company)[kind]
        rows = self.env[model].sudo().with_context(tz=company._value_timezone())
        return rows._read_group(
            domain,
            [part.format(day=day) for part in groupby],
            [part.format(day=day) for part in aggregates],
        )

    @api.model
    def _spans(self, company):
        """Return {kind: (count, first day, last day)} of the kinds that there are."""
        asked = ["__count", "{day}:min", "{day}:max"]
        found = {}
        for kind in self._kinds(company):
            [(count, first, last)] = self._groups(company, kind, [], asked)
            if count:
                found[kind] = count, self._day(company, first), self._day(company, last)
        return found

    @api.model
    def _day(self, company, moment):
        """Return the company's day of a date, or of a moment in UTC."""
        if not hasattr(moment, "hour"):
            return moment
        here = self.with_context(tz=company._value_timezone())
        return fields.Datetime.context_timestamp(here, moment).date()

    @api.model
    def _counted(self, company, spans):
        """Return those spans that count as purchases by the policy in force."""
        policy = self.env["crm.value.policy"]._published(company)
        return {
            kind: span
            for kind, span in spans.items()
            if kind in (policy.basis or "invoiced", "imported")
        }

    @api.model
    def _missing_months(self, company, spans):
        """Return the first days of months without a purchase, between two with one."""
        seen = set()
        for kind in spans:
            groups = self._groups(company, kind, ["{day}:month"], ["__count"])
            seen |= {self._day_of_month(month) for month, _count in groups if month}
        month, missing = min(seen), []
        while month < max(seen):
            month = fields.Date.add(month, months=1)
            if month not in seen:
                missing.append(month)
        return missing

    @api.model
    def _day_of_month(self, month):
        return month.date() if hasattr(month, "hour") else month

    @api.model
    def _say(self, spans):
        """Say how many documents of which kind there are, and from when to when."""
        words = {
            "invoiced": self.env._("posted invoices"),
            "ordered": self.env._("confirmed orders"),
            "imported": self.env._("imported purchases"),
        }
        parts = [
            f"{formatLang(self.env, count, digits=0)} {words[kind]}"
            for kind, (count, _first, _last) in spans.items()
        ]
        return self.env._(
            "%(documents)s, from %(first)s to %(last)s.",
            documents=format_list(self.env, parts),
            first=format_date(self.env, min(span[1] for span in spans.values())),
            last=format_date(self.env, max(span[2] for span in spans.values())),
        )
