from collections import Counter

from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from ...sheets.purchases import (
    amounts,
    dates,
    money,
    names,
    reading,
    rows,
    values,
    words,
)
from .crm_value_import_file import SAMPLE_ROWS
from .crm_value_import_rates import Rates

MOST_VALUES = 100  # of a status
SIGN = Markup(" %s ")


class CrmValueImport(models.Model):
    """What the columns of a file mean together: its amount, and which rows count."""

    _inherit = "crm.value.import"

    once_per_document = fields.Boolean(
        string="Amount of the Whole Document",
        help="The amount is that of the whole document and may stand on each of its "
        "lines: it counts once.",
    )
    value_ids = fields.One2many("crm.value.import.value", "import_id", copy=False)
    reading_note = fields.Html(
        compute="_compute_reading_note",
        sanitize=False,
        groups="crm_value.group_officer",
    )
    skipped = fields.Json(readonly=True, copy=False)
    skipped_count = fields.Integer(
        string="Lines That Do Not Count",
        readonly=True,
        copy=False,
        help="Cancelled ones and the like, totals, and the repeated amount of a "
        "document. They are no errors.",
    )
    skipped_note = fields.Char(compute="_compute_skipped_note", string="Of These")

    def _guess_reading(self, header, targets, sample):
        """Return (targets, target → how far its cells reach, once per document).

        :param list sample: the first rows
        """
        group = rows.guess_group(targets, sample)
        if not group:
            carried = rows.guess_carried(targets, sample)
            return targets, carried, rows.guess_once(header, targets, sample)
        position, reach = group
        targets = list(targets)
        targets[position] = targets[position] or "customer_name"
        once = rows.guess_once(header, targets, sample)
        return targets, {targets[position]: reach}, once

    def _written_currency(self, targets, header):
        """Return the currency that the name of the amount's column says, if it is one.

        :param targets: target of each column
        """
        found = dict(zip(targets, header, strict=True))
        if "currency" in found:
            return self.env["res.currency"]
        parts = amounts.used({target for target in targets if target})
        codes = {names.currency_of(found[part] or "") for part in parts} - {""}
        domain = [("name", "=", min(codes, default=""))]
        return self.env["res.currency"].with_context(active_test=False).search(domain)

    def _guess_currency(self, targets, header, columns):
        """Take the currency of the amount's name, or the one sign of all its cells.

        Only where nobody has chosen another than that of the company.
        """
        if self.currency_id != self.company_id.currency_id or "currency" in targets:
            return
        written = self._written_currency(targets, header).filtered("active")
        parts = amounts.used({target for target in targets if target})
        if not written and parts:
            sign = money.sign_of(columns[list(targets).index(parts[0])])
            found = Rates(self.company_id).currency(sign) if sign else None
            written = written.browse(found.id if found else [])
        if written:
            self._note({"currency_id": written.id})

    def _list_values(self, sample=None):
        """List the statuses of the first rows; what was chosen for one stays.

        :param list sample: the first rows; without it they are read again
        """
        for record in self.filtered("sample"):
            found = sample or record._read_sample()
            record._note({"value_ids": record._value_commands(found)})

    def _meanings(self, target, found):
        """Return value → what its lines are, None where that is to be asked."""
        columns = {c.target: c.name or "" for c in self.column_ids if c.target}
        is_ending = money.kind_of(columns.get(target, "")) in ("cancelled", "refunded")
        meanings = words.meanings(target, found, is_ending)
        if "refunded" in columns:  # what was paid back is subtracted
            for value in filter(words.is_partly_refunded, found):
                meanings[value] = words.COUNTS
        return meanings

    def _read_sample(self):
        with self._open() as stream:
            _header, found = reading.read_head(stream, self._layout(), SAMPLE_ROWS)
        return found

    def _value_commands(self, sample):
        columns = {c.target: c.position for c in self.column_ids if c.target}
        options = self._reading_options()
        settled = [
            found
            for found in rows.Rows(
                columns, options["carried"], options["once_per_document"]
            ).settle(sample)
            if found.__class__ is not rows.Skipped
        ]
        chosen = {(v.target, v.value or ""): v.meaning for v in self.value_ids}
        commands = [Command.clear()]
        for target in [target for target in words.MEANINGS if target in columns]:
            counts = _count(settled, columns[target])
            meanings = self._meanings(target, counts)
            commands += [
                Command.create(
                    {
                        "target": target,
                        "value": value,
                        "line_count": count,
                        "meaning": chosen.get((target, value)) or meanings[value],
                    }
                )
                for value, count in counts.most_common(MOST_VALUES)
            ]
        return commands

    def _unsettle_by_part(self):
        """Make a check worthless, unless the company goes, or the import itself notes.

        A company that goes takes its imports along, also finished ones.
        """
        goes = self.env.su and self.env.context.get(MODULE_UNINSTALL_FLAG)
        if not (goes or self._is_noting()):
            self._unsettle()

    def _reading_options(self):
        """Return what the parser has to know of the columns' meaning."""
        return {
            "counting": {
                (value.target, words.plain(value.value or "")): value.meaning
                for value in self.value_ids
                if value.meaning
            },
            "carried": {c.target: c.carried for c in self.column_ids if c.carried},
            "once_per_document": self.once_per_document,
        }

    def _note_reading(self, parser):
        """Add up which rows did not count, and the statuses as they come."""
        if parser.skipped:
            found = Counter(self.skipped or {}) + parser.skipped
            parser.skipped.clear()
            self._note({"skipped": dict(found), "skipped_count": found.total()})
        if not parser.tally:
            return
        known = {(v.target, v.value or ""): v for v in self.value_ids}
        if len(known.keys() | parser.tally.keys()) > MOST_VALUES * len(words.MEANINGS):
            raise UserError(
                self.env._(
                    "A column that is matched to a status or a type holds too many "
                    "values to be one. Match another column, or none."
                )
            )
        commands = []
        for (target, value), count in parser.tally.items():
            if record := known.get((target, value)):
                count += record.line_count
                commands.append(Command.update(record.id, {"line_count": count}))
            else:
                meaning = self._meanings(target, {value: 0})[value]
                vals = {"target": target, "value": value, "meaning": meaning}
                commands.append(Command.create(vals | {"line_count": count}))
        parser.tally.clear()
        self._note({"value_ids": commands})

    def _forget_reading(self):
        """Count anew: the check starts from the first row."""
        zeros = [Command.update(v.id, {"line_count": 0}) for v in self.value_ids]
        self._note({"skipped": False, "skipped_count": 0, "value_ids": zeros})

    @api.depends("skipped")
    def _compute_skipped_note(self):
        labels = self._skipped_labels()
        for record in self:
            record.skipped_note = ", ".join(
                f"{labels[kind]}: {count}"
                for kind, count in (record.skipped or {}).items()
            )

    @api.model
    def _skipped_labels(self):
        return {
            "status": self.env._("by their status"),
            "status_2": self.env._("by their second status"),
            "type": self.env._("neither sales nor returns"),
            "total": self.env._("totals"),
            "group": self.env._("names above their lines"),
            "repeated": self.env._("repeat the amount of their document"),
        }

    @api.depends(
        "column_ids.target",
        "currency_id",
        "once_per_document",
        "value_ids.meaning",
        "value_ids.value",
    )
    def _compute_reading_note(self):
        for record in self:
            columns = [
                (column.name or "", column.target or None)
                for column in record.column_ids
                if column.example
            ]
            formula, left_out = money.explain(columns)
            record.reading_note = record._say_reading(formula, left_out)

    def _say_reading(self, formula, left_out):
        """Return how the amount is made, what is left out, and what is to be said."""
        notes = [self._say_amount(formula)] if formula else []
        notes += self._say_doubts()
        if left_out:
            items = Markup().join(
                Markup("<li>%s: %s</li>") % (name, self.env._(reason))
                for name, reason in left_out
            )
            notes.append(self.env._("Left out:") + Markup("<ul>%s</ul>") % items)
        return Markup().join(Markup("<div>%s</div>") % note for note in notes) or False

    def _say_amount(self, formula):
        parts = Markup().join(
            (SIGN % sign if sign else Markup()) + Markup("<b>%s</b>") % name
            for name, sign in formula
        )
        if self.once_per_document:
            return self.env._("Amount of a document, once = %(parts)s", parts=parts)
        return self.env._("Amount = %(parts)s", parts=parts)

    def _say_doubts(self):
        """Return what nobody would bet on before it is decided."""
        doubts, columns = [], self.column_ids
        parts = amounts.used(set(columns.mapped("target")))
        if parts[:1] == ("amount_gross",) and "tax" not in parts:
            doubts.append(
                self.env._("It may hold tax: nothing in the file says how much.")
            )
        written = self._written_currency(
            columns.mapped("target"), columns.mapped("name")
        )
        if written and written != self.currency_id:
            doubts.append(
                self.env._(
                    "The column says %(written)s, but its amounts are read as "
                    "%(currency)s, the default currency.",
                    written=written.name,
                    currency=self.currency_id.name,
                )
            )
        doubts += self._say_unknown_kinds() + self._say_numbered_dates()
        if asked := self.value_ids.filtered(lambda value: not value.meaning):
            empty = self.env._("(empty)")
            doubts.append(
                self.env._(
                    "Say under “Statuses” whether lines of these count: %(values)s",
                    values=", ".join(value.value or empty for value in asked),
                )
            )
        return doubts

    def _say_unknown_kinds(self):
        """Return what a status or a kind of line may be, whose words nobody knows."""
        used = {c.target for c in self.column_ids}
        unknown = self.column_ids.filtered(
            lambda c: (
                not c.target
                and c.example
                and money.kind_of(c.name or "") in words.MEANINGS.keys() - used
            )
        )
        said = self.env._(
            "If “%(name)s” (such as %(example)s) says which lines are returns or do "
            "not count, match it: all lines count as sales so far."
        )
        if self.program:
            return []
        return [said % {"name": c.name, "example": c.example} for c in unknown]

    def _say_numbered_dates(self):
        """Return what a number is read as where dates are written as numbers."""
        column = self.column_ids.filtered(lambda c: c.target == "date" and c.example)
        cell = (column.example or "").partition(" · ")[0]
        if not dates.is_number(cell):
            return []
        day, _clock = dates.to_moment(cell)
        said = self.env._(
            "The date %(number)s is read as %(day)s.", number=cell, day=day
        )
        return [said]


def _count(sample, position):
    """Return how often each value stands in a column of the first rows.

    A total has none: nothing is to be asked about it.
    """
    found = Counter()
    for _number, row in sample:
        text = values.to_text(row[position]) if position < len(row) else ""
        if text or not any(map(words.is_total, map(values.to_text, row))):
            found[text] += 1
    return found
