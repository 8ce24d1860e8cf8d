from odoo import fields, models


class CrmValueImportLine(models.Model):
    """A line of a file between its check and its import.

    Written by COPY and read by SQL only, so nobody has access rights. Plain numbers
    instead of relations: a foreign key would check each of a million rows for nothing.
    Gone when the import is done.
    """

    _name = "crm.value.import.line"
    _description = "Checked Line of an Import"
    _order = "import_id, number"
    _rec_name = "number"
    _log_access = False

    import_id = fields.Integer(required=True)
    number = fields.Integer(string="Row", required=True)
    error = fields.Char(string="Problem")
    date = fields.Date()
    document = fields.Char()
    amount = fields.Float(digits=0)
    amount_original = fields.Float(digits=0)
    currency_id = fields.Integer()
    margin = fields.Float()
    quantity = fields.Float()
    channel = fields.Char()
    product_name = fields.Char(string="Product")
    kind = fields.Char()
    key = fields.Char(string="Customer")
    ref = fields.Char()
    vat = fields.Char()
    email = fields.Char()
    name = fields.Char()
    country = fields.Char()
    source_key = fields.Char()
    own_key = fields.Boolean(help="The key came with the file.")

    _number_uniq = models.Constraint(
        "UNIQUE (import_id, number)", "A line of a file is staged once."
    )
