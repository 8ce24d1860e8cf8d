from odoo import api, fields, models

from ...sheets.purchases.headers import TARGETS
from ...sheets.purchases.words import COUNTS, MEANINGS, RETURNS, SKIPPED

LABELS = [
    ("date", "Date"),
    ("time", "Time of Day"),
    ("customer_ref", "Customer Reference"),
    ("customer_vat", "Customer VAT"),
    ("customer_email", "Customer E-mail"),
    ("customer_name", "Customer Name"),
    ("amount", "Amount"),
    ("amount_gross", "Amount with Tax"),
    ("tax", "Tax"),
    ("unit_price", "Unit Price"),
    ("discount", "Discount"),
    ("discount_rate", "Discount in Percent"),
    ("returned", "Amount of Returns"),
    ("shipping", "Shipping"),
    ("refunded", "Refunded Amount"),
    ("currency", "Currency"),
    ("margin", "Margin"),
    ("document", "Document"),
    ("product", "Product"),
    ("quantity", "Quantity"),
    ("status", "Status"),
    ("status_2", "Second Status"),
    ("type", "Sale or Return"),
    ("channel", "Channel"),
    ("country", "Country of New Customers"),
    ("source_key", "Source Key"),
]

assert tuple(key for key, _label in LABELS) == TARGETS


class CrmValueImportLine(models.Model):
    """Staged line of a file, between check and import.

    Written by COPY and read by SQL only, so nobody has access rights. Plain numbers
    instead of relations: a foreign key would check each of a million rows for nothing.
    Gone when the import is done.
    """

    _name = "crm.value.import.line"
    _description = "Import Line"
    _order = "import_id, number"
    _rec_name = "number"
    _log_access = False

    import_id = fields.Integer(aggregator=None, required=True)
    number = fields.Integer(string="Row", required=True)
    error = fields.Char(string="Problem")
    date = fields.Date()
    document = fields.Char()
    amount = fields.Float(digits=0)
    amount_original = fields.Float(digits=0)
    currency_id = fields.Integer(
        aggregator=None,
    )
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
    old_key = fields.Char(help="The key of earlier versions, where it was another.")
    zone = fields.Char(help="The zone of the moment, as it is written.")
    conflict = fields.Char(help="What is there of the document, if figures differ.")

    _number_uniq = models.Constraint(
        "UNIQUE (import_id, number)", "A line of a file can be checked only once."
    )


class CrmValueImportColumn(models.Model):
    """One column of the file, and what it holds."""

    _name = "crm.value.import.column"
    _inherit = ["crm.value.guarded"]
    _description = "Import Column"
    _order = "import_id, position"

    import_id = fields.Many2one(
        "crm.value.import", required=True, index=True, ondelete="cascade"
    )
    position = fields.Integer(required=True, readonly=True)
    name = fields.Char(string="Column", readonly=True)
    example = fields.Char(string="Examples", readonly=True)
    target = fields.Selection(LABELS, string="Matched to")
    carried = fields.Selection(
        [
            ("document", "In the same document"),
            ("next", "Until the next one"),
            ("group", "From a row above the lines"),
            ("total", "From a row above, until its total"),
        ],
        string="Empty Cells Filled",
        help="How far what stands once reaches down to the empty cells below.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Leave it to the reading of the file which columns there are."""
        columns = super().create(vals_list)
        columns._unsettle()
        return columns

    def write(self, vals):
        """Let a change of the matching drop the last check."""
        self._unsettle()
        before = set(self.mapped("target"))
        result = super().write(vals)
        if "import_id" in vals:
            self._unsettle()
        if set(MEANINGS) & (before ^ set(self.mapped("target"))):
            self.import_id._list_values()
        return result

    def unlink(self):
        """Let a change of the matching drop the last check."""
        self._unsettle()
        return super().unlink()

    def _unsettle(self):
        self.import_id._unsettle_by_part()

    @api.model
    def _labels(self):
        """Return the names of the targets in the user's language, key → name."""
        return dict(self._fields["target"]._description_selection(self.env))


class CrmValueImportCustomer(models.Model):
    """One customer as a file names it, and who that is.

    Written by SQL. After the import only those stay whom it created or completed.
    """

    _name = "crm.value.import.customer"
    _description = "Import Customer"
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
    ref_learnt = fields.Boolean(help="The contact had no reference and got this one.")
    email_learnt = fields.Boolean(help="The contact had no e-mail and got this one.")
    error = fields.Char(string="Problem")
    same_id = fields.Integer(aggregator=None, string="Same Customer as")
    several = fields.Integer(string="Possible Customers")
    outcome = fields.Char(help="found, missing, several, or shared (an e-mail).")

    _key_uniq = models.Constraint(
        "UNIQUE (import_id, kind, key)",
        "A customer of a file can be matched only once.",
    )


class CrmValueImportValue(models.Model):
    """One status of a file, or one kind of its lines, and whether such lines count."""

    _name = "crm.value.import.value"
    _inherit = ["crm.value.guarded"]
    _description = "Import Status"
    _order = "import_id, target, id"
    _rec_name = "value"

    import_id = fields.Many2one(
        "crm.value.import", required=True, index=True, ondelete="cascade"
    )
    target = fields.Selection(
        [
            ("status", "Status"),
            ("status_2", "Second Status"),
            ("type", "Sale or Return"),
        ],
        string="Column",
        required=True,
        readonly=True,
    )
    value = fields.Char(readonly=True)
    line_count = fields.Integer(
        string="Lines",
        readonly=True,
        help="Among the first lines of the file; after the check among all.",
    )
    meaning = fields.Selection(
        [
            (COUNTS, "Counts"),
            (RETURNS, "Counts as a return"),
            (SKIPPED, "Does not count"),
        ],
        string="What Its Lines Are",
    )

    _value_uniq = models.Constraint(
        "UNIQUE (import_id, target, value)", "A status of a file can be listed once."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Leave it to the reading of the file which statuses there are."""
        records = super().create(vals_list)
        records._unsettle()
        return records

    def write(self, vals):
        """Let a change of what counts drop the last check."""
        self._unsettle()
        result = super().write(vals)
        if "import_id" in vals:
            self._unsettle()
        return result

    def unlink(self):
        """Let a change of what counts drop the last check."""
        self._unsettle()
        return super().unlink()

    def _unsettle(self):
        self.import_id._unsettle_by_part()
