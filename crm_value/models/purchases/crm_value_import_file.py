from contextlib import contextmanager
from datetime import date, timedelta
from io import BytesIO
from itertools import islice

import pytz
from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ... import words
from ...sheets.purchases import amounts, headers, reading, values
from ...sheets.purchases.identity import NOBODY
from ...sheets.purchases.problems import SheetError
from ...sheets.purchases.purchase import Line, Parser
from ...sheets.purchases.rows import Skipped
from .crm_value_import_rates import Rates

SAMPLE_ROWS = 1000
PREVIEW_ROWS = 10
KEEP_DAYS = 30
FILES_AT_ONCE = 1000
PREVIEW_COLUMNS = ("date", "document", "product_name", "quantity", "channel")


class CrmValueImport(models.Model):
    """File of an import: format, meaning of its columns, parsing of its rows."""

    _inherit = "crm.value.import"

    @api.autovacuum
    def _gc_files(self):
        """Delete uploaded files, and what quotes them: they name customers.

        The purchases stay, and how the columns were matched.
        """
        limit = fields.Datetime.now() - timedelta(days=KEEP_DAYS)
        old = self._attachments().search(
            [
                ("res_model", "=", self._name),
                ("res_field", "=", "file"),
                ("write_date", "<", limit),
            ],
            limit=FILES_AT_ONCE,
        )
        records = self.browse(old.mapped("res_id")).exists()
        for record in records.filtered(lambda r: r.state not in ("queued", "running")):
            record._forget_file()

    def _forget_file(self):
        if self.state in ("checked", "failed"):
            self._reset()
        names = ("file", "sample", "problems", "encodings", "bad_file", "bad_filename")
        gone = dict.fromkeys(names, False)
        examples = [
            Command.update(column.id, {"example": False}) for column in self.column_ids
        ]
        self._note({**gone, "column_ids": examples})

    @api.model
    def _attachments(self):
        # The attachment of a field is open to whoever may read the field.
        return self.env["ir.attachment"].sudo()

    @contextmanager
    def _open(self):
        """Yield the file as an unpacked stream; what is wrong is a UserError."""
        self.ensure_one()
        attachment = self._attachments().search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("res_field", "=", "file"),
            ]
        )
        if attachment.store_fname:
            source = open(attachment._full_path(attachment.store_fname), "rb")  # noqa: SIM115
        else:
            source = BytesIO(attachment.raw or b"")
        with source:
            try:
                yield reading.unpack(source)
            except SheetError as error:
                raise UserError(self.env._(error.text)) from error

    def _layout(self):
        return reading.Layout(
            self.kind,
            self.encoding or (self.encodings or [["utf-8"]])[0][0],
            self.delimiter or ",",
            self.sheet_name,
            header_row=self.header_row,
        )

    def _inspect(self, detect=True, keep_header=False):
        """Find out how the file is read, and guess what its columns hold."""
        with self._open() as stream:
            if detect:
                self._detect(stream)
            elif not keep_header:
                found = reading.guess_header_row(stream, self._layout())
                self._note({"header_row": found})
            layout = self._layout()
            header, rows = reading.read_head(stream, layout, SAMPLE_ROWS)
            if layout.kind == "xlsx":  # another sheet may have been chosen
                self._note({"row_count": reading.count_rows(stream, layout)})
        cells = [
            [row[position] if position < len(row) else None for _number, row in rows]
            for position in range(len(header))
        ]
        targets, carried, once = self._guess_reading(
            header,
            headers.guess(header, cells, self._own_labels()),
            [row for _number, row in rows],
        )
        self._note(
            {
                "sample": [
                    [number, [_plain(cell) for cell in row]]
                    for number, row in rows[:PREVIEW_ROWS]
                ],
                "once_per_document": once,
                "column_ids": _columns(header, cells, targets, carried),
            }
        )
        self._guess_currency(targets, header, cells)
        self._list_values(rows)
        self._guess_marks()

    def _set_layout(self, layout):
        known = dict(self._fields["delimiter"].selection)
        self._note(
            {
                "kind": layout.kind,
                "encoding": layout.encoding or False,
                "delimiter": layout.delimiter if layout.delimiter in known else False,
                "sheet_name": layout.sheet,
                "row_count": layout.row_count,
                "header_row": layout.header_row,
            }
        )

    @api.model
    def _own_labels(self):
        """Return what this Odoo calls the columns, in templates and in exports."""
        labels = {
            label: key
            for key, label in self.env["crm.value.import.column"]._labels().items()
        }
        targets = {
            "partner_id": "customer",
            "date": "date",
            "document": "document",
            "amount": "amount_company",
            "amount_original": "amount",
            "currency_id": "currency",
            "margin": "margin_company",
            "quantity": "quantity",
            "channel": "channel",
            "product_name": "product",
            "source_key": "source_key",
        }
        described = self.env["crm.value.transaction"].fields_get(
            list(targets), ["string"]
        )
        exported = {described[name]["string"]: targets[name] for name in described}
        return targets | exported | labels

    def _check_matching(self):
        """Say what is missing before a line is read."""
        targets = [target for target in self.column_ids.mapped("target") if target]
        labels = self.env["crm.value.import.column"]._labels()
        for target in targets:
            if targets.count(target) > 1:
                raise UserError(
                    self.env._(
                        "Two columns are matched to “%(target)s”. Keep one of them.",
                        target=labels[target],
                    )
                )
        wanted = ["date"]
        if not amounts.used(set(targets)):
            wanted.append("amount")
        if self.match_by != "auto":
            wanted.append(headers.CUSTOMER[self.match_by])
        missing = [labels[target] for target in wanted if target not in targets]
        if missing:
            raise UserError(
                self.env._(
                    "Choose the column that holds: %(targets)s. If the file seems to "
                    "have one column only, choose another delimiter.",
                    targets=", ".join(missing),
                )
            )
        if not (self.walk_in_id or set(headers.CUSTOMER.values()) & set(targets)):
            raise UserError(
                self.env._(
                    "Choose the column that names the customer: by reference, VAT, "
                    "e-mail or name. If none does, choose whose all lines are under "
                    "“Lines without a Customer Belong to”."
                )
            )

    def _parser(self):
        """Return what turns rows into lines, by the matching and the rules."""
        columns = self.column_ids
        return Parser(
            columns={c.target: c.position for c in columns if c.target},
            width=max(columns.mapped("position"), default=-1) + 1,
            rates=Rates(self.company_id),
            default_currency=self.currency_id.name,
            today=fields.Date.context_today(self),
            match_by=self.match_by,
            date_order=self.date_format,
            number_style=self.number_style or "",
            strict_width=self.kind == "csv",
            zone=pytz.timezone(self.company_id._value_timezone()),
            is_report=columns.sorted("position")[:2].mapped("name") == self._added(),
            languages=self._languages(),
            translate=self.env._,
            clauses=lambda said: words.clauses(self.env, said),
            walk_in=bool(self.walk_in_id),
            whole_refs=self._has_whole_numbers(),
            **self._reading_options(),
        )

    @api.depends(
        "sample",
        "column_ids.target",
        "column_ids.carried",
        "company_id",
        "currency_id",
        "date_format",
        "match_by",
        "once_per_document",
        "value_ids.meaning",
        "number_style",
        "seen",
        "walk_in_id",
    )
    def _compute_preview(self):
        for record in self:
            targets = set(record.column_ids.mapped("target"))
            ready = record.sample and "date" in targets and amounts.used(targets)
            record.preview = record._preview_table() if ready else False

    def _preview_table(self):
        """Return the first rows as they will be understood."""
        readings = [[*parser.lines(self.sample)] for parser in self._readings()]
        written = self._written_sample()
        names = self._contact_names(readings[0])
        rows = Markup().join(
            self._preview_row(lines, names, written)
            for lines in zip(*readings, strict=True)
        )
        labels = [
            self.env._("Row"),
            self.env._("Date"),
            self.env._("Document"),
            self.env._("Product"),
            self.env._("Quantity"),
            self.env._("Channel"),
            self.env._("Customer"),
            self.env._("Amount"),
        ]
        head = Markup().join(Markup("<th>%s</th>") % label for label in labels)
        return Markup(
            "<table class='table table-sm'><thead><tr>%s</tr></thead>%s</table>"
        ) % (head, rows)

    def _written_sample(self):
        """Return number → {target: text}, the first rows as the file has them."""
        columns = {c.target: c.position for c in self.column_ids if c.target}
        return {
            number: {
                target: values.to_text(row[at]) if at < len(row) else ""
                for target, at in columns.items()
            }
            for number, row in self.sample
        }

    def _contact_names(self, lines):
        """Return (kind, key) → name of the contacts that the first lines name."""
        named = {(line.kind, line.key) for line in lines if line.__class__ is Line}
        found = {}
        for kind, name in (("ref", "ref"), ("email", "email_normalized")):
            keys = [key for found_kind, key in named if found_kind == kind]
            for partner in self.env["res.partner"].search([(name, "in", keys)]):
                found.setdefault((kind, partner[name]), partner.name)
        return found

    def _preview_row(self, readings, names, written):
        """Return a row as HTML; what can be read in two ways is shown in both.

        :param written: the rows as the file has them, see ``_written_sample()``
        """
        first = readings[0]
        if first.__class__ is Skipped:
            return Markup(
                "<tr class='text-muted'><td>%s</td><td colspan='7'>%s: %s</td></tr>"
            ) % (
                first.number,
                self.env._("Does not count"),
                self._say_skipped(first, written[first.number]),
            )
        lines = [line for line in readings if not line.error]
        if not lines:
            return Markup(
                "<tr><td>%s</td><td colspan='7' class='text-danger'>%s</td></tr>"
            ) % (readings[0].number, readings[0].error)
        columns = zip(
            *(self._preview_cells(line, names, written) for line in lines), strict=True
        )
        either = Markup(" <strong>%s</strong> ") % self.env._("or")
        cells = [either.join(dict.fromkeys(texts)) for texts in columns]
        return Markup("<tr>%s</tr>") % Markup().join(
            Markup("<td>%s</td>") % cell for cell in cells
        )

    def _say_skipped(self, skipped, row):
        """Return why a row does not count, in the words of the file.

        :param row: target → text, as the file has it
        """
        if skipped.target == "repeated":
            return self.env._("repeats order %s", skipped.value)
        own = row.get(skipped.target)
        if not own or own == skipped.value:
            return skipped.value
        # Another column said so: when it was cancelled, for one.
        return f"{own} ({skipped.value})"

    def _say_products(self, line, written):
        """Return all that a document holds whose amount counts once."""
        if not (line.document and self.once_per_document):
            return None
        rows = [row for row in written.values() if row["document"] == line.document]
        found = [
            f"{row['quantity']} × {row['product']}"
            if row.get("quantity")
            else row["product"]
            for row in rows
            if row.get("product")
        ]
        return ", ".join(found)

    def _preview_cells(self, line, names, written):
        line = line._replace(
            product_name=line.product_name or self._say_products(line, written)
        )
        currency = self.env["res.currency"].browse(line.currency_id)
        cells = [
            line.number,
            *(getattr(line, name) for name in PREVIEW_COLUMNS),
            self._preview_customer(line, names),
            currency.format(line.amount_original),
        ]
        return ["" if cell is None else str(cell) for cell in cells]

    def _preview_customer(self, line, names):
        """Return who a line names: the name that is known, and what it is known by."""
        if line.kind == NOBODY:
            return self.walk_in_id.display_name
        kinds = dict(self._fields["match_by"]._description_selection(self.env))
        key = getattr(line, line.kind)
        name = line.name or names.get((line.kind, line.key))
        if not name or line.kind == "name":
            return f"{key} ({kinds[line.kind]})"
        return f"{name} ({key})"


def _columns(header, cells, targets, carried):
    """Return the commands that list the columns anew."""
    columns = [
        Command.create(
            {
                "position": position,
                "name": name,
                "example": _example(cells[position]),
                "target": targets[position],
                "carried": carried.get(targets[position]),
            }
        )
        for position, name in enumerate(header)
        if name or _example(cells[position])
    ]
    return [Command.clear(), *columns]


def _plain(cell):
    """Return a cell as JSON holds it and as the parser understands it again."""
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, str | int | float) else values.to_text(cell)


def _example(cells):
    texts = dict.fromkeys(filter(None, map(values.to_text, cells[:50])))
    return " · ".join(text[:40] for text in islice(texts, 3))
