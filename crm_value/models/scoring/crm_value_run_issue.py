from odoo import fields, models


class CrmValueRunIssue(models.Model):
    """A customer a run had to leave out, and why."""

    _name = "crm.value.run.issue"
    _description = "Customer Skipped by a Run"
    _order = "id"
    _rec_name = "partner_id"

    run_id = fields.Many2one(
        "crm.value.run", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="run_id.company_id")
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="cascade"
    )
    message = fields.Char(required=True)

    def _log_bad_figures(self, run, bad):
        """List customers whose figures cannot be computed.

        :param bad: partner id → names of the figures
        """
        figures = self.env["crm.value.figures"]._fields
        self.search([("run_id", "=", run.id), ("partner_id", "in", list(bad))]).unlink()
        self.create(
            [
                {
                    "run_id": run.id,
                    "partner_id": partner_id,
                    "message": self.env._(
                        "Not a number: %(figures)s. Check for a document without a "
                        "valid amount or currency rate. The previous profile is kept.",
                        figures=", ".join(
                            figures[name]._description_string(self.env)
                            for name in names
                        ),
                    ),
                }
                for partner_id, names in bad.items()
            ]
        )
