from odoo import fields, models


class CrmValueRun(models.Model):
    """What a run predicts by."""

    _inherit = "crm.value.run"

    fit_id = fields.Many2one(
        "crm.value.fit",
        string="Model Card",
        readonly=True,
        index=True,
        ondelete="restrict",
        help="What this run predicts by, and how good that is.",
    )
    refit = fields.Boolean(
        readonly=True, help="Learn again instead of predicting by the month's fit."
    )

    def action_open_fit(self):
        """Open the model card that the run predicts by."""
        self.ensure_one()
        return self.fit_id._get_records_action(name=self.env._("Model Card"))
