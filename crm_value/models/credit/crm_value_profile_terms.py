from odoo import models
from odoo.tools import format_amount

from ... import words
from ...analytics.credit import credit

ACCOUNTANT = "account.group_account_invoice"


class CrmValueProfile(models.Model):
    """Which credit limit and payment terms a grade suggests; a person accepts them."""

    _inherit = "crm.value.profile"

    def action_open_credit_terms(self):
        """Open the dialog that accepts or changes limit and terms."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Credit Limit and Terms"),
            "res_model": "crm.value.credit.terms",
            "views": [[False, "form"]],
            "target": "new",
            "context": {"default_profile_id": self.id},
        }

    def _credit_suggestion(self):
        """Return (limit or None, payment terms) that the grade suggests."""
        if not self.credit_grade:
            return None, self._credit_terms_now()
        grade = self._codes("credit_grade").index(self.credit_grade)
        terms = self._credit_terms_suggested(grade)
        standing = self._credit_standings().get(self)
        turnover = standing[0]["turnover"] if standing else 0.0
        days = self._credit_term_days(terms)
        return credit.limit(turnover, days, self.days_late_recent, grade), terms

    def _credit_terms_now(self):
        customer = self.partner_id.with_company(self.company_id)
        return customer.sudo().property_payment_term_id

    def _credit_terms_suggested(self, grade):
        """Return the terms of now; for who pays late, the next shorter or none."""
        now = self._credit_terms_now()
        if grade < credit.D:
            return now
        offered = now.sudo().search(
            [("company_id", "in", (False, self.company_id.id))], order="sequence, id"
        )
        days = {terms: self._credit_term_days(terms) for terms in offered}
        shorter = [one for one in offered if days[one] < self._credit_term_days(now)]
        if grade == credit.E:
            shorter = [one for one in offered if not days[one]]
        return max(shorter, key=days.get, default=now)

    def _credit_term_days(self, terms):
        """Return the days until the last part of what is sold is due."""
        return max(terms.line_ids.mapped("nb_days"), default=0)

    def _credit_limit_works(self):
        """Return whether anything in this company heeds the limit of a customer.

        With account_financial_risk installed that does, whatever the settings say.
        """
        return bool(
            self.company_id.sudo().account_use_credit_limit
            or "risk_exception" in self.env["res.partner"]._fields
        )

    def _say_credit_terms(self):
        """Return what is suggested, and why no limit is; for whom sees figures."""
        limit, terms = self._credit_suggestion()
        parts = []
        if limit:
            money = format_amount(self.env, limit, self.currency_id)
            parts.append(self.env._("Suggested limit: %(limit)s", limit=money))
        elif self.credit_grade == "e":
            parts.append(self.env._("Suggested: paid in advance, no credit"))
        if terms and terms != self._credit_terms_now():
            parts.append(self.env._("suggested terms: %(terms)s", terms=terms.name))
        return words.clauses(self.env, parts)
