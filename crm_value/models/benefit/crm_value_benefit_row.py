from odoo import models

TERMS = "payment_term"
CREDIT = "credit_limit"
CONTACT = "contact"


class CrmValueBenefitRow(models.AbstractModel):
    """Lists on a record which benefits of a tier apply, which do not, and why.

    A row is plain data: its ``code``, what it is (``label``), whether it is
    ``applied``, ``why``, and whether one click would apply it (``can_apply``).
    """

    _name = "crm.value.benefit.row"
    _description = "Benefits Shown on a Record"

    def _benefit_row(self, code, label, applied, why="", can_apply=False):
        return {
            "code": code,
            "label": label,
            "applied": bool(applied),
            "why": why,
            "can_apply": bool(can_apply and not applied),
        }

    def _terms_row(self, tier, terms, can_apply):
        """Return the row of the payment terms that a tier suggests."""
        suggested = tier.payment_term_id
        if not suggested:
            return []
        label = self.env._("Payment terms: %(name)s", name=suggested.name)
        why = self.env._("A suggestion; currently: %(name)s", name=terms.name or "–")
        applied = terms == suggested
        return [
            self._benefit_row(TERMS, label, applied, "" if applied else why, can_apply)
        ]

    def _credit_row(self, tier, customer):
        """Return the row of the credit limit that a tier suggests.

        Only who keeps the books sees or sets the limit of a customer.
        """
        if not tier.credit_limit:
            return []
        limit = tier.currency_id.format(tier.credit_limit)
        label = self.env._("Credit limit: %(limit)s", limit=limit)
        customer = customer.with_company(tier.company_id)
        if not self.env.user.has_group("account.group_account_invoice"):
            why = self.env._("A suggestion; Accounting decides.")
            return [self._benefit_row(CREDIT, label, False, why)]
        if not tier.company_id.account_use_credit_limit:
            why = self.env._("Credit limits are disabled in the settings.")
            return [self._benefit_row(CREDIT, label, False, why)]
        now = tier.currency_id.format(customer.credit_limit)
        applied = customer.credit_limit >= tier.credit_limit
        why = self.env._(
            "A suggestion; the customer's current limit is %(now)s.", now=now
        )
        may = customer.has_access("write")
        return [self._benefit_row(CREDIT, label, applied, "" if applied else why, may)]

    def _rate_row(self, tier, why):
        """Return the row of a points rate other than everybody's."""
        if tier.points_rate == 1:
            return []
        label = self.env._("Points × %(rate)g", rate=tier.points_rate)
        return [self._benefit_row("points_rate", label, not why, why)]

    def _apply_credit(self, tier, customer):
        customer = customer.with_company(tier.company_id)
        customer.credit_limit = tier.credit_limit
