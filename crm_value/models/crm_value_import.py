from odoo import fields, models


class CrmValueImport(models.Model):
    _name = "crm.value.import"
    _description = "Import of Purchases"

    name = fields.Char(required=True)
    company_id = fields.Many2one("res.company", required=True)
