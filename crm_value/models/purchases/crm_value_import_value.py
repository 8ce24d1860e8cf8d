from odoo import api, fields, models

from ...sheets.purchases import words


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
            (words.COUNTS, "Counts"),
            (words.RETURNS, "Counts as a return"),
            (words.SKIPPED, "Does not count"),
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
