from odoo import models


class ResCompany(models.Model):
    """Finds the ledger program of a company, which ends with it."""

    _inherit = "res.company"

    def unlink(self):
        """End its ledger: a program without a company would be everybody's."""
        self.check_access("unlink")
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE loyalty_program SET active = FALSE, value_ledger = FALSE
             WHERE company_id = ANY(%s) AND value_ledger
            """,
            [self.ids],
        )
        self.env["loyalty.program"].invalidate_model(["active", "value_ledger"])
        return super().unlink()

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
