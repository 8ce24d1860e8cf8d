"""Write the add-on's template of translations and its Chinese anew.

Run by ``scripts/terms`` inside ``odoo shell``, which provides ``env``.
"""

import io
import os
from pathlib import Path

import polib

from odoo.tools.translate import trans_export

FOLDER = Path(os.environ["CRM_VALUE_I18N"])
TEMPLATE, CHINESE = FOLDER / "crm_value.pot", FOLDER / "zh_CN.po"


def exported(env):
    """Return the texts that Odoo finds in the installed add-on."""
    buffer = io.BytesIO()
    trans_export(None, ["crm_value"], buffer, "po", env)
    return polib.pofile(buffer.getvalue().decode())


def translated(template, former):
    """Return the template with the translations that are there already."""
    known = {entry.msgid: entry.msgstr for entry in former}
    book = polib.POFile(wrapwidth=former.wrapwidth)
    book.header, book.metadata = former.header, former.metadata
    for entry in template:
        again = polib.POEntry(
            msgid=entry.msgid,
            msgstr=known.get(entry.msgid, ""),
            comment=entry.comment,
            occurrences=entry.occurrences,
            flags=entry.flags,
        )
        book.append(again)
    return book


def main(env):
    template = exported(env)
    old = polib.pofile(str(TEMPLATE))
    template.header, template.metadata = old.header, old.metadata
    chinese = translated(template, polib.pofile(str(CHINESE)))
    template.save(str(TEMPLATE))
    chinese.save(str(CHINESE))
    for entry in chinese.untranslated_entries():
        print("Without Chinese:", entry.msgid)


main(env)  # noqa: F821 - odoo shell provides env
