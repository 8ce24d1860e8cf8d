from odoo import models


class CrmValueRunZone(models.TransientModel):
    """Asked from the check of the data, it keeps the time zone and runs nothing."""

    _inherit = "crm.value.run.zone"

    def action_keep(self):
        """Keep the time zone of the current company, and show the check again."""
        self.ensure_one()
        self.env["crm.value.run"].check_access("create")
        # Who may start runs need not be allowed to edit the company's contact.
        self.env.company.sudo().partner_id.tz = self.tz
        return self.env["crm.value.onboarding.check"]._open(self.env.company)
