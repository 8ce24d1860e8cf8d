from base64 import b64encode
from datetime import date
from os.path import splitext

from odoo import api, models
from odoo.tools import SQL

from ...sheets.purchases import limits, purchase, reading, writing

FETCH = 10_000


class CrmValueImport(models.Model):
    """Downloads of an import: the template, and lines with errors and their reasons."""

    _inherit = "crm.value.import"

    @api.model
    def action_download_template(self):
        """Download an empty file with all columns and what they mean."""
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": "/crm_value/import/template"}

    def action_download_bad(self):
        """Download the bad lines, as they stand in the file, with row and reason."""
        self.ensure_one()
        self.check_access("read")
        url = f"/web/content/{self._name}/{self.id}/bad_file"
        return {
            "type": "ir.actions.act_url",
            "url": f"{url}?filename_field=bad_filename&download=1",
        }

    @api.model
    def _template(self):
        """Return the template as xlsx, in the user's language."""
        labels = self.env["crm.value.import.column"]._labels()
        explained = self._explanations()
        return writing.write_template(
            [labels[target] for target in explained],
            [example for example, _value_meaning in explained.values()],
            [(self.env._("Column"), self.env._("Meaning"))]
            + [
                (labels[target], meaning) for target, (_e, meaning) in explained.items()
            ],
            (self.env._("Purchases"), self.env._("Explanation")),
        )

    @api.model
    def _explanations(self):
        """Return target → (example, meaning) in the order of the template."""
        currency = self.env.company.currency_id.name
        return {
            "date": (
                date(2024, 3, 5),
                self.env._("Required. The day of the purchase or return."),
            ),
            **self._explain_customer(),
            "amount": (
                1250.5,
                self.env._("Required. Without tax; a return is negative."),
            ),
            "currency": (
                currency,
                self.env._("Code such as EUR. Empty: the default of the import."),
            ),
            "margin": (
                "",
                self.env._(
                    "Amount less cost, same currency. Empty means not known, not zero."
                ),
            ),
            **self._explain_details(),
        }

    @api.model
    def _explain_customer(self):
        """Return the explanations of the columns that name the customer."""
        return {
            "customer_ref": (
                "C-1001",
                self.env._(
                    "One of the four customer columns is required. "
                    "The reference of the contact."
                ),
            ),
            "customer_vat": (
                "",
                self.env._(
                    "One of the four customer columns is required. "
                    "Spaces and punctuation do not matter."
                ),
            ),
            "customer_email": (
                "",
                self.env._(
                    "One of the four customer columns is required. "
                    "The e-mail address of the contact."
                ),
            ),
            "customer_name": (
                "",
                self.env._(
                    "One of the four customer columns is required. "
                    "The exact name; capitals do not matter."
                ),
            ),
        }

    @api.model
    def _explain_details(self):
        """Return the explanations of the columns that may stay empty."""
        return {
            "document": (
                purchase.EXAMPLE,
                self.env._(
                    "Number of the receipt. Lines with this example are rejected."
                ),
            ),
            "product": (self.env._("Garden chair"), self.env._("What was bought.")),
            "quantity": (2, self.env._("How many.")),
            "channel": (self.env._("Shop"), self.env._("Where it was bought.")),
            "country": (
                "",
                self.env._("Name or code; used for customers that are created."),
            ),
            "source_key": (
                "",
                self.env._(
                    "A unique key of the line in the other system. Empty: generated "
                    "from the line. Lines whose key has already been imported are "
                    "skipped."
                ),
            ),
        }

    # --- the bad lines ----------------------------------------------------------------

    def _report(self):
        """Write the bad lines into a file to download, in the kind they came in."""
        if not self.bad_count:
            self._note({"problems": False, "bad_file": False, "bad_filename": False})
            return
        self._group_problems()
        with self._open() as stream:
            header, rows = reading.read_table(stream, self._layout())
            added = self._added()
            skip = len(added) if header[: len(added)] == added else 0  # a mended report
            content = writing.write_rows(
                self.kind, [*added, *header[skip:]], self._bad_rows(rows, skip)
            )
        base = (self.filename or self.name).removesuffix(".gz")
        name = self.env._("%(file)s errors", file=splitext(base)[0])
        self._note(
            {"bad_file": b64encode(content), "bad_filename": f"{name}.{self.kind}"}
        )

    @api.model
    def _added(self):
        """Return the names of the columns that a report has before the file's own."""
        return [self.env._("Row"), self.env._("Reason")]

    def _bad_rows(self, rows, skip):
        """Yield the cells of the bad rows: file and reasons walk side by side."""
        size = 0
        for wanted, reason in self._bad_lines():
            cells = next((cells for number, cells in rows if number == wanted), [])
            size += len(reason) + sum(len(c) for c in cells if isinstance(c, str))
            if size > limits.MOST_REPORTED:
                yield [wanted, self._say_more()]
                return
            yield [wanted, reason, *cells[skip:]]

    def _say_more(self):
        return self.env._(
            "The report ends here; lines with errors in all: %(count)s. Correct these "
            "in the file, then check it again for the others.",
            count=self.bad_count,
        )

    def _bad_lines(self):
        """Yield (row, reason) of the bad lines in order, a few at a time."""
        last = 0
        while True:
            lines = self.env.execute_query(
                SQL(
                    """
                    SELECT number, reason FROM (%s) judged
                    WHERE reason IS NOT NULL AND number > %s
                    ORDER BY number LIMIT %s
                    """,
                    self._judged_lines(),
                    last,
                    FETCH,
                )
            )
            yield from lines
            if len(lines) < FETCH:
                return
            last = lines[-1][0]
