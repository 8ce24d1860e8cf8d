from odoo import models


class SaleOrder(models.Model):
    """The credit warning counts what is owed to the quotation's own company."""

    _inherit = "sale.order"

    def _compute_partner_credit_warning(self):  # pylint: disable=missing-return
        """Ask in the company of each: Odoo takes the one the user works in."""
        for company, orders in self.grouped("company_id").items():
            of_company = orders.with_company(company)
            super(SaleOrder, of_company)._compute_partner_credit_warning()
