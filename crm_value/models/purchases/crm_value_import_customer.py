from odoo import fields, models


class CrmValueImportCustomer(models.Model):
    """One customer as a file names it, and who that is.

    Written by SQL. After the import only the customers it created stay.
    """

    _name = "crm.value.import.customer"
    _description = "Customer of an Import"
    _order = "import_id, id"
    _rec_name = "key"
    _log_access = False

    import_id = fields.Many2one("crm.value.import", required=True, ondelete="cascade")
    kind = fields.Char(required=True)
    key = fields.Char(required=True)
    ref = fields.Char()
    vat = fields.Char()
    email = fields.Char()
    name = fields.Char()
    country = fields.Char()
    partner_id = fields.Many2one("res.partner", index=True, ondelete="cascade")
    created = fields.Boolean()
    error = fields.Char(string="Problem")

    _key_uniq = models.Constraint(
        "UNIQUE (import_id, kind, key)", "A customer of a file is matched once."
    )
