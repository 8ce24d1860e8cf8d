from odoo import api, fields, models

from ...sheets.purchases.headers import TARGETS

LABELS = [
    ("date", "Date"),
    ("customer_ref", "Customer Reference"),
    ("customer_vat", "Customer VAT"),
    ("customer_email", "Customer E-mail"),
    ("customer_name", "Customer Name"),
    ("amount", "Amount"),
    ("currency", "Currency"),
    ("margin", "Margin"),
    ("document", "Document"),
    ("product", "Product"),
    ("quantity", "Quantity"),
    ("channel", "Channel"),
    ("country", "Country of New Customers"),
    ("source_key", "Source Key"),
]
assert tuple(key for key, _label in LABELS) == TARGETS


class CrmValueImportColumn(models.Model):
    """One column of the file, and what it holds."""

    _name = "crm.value.import.column"
    _description = "Column of an Import"
    _order = "import_id, position"

    import_id = fields.Many2one(
        "crm.value.import", required=True, index=True, ondelete="cascade"
    )
    position = fields.Integer(required=True, readonly=True)
    name = fields.Char(string="Column", readonly=True)
    example = fields.Char(string="Examples", readonly=True)
    target = fields.Selection(LABELS, string="Holds")

    def write(self, vals):
        """Let a change of the matching drop the last check."""
        if "target" in vals:
            self.import_id._unsettle()
        return super().write(vals)

    @api.model
    def _labels(self):
        """Return the names of the targets in the user's language, key → name."""
        return dict(self._fields["target"]._description_selection(self.env))
