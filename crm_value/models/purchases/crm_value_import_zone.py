from odoo import api, fields, models

from odoo.addons.base.models.res_partner import _tz_get


class CrmValueImport(models.Model):
    """The company's time zone, asked for where nobody has said it yet.

    It decides on which day a moment counts that the file names with its zone.
    """

    _inherit = "crm.value.import"

    company_tz = fields.Selection(
        _tz_get,
        string="Time Zone of the Company",
        compute="_compute_company_tz",
        inverse="_inverse_company_tz",
        help="Decides on which day an order counts, and when a month ends.",
    )
    asks_zone = fields.Boolean(compute="_compute_asks_zone")

    @api.depends("company_id.partner_id.tz")
    def _compute_company_tz(self):
        for record in self:
            record.company_tz = record.company_id.sudo().partner_id.tz

    def _inverse_company_tz(self):
        """Keep the zone of a company that has none; another one is for the settings."""
        for record in self.filtered("company_tz"):
            # Who may import need not be allowed to edit the company's contact.
            company = record.company_id.sudo().partner_id
            company.tz = company.tz or record.company_tz

    @api.depends("company_id.partner_id.tz")
    def _compute_asks_zone(self):
        for record in self:
            record.asks_zone = not record.company_id.sudo().partner_id.tz
