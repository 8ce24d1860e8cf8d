from odoo import fields, models


class CrmValueRun(models.Model):
    """Forecast model of a run."""

    _inherit = "crm.value.run"

    fit_id = fields.Many2one(
        "crm.value.fit",
        string="Model Card",
        readonly=True,
        index=True,
        ondelete="restrict",
        help="The model this run uses, and how accurate it is.",
    )
    refit = fields.Boolean(
        string="Retrain",
        readonly=True,
        help="Retrain the model instead of using the one of this month.",
    )

    def action_open_fit(self):
        """Open the model card that the run predicts by."""
        self.ensure_one()
        self.check_access("read")
        return self.fit_id._get_records_action(name=self.env._("Model Card"))
