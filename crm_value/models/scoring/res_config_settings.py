from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    """Settings page of customer value; the rules themselves are versioned policies."""

    _inherit = "res.config.settings"

    value_policy_id = fields.Many2one(
        "crm.value.policy", compute="_compute_value_policy_id"
    )
    value_run_id = fields.Many2one("crm.value.run", compute="_compute_value_policy_id")
    value_tz = fields.Selection(
        related="company_id.partner_id.tz",
        string="Time Zone of the Company",
        help="Decides on which day an order counts, and when a month ends. Without "
        "one, days begin and end in UTC.",
        readonly=False,
    )
    value_own_companies = fields.Boolean(
        related="company_id.value_own_companies", readonly=False
    )
    value_sight = fields.Selection(related="company_id.value_sight", readonly=False)
    value_as_of = fields.Date(related="value_run_id.as_of", string="Figures as of")

    @api.depends("company_id")
    def _compute_value_policy_id(self):
        for settings in self:
            company = settings.company_id
            settings.value_policy_id = self.env["crm.value.policy"]._published(company)
            settings.value_run_id = self.env["crm.value.run"]._current(company)

    def action_open_value_policy(self):
        """Open the rules in force."""
        self.ensure_one()
        return self.value_policy_id._get_records_action()
