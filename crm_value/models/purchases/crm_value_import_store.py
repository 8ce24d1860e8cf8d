import os
from base64 import b64encode
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

FEW_CUSTOMERS = 1000  # more of them are scored by a full run


class CrmValueImport(models.Model):
    """Storing of staged lines in one transaction, and its undoing."""

    _inherit = "crm.value.import"

    def _import(self):
        """Take all good lines in; find out anew who is who, for time has passed."""
        self._resolve()
        self._report()
        if self.bad_count and not self.skip_bad:
            self._note(
                {
                    "state": "checked",
                    "message": self.env._(
                        "Customers have changed since the check. Lines that have "
                        "errors now: %(count)s. Nothing has been imported.",
                        count=self.bad_count,
                    ),
                }
            )
            return
        self._create_customers()
        self._learn_customers()
        self._replace_documents()
        self._insert()
        self._analyze("crm_value_transaction")
        self._rescore(self._customers() | self._replaced().partner_id)
        self._drop_staged()
        self._note(
            {"state": "done", "done_at": fields.Datetime.now(), "message": False}
        )

    def _insert(self):
        """Turn the staged lines into purchases by one statement."""
        if not self.good_count:
            return
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_value_transaction (
                    partner_id, company_id, date, document, amount, amount_original,
                    currency_id, margin, quantity, channel, product_name, source_key,
                    import_id
                )
                SELECT partner_id, %(company)s, date, document, amount, amount_original,
                    currency_id, margin, quantity, channel, product_name, source_key,
                    import_id
                FROM (%(lines)s) judged WHERE reason IS NULL ORDER BY number
                ON CONFLICT (company_id, source_key) DO NOTHING
                """,
                company=self.company_id.id,
                lines=self._judged_lines(),
            )
        )
        self.env["crm.value.transaction"].invalidate_model()

    def _customers(self):
        """Return the commercial partners of this import's purchases."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT coalesce(partner.commercial_partner_id, partner.id)
                FROM crm_value_transaction bought
                JOIN res_partner partner ON partner.id = bought.partner_id
                WHERE bought.import_id = %s
                """,
                self.id,
            )
        )
        return self.env["res.partner"].browse(row[0] for row in rows)

    def _rescore(self, customers):
        """Have the customers scored again: a few by the refresh, many by a full run."""
        if len(customers) <= FEW_CUSTOMERS:
            self.env["crm.value.stale"]._mark(customers, self.company_id)
        else:
            self._rescore_everybody()

    def _rescore_everybody(self):
        """Have all customers of the company scored: too many have changed."""

    def action_undo(self):
        """Take the purchases of this import back. Customers it created stay."""
        self.ensure_one()
        self.check_access("write")
        self.env["crm.value.transaction"].check_access("unlink")
        if self.state != "done":
            raise UserError(self.env._("Only a completed import can be undone."))
        self._check_not_replaced()
        self.env.flush_all()
        customers = self._customers() | self._replaced().partner_id
        self.env.cr.execute(
            SQL("DELETE FROM crm_value_transaction WHERE import_id = %s", self.id)
        )
        count = self.env.cr.rowcount
        restored = self._restore_documents()
        forgotten = self._forget_learnt()
        self.env["crm.value.transaction"].invalidate_model()
        self._rescore(customers)
        self._note(
            {
                "state": "undone",
                "undone_by_id": self.env.uid,
                "undone_at": fields.Datetime.now(),
                "message": self._undo_message(count, restored, forgotten),
            }
        )

    def _undo_message(self, count, restored, forgotten):
        created = self.env["crm.value.import.customer"].search_count(
            [("import_id", "=", self.id), ("created", "=", True)]
        )
        texts = [self.env._("Purchases removed: %(count)s.", count=count)]
        if restored:
            texts.append(
                self.env._(
                    "Purchases that had been replaced and are back: %(count)s.",
                    count=restored,
                )
            )
        if forgotten:
            texts.append(
                self.env._(
                    "Contacts whose added reference or e-mail address was taken back: "
                    "%(count)s.",
                    count=forgotten,
                )
            )
        if created:
            texts.append(
                self.env._(
                    "Customers created by the import remain: %(created)s, see "
                    "“Created Customers”.",
                    created=created,
                )
            )
        return " ".join(texts)

    @api.model
    def _import_file(self, path, company, mapping=None, create_missing=True, **values):
        """Import a file of the server's disk at once, as from a shell.

        In ``odoo shell``, where ``env`` is at hand and nothing commits by itself::

            env["crm.value.import"]._import_file("history.csv.gz", env.company)
            env.cr.commit()

        :param dict mapping: name of a column → what it holds (a key of
            ``crm.value.import.column.target``); columns it leaves out are not read.
            Without it the guess from the names is taken.
        :param values: more fields of the import, e.g. ``number_style="comma"``, and
            what a check may ask: ``shared_email``, ``documents_there``
        :return: the import, "done", or "checked" with a report if a line is bad: then
            nothing has been imported
        """
        record = self.with_company(company).create(
            {
                "company_id": company.id,
                "filename": os.path.basename(path),
                "file": b64encode(Path(path).read_bytes()),
            }
        )
        if mapping:
            record._set_mapping(mapping)
        record.write({"create_missing": create_missing, **values})
        record._check_rights()
        record._check_matching()
        record._check()
        if not record.bad_count:
            record._import()
        return record

    def _set_mapping(self, mapping):
        """Match the columns as ``mapping`` says, and no others."""
        unknown = set(mapping) - set(self.column_ids.mapped("name"))
        if unknown:
            raise UserError(
                self.env._(
                    "The file has no column “%(name)s”. It has: %(names)s.",
                    name=min(unknown),
                    names=", ".join(filter(None, self.column_ids.mapped("name"))),
                )
            )
        for column in self.column_ids:
            column.target = mapping.get(column.name, False)
