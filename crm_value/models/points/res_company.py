from odoo import models


class ResCompany(models.Model):
    """Finds the ledger program of a company."""

    _inherit = "res.company"

    def _value_points_program(self):
        """Return the program with the points ledger of the company, or an empty one."""
        self.ensure_one()
        # Who helps customers sees their points, and need not read programs.
        return (
            self.env["loyalty.program"]
            .sudo()
            .search([("value_ledger", "=", True), ("company_id", "=", self.id)])
        )
