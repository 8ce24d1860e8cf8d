from odoo import models


class AccountMove(models.Model):
    """The credit warning counts what is owed to the invoice's own company."""

    _inherit = "account.move"

    def _compute_partner_credit_warning(self):  # pylint: disable=missing-return
        """Ask in the company of each: Odoo takes the one the user works in."""
        for company, moves in self.grouped("company_id").items():
            of_company = moves.with_company(company)
            super(AccountMove, of_company)._compute_partner_credit_warning()
