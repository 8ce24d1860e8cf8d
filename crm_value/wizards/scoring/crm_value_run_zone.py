from odoo import api, fields, models

from odoo.addons.base.models.res_partner import _tz_get


class CrmValueRunZone(models.TransientModel):
    """Asks for the time zone of a company before the first run that is asked for."""

    _name = "crm.value.run.zone"
    _description = "Time Zone of the Company"

    tz = fields.Selection(
        _tz_get,
        string="Time Zone",
        required=True,
        default=lambda self: self.env.user.tz,
        help="Decides on which day an order counts, and when a month ends.",
    )

    def action_run(self):
        """Keep the time zone of the current company, and ask for the run."""
        self.ensure_one()
        # Who may start runs need not be allowed to edit the company's contact.
        self.env.company.sudo().partner_id.tz = self.tz
        return self.env["crm.value.run"].action_run_now()

    @api.model
    def _ask(self):
        """Return the action that opens the dialog."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Where Is the Company?"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
        }
