from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

COLUMNS = SQL(
    "partner_id, company_id, date, document, amount, amount_original, currency_id, "
    "margin, quantity, channel, product_name, source_key"
)


class CrmValueImportReplaced(models.Model):
    """Purchase that an import replaced by another figure, kept for its undoing.

    Written and read by SQL only, so nobody has access rights.
    """

    _name = "crm.value.import.replaced"
    _description = "Replaced Purchase"
    _order = "import_id, id"
    _rec_name = "document"
    _log_access = False

    import_id = fields.Many2one(
        "crm.value.import", required=True, index=True, ondelete="cascade"
    )
    origin_id = fields.Many2one(
        "crm.value.import",
        string="Brought in by",
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        "res.partner", string="Customer", index=True, ondelete="set null"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade"
    )
    date = fields.Date(required=True)
    document = fields.Char()
    amount = fields.Float(digits=0)
    amount_original = fields.Float(digits=0)
    currency_id = fields.Many2one("res.currency", required=True)
    margin = fields.Float(digits=0)
    quantity = fields.Float()
    channel = fields.Char()
    product_name = fields.Char(string="Product")
    source_key = fields.Char(required=True)


class CrmValueImport(models.Model):
    """Replacing of documents by those of the file, and its undoing."""

    _inherit = "crm.value.import"

    def _replace_documents(self):
        """Put away the lines that the file has not, of documents that differ."""
        if self.documents_there != "replace":
            return
        with self._without_loops():
            self.env.cr.execute(
                SQL(
                    """
                    WITH differing AS (
                        SELECT document, date, entity, channel FROM (%(fresh)s) line
                        WHERE conflict IS NOT NULL AND customer_error IS NULL
                    ), gone AS (
                        DELETE FROM crm_value_transaction WHERE id IN (
                            SELECT there.id FROM (%(there)s) there
                            JOIN differing USING (document, date, entity)
                            WHERE there.channel IS NULL OR differing.channel IS NULL
                                OR there.channel = differing.channel
                        ) RETURNING *
                    )
                    INSERT INTO crm_value_import_replaced
                        (import_id, origin_id, %(columns)s)
                    SELECT %(id)s, import_id, %(columns)s FROM gone
                    """,
                    fresh=self._fresh(),
                    there=self._there(),
                    columns=COLUMNS,
                    id=self.id,
                )
            )

    def _replaced(self):
        """Return what this import replaced; nobody reads it but by an undoing."""
        return (
            self.env["crm.value.import.replaced"]
            .sudo()
            .search([("import_id", "in", self.ids)])
        )

    def _restore_documents(self):
        """Bring back what this import replaced, and forget what was replaced of it."""
        self.env.cr.execute(
            SQL(
                """
                WITH back AS (
                    DELETE FROM crm_value_import_replaced WHERE import_id = %(id)s
                    RETURNING *
                )
                INSERT INTO crm_value_transaction (import_id, %(columns)s)
                SELECT origin_id, %(columns)s FROM back ORDER BY id
                ON CONFLICT (company_id, source_key) DO NOTHING
                """,
                columns=COLUMNS,
                id=self.id,
            )
        )
        count = self.env.cr.rowcount
        self.env["crm.value.import.replaced"].invalidate_model()
        return count

    def _check_not_replaced(self):
        """Refuse to undo an import that a later one replaced documents of."""
        later = (
            self.env["crm.value.import.replaced"]
            .sudo()
            .search([("origin_id", "in", self.ids)], limit=1)
        )
        if later:
            raise UserError(
                self.env._(
                    "“%(name)s” replaced documents of this import. Undo that one "
                    "first.",
                    name=later.import_id.name,
                )
            )
