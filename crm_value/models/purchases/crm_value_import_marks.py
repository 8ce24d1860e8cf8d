from contextlib import suppress
from dataclasses import replace
from itertools import product

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sheets.purchases import (
    amounts,
    charsets,
    dates,
    identity,
    reading,
    values,
    words,
)
from ...sheets.purchases.problems import SheetError
from ...sheets.purchases.understood import PARTED, WHOLE

ENCODINGS = [
    ("utf-8", "UTF-8"),
    ("utf-8-sig", "UTF-8 with signature"),
    ("utf-16", "UTF-16"),
    ("utf-16-le", "UTF-16 LE without signature"),
    ("utf-16-be", "UTF-16 BE without signature"),
    ("utf-32", "UTF-32"),
    ("cp1252", "Windows-1252 (Western Europe)"),
    ("cp1250", "Windows-1250 (Central Europe)"),
    ("cp1251", "Windows-1251 (Cyrillic)"),
    ("cp1253", "Windows-1253 (Greek)"),
    ("cp1254", "Windows-1254 (Turkish)"),
    ("cp1255", "Windows-1255 (Hebrew)"),
    ("cp1256", "Windows-1256 (Arabic)"),
    ("cp1257", "Windows-1257 (Baltic)"),
    ("cp874", "Windows-874 (Thai)"),
    ("gb18030", "GB 18030 (Chinese)"),
    ("big5", "Big5 (Chinese)"),
    ("big5hkscs", "Big5-HKSCS (Chinese)"),
    ("cp932", "Shift-JIS (Japanese)"),
    ("euc_jp", "EUC-JP (Japanese)"),
    ("cp949", "EUC-KR (Korean)"),
    ("latin-1", "Latin-1 (Western Europe)"),
    ("iso8859_2", "Latin-2 (Central Europe)"),
    ("iso8859_9", "Latin-5 (Turkish)"),
    ("iso8859_15", "Latin-9 (Western Europe)"),
    ("koi8_r", "KOI8-R (Cyrillic)"),
    ("cp866", "DOS 866 (Cyrillic)"),
    ("mac_roman", "Mac Roman (Western Europe)"),
    ("mac_latin2", "Mac (Central Europe)"),
    ("mac_cyrillic", "Mac (Cyrillic)"),
    ("cp850", "DOS 850 (Western Europe)"),
    ("cp852", "DOS 852 (Central Europe)"),
    ("cp857", "DOS 857 (Turkish)"),
]
ROWS_TO_COMPARE = 200
TEXTS_TO_COMPARE = 5
SAMPLE_ROWS = 1000
NUMBERS = (*amounts.PARTS, "margin")


