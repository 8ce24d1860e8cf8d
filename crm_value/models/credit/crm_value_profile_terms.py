from odoo import api, models

from ... import words
from ...analytics.credit import credit

# Days that a term counts from some end of a month, at most.
MORE_DAYS = {
    "days_after_end_of_month": 31,
    "days_after_end_of_next_month": 62,
    "days_end_of_month_on_the": 31,
}


class CrmValueProfile(models.Model):
    """Which credit limit and payment terms a grade suggests; a person accepts them."""

    _inherit = "crm.value.profile"

    def action_open_credit_terms(self):
        """Open the dialog that accepts or changes limit and terms."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Credit Limit and Terms"),
            "res_model": "crm.value.credit.terms",
            "views": [[False, "form"]],
            "target": "new",
            "context": {"default_profile_id": self.id},
        }

    def _credit_suggestions(self, standings):
        """Return (limit or None, payment terms) that each grade suggests, by profile.

        :param standings: what ``_credit_standings()`` returned
        """
        graded, found = self.filtered("credit_grade"), {}
        offered = self._credit_terms_offered(graded.company_id)
        for profile in graded:
            grade = self._codes("credit_grade").index(profile.credit_grade)
            terms = profile._credit_terms_suggested(grade, offered)
            standing, _points = standings.get(profile, ({"turnover": 0.0}, {}))
            days, late = self._credit_term_days(terms), profile.days_late_recent
            limit = credit.limit(standing["turnover"], days, late, grade)
            found[profile] = limit, terms
        return found

    @api.model
    def _credit_terms_offered(self, companies):
        """Return the payment terms of some companies, and those that all share."""
        terms = self.env["account.payment.term"].sudo()  # names: no secret
        return terms.search(
            [("company_id", "in", (False, *companies.ids))], order="sequence, id"
        )

    def _credit_terms_now(self):
        customer = self.partner_id.with_company(self.company_id)
        return customer.sudo().property_payment_term_id

    def _credit_terms_suggested(self, grade, offered):
        """Return the terms of now; for who pays late, the next shorter or none."""
        now, days = self._credit_terms_now(), self._credit_term_days
        if grade < credit.D:
            return now
        ours = offered.filtered(
            lambda one: one.company_id.id in (False, self.company_id.id)
        )
        if grade == credit.E:
            shorter = ours.filtered(lambda one: not days(one))
        else:
            shorter = ours.filtered(lambda one: days(one) < days(now))
        return max(shorter, key=days, default=now)

    @api.model
    def _credit_term_days(self, terms):
        """Return the days, at most, until the last part of what is sold is due."""
        return max(
            (
                line.nb_days + MORE_DAYS.get(line.delay_type, 0)
                for line in terms.line_ids
            ),
            default=0,
        )

    def _credit_limit_works(self):
        """Return whether anything in this company heeds the limit of a customer.

        With account_financial_risk installed that does, whatever the settings say.
        """
        return bool(
            self.company_id.sudo().account_use_credit_limit
            or "risk_exception" in self.env["res.partner"]._fields
        )

    def _say_credit_terms(self, suggested):
        """Return what is suggested, for whom sees figures."""
        if not suggested:
            return ""
        (limit, terms), parts = suggested, []
        if limit:
            money = words.whole_money(self.env, limit, self.currency_id)
            parts.append(self.env._("Suggested limit: %(limit)s", limit=money))
        elif self.credit_grade == "e":
            parts.append(self.env._("Suggested: paid in advance, no credit"))
        if terms and terms != self._credit_terms_now():
            parts.append(self.env._("suggested terms: %(terms)s", terms=terms.name))
        return words.clauses(self.env, parts)
