from odoo import api, fields, models


class CrmValueRunStep(models.Model):
    """How long one step of a run took."""

    _name = "crm.value.run.step"
    _description = "Step of a Customer Value Run"
    _order = "id"
    _rec_name = "code"

    run_id = fields.Many2one(
        "crm.value.run", required=True, index=True, ondelete="cascade"
    )
    code = fields.Selection(
        [
            ("gather", "Collect the documents"),
            ("fit", "Train the forecast"),
            ("compute", "Compute the scores"),
            ("store", "Store the figures"),
            ("decide", "Log the changes"),
        ],
        string="Step",
        required=True,
    )
    seconds = fields.Float(digits=(10, 2))

    @api.model
    def _steps(self):
        return self._fields["code"].get_values(self.env)
