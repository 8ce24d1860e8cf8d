import io
import re
from datetime import date, datetime
from pathlib import Path

import polib
from lxml import etree

from odoo.tests import TransactionCase
from odoo.tools import file_path
from odoo.tools.translate import PoFileReader, code_translations, trans_export

CHINESE = "zh_CN"
MARKS = re.compile(r"%\(\w+\)[sdf]|%[sd%]|\{\{.*?\}\}|</?\w+")
SCREENS = Path(__file__).parents[2] / "static/src"
GLUED = re.compile(r"_t\([^()]*\)\s*\+|\+\s*_t\(|\$\{_t\(")
TAG = re.compile(r"<[^>]*>")
# What a Chinese reader writes the same way.
SAME = {
    "%(percent)s %%",
    "%(before)s → %(after)s",
    "%(cause)s → %(effect)s",
    "–",
    "%(from)s → %(to)s",
    "%(segment)s – %(offer)s",
    "%(stage)s – %(offer)s",
    "0–100",
    "1/2",
    "1/7",
    "AUC",
    "BG/NBD",
    "C-1001",
    "CSAT",
    "ID",
    "MBG/NBD",
    "Pareto/NBD",
    "RFM",
    "R²",
    "UTF-16",
    "UTF-32",
    "UTF-8",
    "csv",
    "import_id",
    "n = %s",
    "sat1",
    "sat2",
    "xlsx",
    "{{ object.survey_id.title }}",
    "± %(error)s",
    "·",
}


class TestTranslation(TransactionCase):
    """Every text has its Chinese; see also i18n_extra, which Odoo loads after i18n."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang(CHINESE)
        buffer = io.BytesIO()
        trans_export(None, ["crm_value"], buffer, "po", cls.env)
        cls.exported = polib.pofile(buffer.getvalue().decode())
        cls.template = cls._read("i18n/crm_value.pot")
        cls.chinese = cls._read(f"i18n/{CHINESE}.po")

    @classmethod
    def _read(cls, path):
        return polib.pofile(file_path(f"crm_value/{path}"))

    def _names(self, book):
        """Return (text, record) of what Odoo finds by record, not in the code."""
        return {
            (entry.msgid, place)
            for entry in book
            for place, _line in entry.occurrences
            if place.startswith("model")
        }

    def test_template_is_current(self):
        hint = "scripts/terms"
        texts = [{entry.msgid for entry in b} for b in (self.exported, self.template)]
        self.assertFalse(texts[0] - texts[1], f"New texts: {hint}")
        if self.env.ref("base.module_crm_value").demo:
            self.assertFalse(texts[1] - texts[0], f"Texts are gone: {hint}")
        new = self._names(self.exported) - self._names(self.template)
        self.assertFalse(new, f"Known texts in new places: {hint}")

    def test_chinese_is_complete(self):
        done = {e.msgid: e.msgstr for e in self.chinese.translated_entries()}
        missing = {entry.msgid for entry in self.template} - set(done)
        self.assertFalse(missing, "Without Chinese")
        same = {TAG.sub("", text).strip() for text in done if done[text] == text}
        self.assertLessEqual(same, SAME, "Left in English")

    def test_chinese_keeps_placeholders_and_markup(self):
        for entry in [*self.chinese, *self._read(f"i18n_extra/{CHINESE}.po")]:
            marks = [sorted(MARKS.findall(t)) for t in (entry.msgid, entry.msgstr)]
            self.assertEqual(*marks, entry.msgid)

    def test_no_template_builds_a_sentence_of_pieces(self):
        """A language may order a sentence otherwise: it is whole, with placeholders."""
        for path in SCREENS.rglob("*.xml"):
            for node in etree.parse(path).iter(etree.Element):
                figures = node.xpath("t[@t-esc or @t-out]")
                words = re.search(r"[^\W\d_]", "".join(node.xpath("text()")))
                self.assertFalse(figures and words, f"{path.name}:{node.sourceline}")

    def test_no_script_builds_a_sentence_of_pieces(self):
        for path in SCREENS.rglob("*.esm.js"):
            self.assertIsNone(GLUED.search(path.read_text()), path.name)

    def test_extra_terms_belong_to_records(self):
        """Terms of other modules stay in step with the version in use."""
        for row in PoFileReader(file_path(f"crm_value/i18n_extra/{CHINESE}.po")):
            xml_id = f"{row['module']}.{row['imd_name']}"
            self.assertTrue(self.env.ref(xml_id, raise_if_not_found=False), xml_id)

    def test_months_of_reports_begin_with_the_year(self):
        self.env["res.lang"]._activate_lang(CHINESE)
        for lang, written in ((CHINESE, "2026年10月"), ("en_US", "October 2026")):
            for model in ("crm.value.month.fact", "crm.value.snapshot"):
                records = self.env[model].with_context(lang=lang)
                name = "month" if model.endswith("fact") else "date"
                named = records._web_read_group_groupby_formatter(f"{name}:month", [])
                self.assertEqual(named(date(2026, 10, 1))[0][1], written)
        contacts = self.env["res.partner"].with_context(lang=CHINESE)
        named = contacts._web_read_group_groupby_formatter("create_date:month", [])
        self.assertEqual(named(datetime(2026, 10, 1))[0][1], "十月 2026")

    def test_chinese_reaches_the_user(self):
        self.env["ir.module.module"]._load_module_terms(["crm_value"], [CHINESE])
        env = self.env(context={"lang": CHINESE})
        quadrant = dict(env["crm.lead"].fields_get(["value_quadrant"]))
        self.assertIn(("lead", "铅质客户"), quadrant["value_quadrant"]["selection"])
        self.assertEqual(env["ir.model"]._get("crm.lead").name, "线索")
        self.assertEqual(env.ref("crm_value.rfm_segment_champion").name, "冠军客户")
        count = env["crm.value.profile"].fields_get(["purchase_count"])
        self.assertEqual(count["purchase_count"]["string"], "购买次数")
        stage = env["helpdesk.ticket"].fields_get(["stage_id"])["stage_id"]
        self.assertEqual(stage["string"], "阶段")
        self.assertIn(
            "其他信息", env["helpdesk.ticket"].get_view(False, "form")["arch"]
        )

    def test_code_terms_reach_server_and_browser(self):
        python = code_translations.get_python_translations("crm_value", CHINESE)
        self.assertEqual(python["The date is missing"], "缺少日期")
        web = code_translations.get_web_translations("crm_value", CHINESE)
        self.assertIn({"id": "Value Matrix", "string": "价值矩阵"}, web["messages"])
