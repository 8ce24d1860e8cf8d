import io
from datetime import date
from shutil import which

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .strategy_common import StrategyCommon

QUESTION = "crm.value.strategy.closing"


class ClosingCommon(StrategyCommon):
    def _question(self, user=None, **values):
        asked = self.env[QUESTION].with_user(user or self.env.user)
        period = {"date_from": date(2026, 4, 1), "date_to": date(2026, 5, 31)}
        return asked.create({"strategy_id": self.strategy.id, **period, **values})

    def _told(self, **values):
        question = self._question(**values)
        page = self.env["report.crm_value.report_strategy_closing"]._page(question)
        return page["versions"]

    def _line(self, told, measure):
        return next(
            line
            for perspective in told["perspectives"]
            for one in perspective["objectives"]
            for line in one["measures"]
            if line["measure"] == measure
        )


@tagged("post_install", "-at_install")
class TestStrategyClosing(ClosingCommon):
    """The closing report says what became of a strategy in a period."""

    def test_measure_is_told_from_its_first_to_its_last_month(self):
        (told,) = self._told()
        line = self._line(told, self.measure)
        self.assertEqual((line["first"], line["last"], line["goal"]), (40, 30, 70))
        self.assertEqual((line["known"], line["below"]), (2, 2))
        self.assertEqual(line["light"], "bad")
        self.assertEqual(line["score"], 0)

    def test_unknown_measure_stays_unknown(self):
        (told,) = self._told(date_from=date(2025, 1, 1), date_to=date(2025, 12, 31))
        line = self._line(told, self.measure)
        self.assertEqual((line["first"], line["score"]), (None, None))
        self.assertEqual((line["known"], line["light"]), (0, "none"))

    def test_initiatives_under_way_and_done_are_told(self):
        for summary in ("Ask them", "Train the staff"):
            self.measure.activity_schedule(
                "crm_value.mail_activity_initiative", summary=summary
            )
        self.measure.activity_ids[0].action_feedback()
        (told,) = self._told(date_to=date(2026, 6, 30))
        self.assertEqual(len(told["actions"]), 2)
        self.assertEqual(len([one for one in told["actions"] if one["done"]]), 1)

    def test_both_versions_are_told_after_a_change(self):
        self.strategy.objective_ids.measure_ids.month_ids._ours().write(
            {"closed": True}
        )
        action = self.strategy.action_new_version("They miss advice")
        version = self.env["crm.value.strategy"].browse(action["res_id"])
        version.action_activate()
        question = self._question(strategy_id=version.id, date_to=date(2026, 6, 30))
        page = self.env["report.crm_value.report_strategy_closing"]._page(question)
        first, second = page["versions"]
        self.assertEqual(
            (first["strategy"], second["strategy"]), (self.strategy, version)
        )
        self.assertEqual(first["months"], [date(2026, 4, 1), date(2026, 5, 1)])
        self.assertFalse(second["months"])

    def test_it_is_printed_and_written(self):
        question = self._question(self._strategist("closing_officer", "group_officer"))
        report = self.env["ir.actions.report"].with_user(question.env.user)
        name = "crm_value.report_strategy_closing"
        page = report._render_qweb_html(name, question.ids)[0].decode()
        for said in ("Tour Strategy", "Tour Measure", "30.0%", "Tour Staff"):
            self.assertIn(said, page)
        title, content = question._workbook()
        self.assertIn("Tour Strategy", title)
        book = openpyxl.load_workbook(io.BytesIO(content))
        self.assertEqual(len(book.sheetnames), 5)
        cells = [row for row in book["Month by Month"].iter_rows(values_only=True)]
        mine = [row for row in cells if row[2] == "Tour Measure"]
        self.assertEqual([row[5] for row in mine], [40, 30])
        # A formula: 40 with goal 70 and red flag 50 scores 1.7.
        self.assertEqual(mine[0][9], "=MAX(0,MIN(10,10/3*(1+(F2-I2)/(H2-I2))))")
        values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        self.assertAlmostEqual(values["Month by Month"]["J2"].value, 10 / 3 * 0.5)

    def test_it_prints(self):
        if not which("wkhtmltopdf"):
            self.skipTest("wkhtmltopdf is not installed")
        question = self._question()
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        name = "crm_value.report_strategy_closing"
        content, kind = reports._render_qweb_pdf(name, question.ids)
        self.assertEqual((content[:4], kind), (b"%PDF", "pdf"))

    def test_names_of_arrows_are_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.customers.with_context(lang="zh_CN").name = "客户"
        link = self.strategy.link_ids
        self.assertEqual(link.display_name, "Tour Staff → Tour Customers")
        spoken = link.with_context(lang="zh_CN")
        self.assertEqual(spoken.display_name, "Tour Staff → 客户")

    def test_period_that_ends_before_it_begins_is_refused(self):
        question = self._question(date_to=date(2026, 1, 1))
        for action in (question.action_print, question.action_download):
            with self.assertRaises(UserError):
                action()

    def test_salesperson_and_other_companies_are_refused(self):
        with self.assertRaises(AccessError):
            self._question(self._strategist("closing_user", "group_user"))
        second = self._create_company("Second", self.usd)
        theirs = self.env["crm.value.strategy"].create(
            {"name": "Theirs", "company_id": second.id}
        )
        officer = self._strategist("closing_other", "group_officer")
        with self.assertRaises(AccessError):
            self._question(officer, strategy_id=theirs.id)


@tagged("post_install", "-at_install")
class TestStrategyClosingDownload(ClosingCommon, HttpCase):
    def _get(self, user, question):
        self.authenticate(user.login, user.login)
        return self.url_open(f"/crm_value/scorecard/closing/{question.id}")

    def test_officer_downloads_the_workbook(self):
        officer = self._strategist("download_officer", "group_officer")
        answer = self._get(officer, self._question(officer))
        self.assertEqual(answer.status_code, 200)
        self.assertIn("spreadsheetml", answer.headers["Content-Type"])

    def test_others_and_what_is_not_there_are_refused(self):
        officer = self._strategist("download_one", "group_officer")
        other = self._strategist("download_other", "group_officer")
        question = self._question(officer)
        self.assertEqual(self._get(other, question).status_code, 403)
        plain = self._strategist("download_user", "group_user")
        self.assertEqual(self._get(plain, question).status_code, 403)
        question.unlink()
        self.assertEqual(self._get(officer, question).status_code, 404)

    def test_stranger_is_sent_to_the_login(self):
        answer = self.url_open("/crm_value/scorecard/closing/1")
        self.assertIn("/web/login", answer.url)
