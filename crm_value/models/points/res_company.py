from odoo import models


class ResCompany(models.Model):
    """Finds the ledger program of a company."""

    _inherit = "res.company"

    def _value_points_program(self):
        """Return the program with the points ledger of the company, or an empty one.

        The company of a form may just have been cleared.
        """
        # Who helps customers sees their points, and need not read programs.
        programs = self.env["loyalty.program"].sudo()
        if not self:
            return programs
        self.ensure_one()
        return programs.search(
            [("value_ledger", "=", True), ("company_id", "=", self.id)]
        )