class CrmValueImport(models.Model):
    """Marks of an import's file: encoding, row of names, styles of numbers and dates.

    What the file tells is guessed. What it leaves open is asked: nothing that can be
    read in two ways is read in one of them without a word.
    """

    _inherit = "crm.value.import"

    encoding = fields.Selection(ENCODINGS)
    encodings = fields.Json(
        readonly=True,
        copy=False,
        groups="crm_value.group_officer",
        help="Encodings that are equally likely, with what the file says in each.",
    )
    encoding_preview = fields.Html(
        compute="_compute_encoding_preview",
        sanitize=False,
        groups="crm_value.group_officer",
    )
    header_row = fields.Integer(
        string="Row of Column Names",
        help="The row that names the columns, as a spreadsheet numbers it. What stands "
        "above it is not read.",
    )
    number_style = fields.Selection(
        [("point", "Point (1,234.56)"), ("comma", "Comma (1.234,56)")],
        string="Decimal Sign",
        help="Decides what 1.234 is. Empty: only numbers that can be read in one way "
        "are taken. Real numbers of a spreadsheet need no choice.",
    )
    number_style_chosen = fields.Boolean(readonly=True, copy=False)
    date_format_chosen = fields.Boolean(readonly=True, copy=False)
    seen = fields.Char(
        readonly=True,
        copy=False,
        help="Styles of numbers and orders of dates that the rows read so far show.",
    )
    asks_number_style = fields.Boolean(compute="_compute_asks")
    asks_date_format = fields.Boolean(compute="_compute_asks")
    decimal_comma = fields.Boolean(
        compute="_compute_decimal_comma",
        inverse="_inverse_decimal_comma",
        store=True,
        help="Amounts look like 1.234,56 instead of 1,234.56.",
    )

    @api.depends("encodings")
    def _compute_encoding_preview(self):
        names = dict(self._fields["encoding"]._description_selection(self.env))
        for record in self:
            rows = Markup().join(
                Markup("<tr><th>%s</th><td>%s</td></tr>")
                % (names.get(name, name), " · ".join(texts))
                for name, texts in record.encodings or ()
            )
            table = Markup("<table class='table table-sm'>%s</table>") % rows
            record.encoding_preview = table if rows else False

    @api.depends("seen", "number_style", "date_format")
    def _compute_asks(self):
        for record in self:
            seen = record._seen()
            record.asks_number_style = "either" in seen and not record.number_style
            record.asks_date_format = "both" in seen and record.date_format == "auto"

    @api.depends("number_style")
    def _compute_decimal_comma(self):
        for record in self:
            record.decimal_comma = record.number_style == "comma"

    def _inverse_decimal_comma(self):
        for record in self:
            record.number_style = "comma" if record.decimal_comma else "point"

    @api.model_create_multi
    def create(self, vals_list):
        """Keep what is said of the file together with it."""
        records = super().create(vals_list)
        for record, vals in zip(records, vals_list, strict=True):
            chosen = {
                name: vals[name]
                for name in ("number_style", "date_format")
                if vals.get(name) not in (None, False, "auto")
            }
            if chosen:
                record._note(chosen | {f"{name}_chosen": True for name in chosen})
        return records

    def write(self, vals):
        """Remember what was chosen; guess anew what another matching may show."""
        result = super().write(vals)
        if self._is_noting():
            return result
        chosen = {"number_style", "date_format"} & vals.keys()
        if chosen:
            self._note({f"{name}_chosen": True for name in chosen})
        if "column_ids" in vals:
            for record in self.filtered("sample"):  # it goes with the file
                record._guess_marks()
        return result

    def _check_matching(self):
        if self.encodings and not self.encoding:
            raise UserError(
                self.env._(
                    "Choose the encoding: names in the file can be read in more than "
                    "one way."
                )
            )
        result = super()._check_matching()
        self._guess_marks()  # columns may have been matched otherwise since
        return result

    @api.model
    def _languages(self):
        """Return the codes of the languages of this Odoo: their months are known."""
        return tuple(code for code, _name in self.env["res.lang"].get_installed())

    def _detect(self, stream):
        """Find out how the file is read; note what it leaves open."""
        layout = reading.detect(stream, charsets.spoken(self._languages()))
        self._set_layout(layout)
        self._note(
            {
                "encodings": layout.encoding_doubtful
                and [
                    [name, _foreign_texts(stream, replace(layout, encoding=name))]
                    for name in layout.candidates
                ],
                "number_style_chosen": False,
                "date_format_chosen": False,
            }
        )
        if layout.encoding_doubtful:
            self._note({"encoding": False})

    def _guess_marks(self):
        """Find out how numbers and dates are written, from the first rows."""
        targets = {c.target: c.position for c in self.column_ids if c.target}
        with self._open() as stream:
            _header, rows = reading.read_head(stream, self._layout(), SAMPLE_ROWS)
        styles = _marks(rows, [targets.get(name) for name in NUMBERS], values.style_of)
        orders = _marks(rows, [targets.get("date")], dates.order_of)
        numbers = _marks_of_numbers(rows, targets.get("customer_ref"))
        self._note({"seen": " ".join(sorted(styles | orders | numbers))})
        self._settle_marks()

    def _seen(self):
        return set((self.seen or "").split())

    def _note_read(self, last, parser):
        """Note how far the file is read, and what it has shown so far."""
        seen = (self._seen() | parser.seen) - {""}
        self._note({"rows_read": last, "seen": " ".join(sorted(seen))})

    def _has_whole_numbers(self):
        return WHOLE in self._seen() and PARTED not in self._seen()

    def _begin_anew(self):
        """Forget what was read in a style that the whole file does not have."""
        self._drop_staged()
        self._forget_reading()
        self._note({"rows_read": 0, "currencies_lacking": False})

    def _settle_marks(self):
        """Note the styles that the rows read so far show, where nobody chose them.

        :return: whether rows that were read already mean something else now
        """
        seen = self._seen()
        changed = {WHOLE, PARTED} <= seen
        style = values.settled_style(seen) or False
        if not self.number_style_chosen and style != self.number_style:
            changed = changed or "either" in seen
            self._note({"number_style": style})
        order = self._order_of_dates(seen)
        if not self.date_format_chosen and order != self.date_format:
            changed = changed or "both" in seen
            self._note({"date_format": order})
        return changed

    def _order_of_dates(self, seen):
        return dates.settled_order(seen)

    def _readings(self):
        """Return the parsers of all readings that the file leaves open."""
        styles = ("point", "comma") if self.asks_number_style else (self.number_style,)
        orders = ("dmy", "mdy") if self.asks_date_format else (self.date_format,)
        return [
            replace(self._parser(), number_style=style or "", date_order=order)
            for style, order in product(styles, orders)
        ]


def _marks(rows, positions, mark):
    """Return the marks of the cells in some columns, without the empty one."""
    cells = {
        row[at]
        for _number, row in rows
        for at in positions
        if at is not None and at < len(row) and isinstance(row[at], str)
    }
    return set(map(mark, cells)) - {""}


def _marks_of_numbers(rows, position):
    """Return whether all numbers of customers were written with a point, as a mark."""
    if position is None:
        return set()
    texts = {
        values.to_text(row[position]) for _number, row in rows if position < len(row)
    }
    named = [text for text in texts if text and not words.is_nobody(text)]
    return {WHOLE} if named and all(map(identity.whole, named)) else set()


def _foreign_texts(stream, layout):
    """Return some texts of the first rows that are not plain ASCII."""
    header, rows = [], []
    with suppress(SheetError):  # what does not read on like that shows nothing
        header, rows = reading.read_head(stream, layout, ROWS_TO_COMPARE)
    cells = [values.to_text(cell) for _n, row in rows for cell in row]
    foreign = dict.fromkeys(c[:40] for c in [*cells, *header] if not c.isascii())
    return list(foreign)[:TEXTS_TO_COMPARE]
