from odoo import api, models
from odoo.tools import format_date, formatLang

from ... import words
from ...analytics.forecast import calibration
from ...const import from_day
from ...words import whole_money


class ReportCrmValueEquity(models.AbstractModel):
    """Customer equity report on one page, to print."""

    _name = "report.crm_value.report_equity"
    _description = "Customer Equity on One Page"

    @api.model
    def _get_report_values(self, docids, data=None):
        companies = self.env["res.company"].browse(docids)
        companies.check_access("read")
        for company in companies:
            self.env.user._value_check_whole(company)
        pages = {company: self._page(company) for company in companies}
        return {
            "doc_ids": docids,
            "doc_model": "res.company",
            "docs": companies,
            "pages": pages,
        }

    @api.model
    def _page(self, company):
        """Return all that the page of one company shows."""
        env = self.with_context(allowed_company_ids=company.ids).env
        report = env["crm.value.valuation"]
        found = report._value()
        statement = env["crm.value.equity"].get_statement()
        months = statement["months"][:-8:-1]
        return {
            "found": found,
            "worth": statement["months"][-1]["closing_words"] or env._("too few data"),
            "lead": self._lead(company, found),
            "facts": self._in_words(report._facts(found)),
            "assumptions": self._in_words(report._assumptions(found)),
            "labels": statement["labels"],
            "months": months,
            "marks": self._mark_models(months),
            "range": self._range(statement),
            "assets": self._assets(env),
            "track": self._track(found.fit),
            "money": lambda amount: whole_money(env, amount, company.currency_id),
        }

    @api.model
    def _lead(self, company, found):
        """Return the sentence that says what the figure is."""
        return self.env._(
            "The margin that %(company)s can expect of its customers within "
            "%(months)s, at its present value, as of %(date)s",
            company=company.name,
            months=words.months(self.env, found.policy.horizon_months),
            date=format_date(self.env, found.as_of),
        )

    @api.model
    def _mark_models(self, months):
        """Mark the months with another model; return [(mark, what changed)]."""
        marked = []
        for month in months:
            changed = month["model_change"] != "none"
            month["mark"] = str(len(marked) + 1) if changed else ""
            if changed:
                said = f"{month['model_label']}: {month['model_words']}"
                marked.append((month["mark"], said))
        return marked

    @api.model
    def _range(self, statement):
        """Return the sentence that says how far the figure may be off."""
        if not statement["interval"]:
            return self.env._(
                "How far the total may be off is not known: the history is too short "
                "to back-test it."
            )
        low, high = statement["interval_words"]
        return self.env._(
            "%(held)s interval: %(low)s to %(high)s. In past back-tests (%(cuts)s) the "
            "total was typically off by %(off)s.",
            cuts=statement["cuts"],
            held=words.percent(self.env, calibration.TARGET),
            low=low,
            high=high,
            off=words.percent(self.env, statement["off"], 1),
        )

    @api.model
    def _in_words(self, lines):
        """Return [(label, text)] of lines with a value and its kind."""
        formats = {
            "date": lambda day: format_date(self.env, day),
            "percent": lambda share: words.percent(self.env, share, 1),
            "whole": lambda number: formatLang(self.env, number, digits=0),
            "text": str,
        }
        return [(label, formats[kind](value)) for label, value, kind in lines]

    @api.model
    def _assets(self, env):
        """Return [(label, customers, value)] of each state of the records."""
        profiles = env["crm.value.profile"]
        groups = profiles._read_group(
            [("company_id", "=", env.company.id), ("purchase_count", ">", 0)],
            ["asset_state"],
            ["__count", "clv:sum"],
        )
        found = {state: (count, value or 0.0) for state, count, value in groups}
        states = profiles._fields["asset_state"]._description_selection(env)
        return [
            (label, *found[state])
            for state, label in reversed(states)
            if state in found
        ]

    @api.model
    def _track(self, fit):
        """Return one dict per back-test: what the rule would have predicted.

        Counts of purchases tell no margin, so that officers may see them.
        """
        folds = fit.sudo().card["folds"]
        return [
            {
                **next(m for m in fold["rules"] if m["rule"] == fit.rule),
                "day": from_day(fold["day"]),
                "days": fold["length"],
                "customers": fold["customers"],
                "inside": fold["inside"],
            }
            for fold in folds
        ]
