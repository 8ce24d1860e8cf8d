"""The texts of a row: who, which document, what; each cell looked at once.

Cells repeat, so what one says is remembered by column.
"""

from odoo.tools.translate import LazyTranslate

from . import words
from .headers import CUSTOMER
from .identity import plain
from .problems import ValueProblem
from .values import LONGEST_TEXT, to_text
from .writing import as_it_was

_lt = LazyTranslate(__name__)

EXAMPLE = "EXAMPLE"  # the document of the template's example row
LONGEST_KEY = 200
MOST_REMEMBERED, LONGEST_REMEMBERED = 20_000, 100  # cells of a column, their signs
NAMING = frozenset(CUSTOMER.values())
TEXTS = (*CUSTOMER.values(), "document", "product", "channel", "country", "source_key")
KEYS = (*CUSTOMER.values(), "source_key")
NO_TEXTS = dict.fromkeys(TEXTS, "")


class Texts:
    """Reads the text cells of rows.

    :param dict columns: target → position in the row
    :param bool is_report: whether the file is a report of errors that somebody mended
    :param reference: function that writes the number of a customer otherwise, or None
    """

    def __init__(self, columns, is_report=False, reference=None):
        self._columns = [(t, columns[t], {}) for t in TEXTS if t in columns]
        self._is_report, self._reference = is_report, reference

    def of(self, row):
        """Return (texts as written, as they are kept, whether one names nobody).

        Both are dicts by target; they are the same one where nothing differs.
        """
        texts, others, names_nobody, width = NO_TEXTS.copy(), None, False, len(row)
        for target, position, known in self._columns:
            if position >= width:
                continue
            cell = row[position]
            found = known.get(cell) if cell.__class__ is str else None
            text, kept, is_nobody = found or self._read(target, cell, known)
            texts[target] = text
            if kept is not text:
                others = others or {}
                others[target] = kept
            if is_nobody:
                names_nobody = True
        return texts, texts | others if others else texts, names_nobody

    def _read(self, target, cell, known):
        """Return (text as written, as it is kept, whether it names nobody)."""
        text = to_text(cell)
        text = as_it_was(text) if self._is_report else text
        is_nobody = target in NAMING and bool(text) and words.is_nobody(text)
        text = "" if is_nobody else text
        if len(text) > (LONGEST_KEY if target in KEYS else LONGEST_TEXT):
            raise ValueProblem(_lt("“%(value)s…” is too long", value=text[:30]))
        if target == "document" and text == EXAMPLE:
            raise ValueProblem(_lt("This is the template's example: delete it"))
        if text and target == "customer_ref" and self._reference:
            text = self._reference(text)
        kept = plain(text)
        found = text, text if kept == text else kept, is_nobody
        if cell.__class__ is str and len(cell) <= LONGEST_REMEMBERED:
            if len(known) >= MOST_REMEMBERED:
                known.clear()
            known[cell] = found
        return found
