"""The dashboards: every figure of one is open to the group that it is for."""

import json
import re
from itertools import product

from odoo.tests import freeze_time, tagged
from odoo.tools import file_open

from .letter_common import LetterCommon

LANGUAGES = ("en_US", "zh_CN")
DASHBOARDS = {
    "spreadsheet_dashboard_users": ("crm_value.group_user", "plain"),
    "spreadsheet_dashboard_officers": ("crm_value.group_officer", "officer"),
}


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestDashboard(LetterCommon):
    """What the least privileged reader of each dashboard is served."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls._reader("officer", "crm_value.group_officer")

    def _book(self, name):
        return json.loads(self.env.ref(f"crm_value.{name}").spreadsheet_data)

    def _charts(self, book):
        """Yield the charts that read records."""
        for sheet in book["sheets"]:
            for figure in sheet["figures"]:
                if figure["data"]["type"].startswith("odoo_"):
                    yield figure["data"]

    def _sources(self, book):
        """Yield (model, domain, groups, aggregates, filters) of all that it reads."""
        for pivot in book["pivots"].values():
            rows = [row["fieldName"] for row in pivot["rows"]]
            aggregates = [measure["id"] for measure in pivot["measures"]]
            yield pivot["model"], pivot["domain"], rows, aggregates, pivot
        for chart in self._charts(book):
            measure = chart["metaData"]["measure"]
            aggregate = measure if measure == "__count" else f"{measure}:sum"
            yield (
                chart["metaData"]["resModel"],
                chart["searchParams"]["domain"],
                chart["metaData"]["groupBy"],
                [aggregate],
                chart,
            )

    def test_each_figure_is_open_to_the_least_privileged_reader(self):
        self._stands(self.acme, quadrant="gold", value_score=5.0)
        self.env["res.lang"]._activate_lang("zh_CN")
        for lang, (name, (_group, login)) in product(LANGUAGES, DASHBOARDS.items()):
            book = self._book(name)
            reader = self.env(user=getattr(self, login), context={"lang": lang})
            for model, domain, groups, aggregates, source in self._sources(book):
                with self.subTest(dashboard=name, lang=lang, figures=aggregates):
                    records = reader[model]
                    records.formatted_read_group(domain, groups, aggregates)
                    for filtered in source["fieldMatching"].values():
                        records.search([*domain, (filtered["chain"], "!=", False)])
            for listed in book["lists"].values():
                order = ", ".join(f"{by['name']} DESC" for by in listed["orderBy"])
                found = reader[listed["model"]].search(listed["domain"], order=order)
                found.read(listed["columns"])

    def test_every_filter_of_a_dashboard_is_matched_by_what_it_reads(self):
        for name in DASHBOARDS:
            book = self._book(name)
            filters = {known["id"] for known in book["globalFilters"]}
            used = set()
            for *_rest, source in self._sources(book):
                used |= set(source["fieldMatching"])
            self.assertEqual(used, filters, name)

    def test_risk_that_is_known_in_levels_only_is_no_empty_chart(self):
        profiles = self.env["crm.value.profile"].with_user(self.officer)
        self._stands(self.acme, worklist="retain", risk_level="high")
        [chart] = (
            chart
            for chart in self._charts(self._book("spreadsheet_dashboard_officers"))
            if "worklist" in chart["metaData"]["groupBy"]
        )
        found = profiles._read_group(
            [
                *chart["searchParams"]["domain"],
                ("company_id", "=", self.company.id),
            ],
            chart["metaData"]["groupBy"],
            [chart["metaData"]["measure"]],
        )
        self.assertEqual(found, [("high", "retain", 1)])

    def test_a_card_that_may_say_a_text_shows_it(self):
        """Cards that shorten numbers show no text at all: "not known" was blank."""
        for name in DASHBOARDS:
            board, data = self._book(name)["sheets"]
            for figure in board["figures"]:
                card = figure["data"]
                if card["type"] != "scorecard":
                    continue
                _sheet, _mark, cell = card["keyValue"].partition("!")
                if "_t(" in data["cells"][cell]:
                    self.assertFalse(card["humanize"], card["title"]["text"])

    def test_users_see_no_field_of_officers(self):
        book = self._book("spreadsheet_dashboard_users")
        named = set(re.findall(r"[a-z_]+", json.dumps(book)))
        for model in ("crm.value.profile", "crm.value.snapshot"):
            closed = {
                key
                for key, field in self.env[model]._fields.items()
                if field.groups and "officer" in field.groups
            }
            self.assertFalse(named & closed)

    def test_each_reader_is_shown_its_dashboards(self):
        shown = {
            "plain": {"spreadsheet_dashboard_users"},
            "officer": set(DASHBOARDS),
        }
        for login, names in shown.items():
            ids = [self.env.ref(f"crm_value.{name}").id for name in DASHBOARDS]
            found = self.env["spreadsheet.dashboard"].with_user(getattr(self, login))
            found = found.search([("id", "in", ids)])
            self.assertEqual(
                set(found.ids),
                {self.env.ref(f"crm_value.{name}").id for name in names},
            )

    def test_without_a_customer_a_page_says_what_to_do(self):
        self.env.cr.execute("DELETE FROM crm_value_profile")
        for name in DASHBOARDS:
            dashboard = self.env.ref(f"crm_value.{name}").with_user(self.officer)
            self.assertTrue(dashboard._dashboard_is_empty())
            self.env["res.lang"]._activate_lang("zh_CN")
            sample = dashboard.with_context(lang="zh_CN")._get_sample_dashboard()
            said = sample["sheets"][0]["cells"].values()
            self.assertFalse([text for text in said if text.isascii()])

    def test_every_text_has_its_chinese(self):
        with file_open("crm_value/i18n/zh_CN.po") as catalogue:
            known = set(re.findall(r'^msgid "(.+)"$', catalogue.read(), re.MULTILINE))
        for name in DASHBOARDS:
            book = self._book(name)
            said = [chart["title"]["text"] for chart in self._charts(book)]
            said += [known_filter["label"] for known_filter in book["globalFilters"]]
            for sheet in book["sheets"]:
                for cell in sheet["cells"].values():
                    said += re.findall(r'_t\("([^"]+)"\)', cell)
                    said += re.findall(r"^\[(.+)\]\(odoo", cell)
            self.assertFalse([text for text in said if text not in known])
