from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    """Sets up the points program of the company from the settings."""

    _inherit = "res.config.settings"

    value_points_program_id = fields.Many2one(
        "loyalty.program",
        compute="_compute_value_points_program_id",
        string="Points Program",
    )

    @api.depends("company_id")
    def _compute_value_points_program_id(self):
        for settings in self:
            settings.value_points_program_id = (
                settings.company_id._value_points_program()
            )

    def action_set_up_points(self):
        """Create the points program of the company, or open the one it has."""
        return self.env["loyalty.program"].action_value_set_up()
