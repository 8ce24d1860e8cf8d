"""The grade: from what it comes, when there is none, and who is shown what."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...analytics.credit import trial
from ..common import TODAY, ago
from .credit_common import CreditCommon


@tagged("post_install", "-at_install")
class TestCredit(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scored = cls._score()

    # --- the grade ---

    def test_grade_follows_how_invoices_were_paid(self):
        sure, slow = self._profile(self.sure), self._profile(self.slow)
        self.assertEqual((sure.credit_grade, slow.credit_grade), ("a", "d"))
        self.assertGreater(sure.credit_points, slow.credit_points)
        self.assertAlmostEqual(slow.days_late_recent, 55)
        self.assertEqual(sure.credit_words, "Pays in time as a rule")
        self.assertEqual(slow.credit_words, "Pays 55 days late on average")

    def test_nothing_due_yet_is_unknown_not_good(self):
        profile = self._profile(self.fresh)
        self.assertFalse(profile.credit_grade)
        self.assertIs(profile.credit_points, False)
        self.assertFalse(profile.credit)
        self.assertEqual(profile.credit_words, "No invoice has come due yet")

    def test_imported_purchases_alone_give_no_grade(self):
        walker = self._customer("Walker")
        self._transaction(walker, 500, ago(30))
        self._score()
        self.assertFalse(self._profile(walker).credit_grade)

    def test_overdue_invoice_is_told_and_costs_points(self):
        before = self._profile(self.sure).credit_points
        self._invoice(self.sure, 300, ago(50), due=ago(12))
        self._refresh()
        profile = self._profile(self.sure)
        self.assertLess(profile.credit_points, before)
        self.assertEqual((profile.overdue_count, profile.overdue_since), (1, ago(12)))
        self.assertIn("one invoice is overdue by 12 days", profile.credit_words)
        self._invoice(self.sure, 300, ago(50), due=ago(20))
        self._refresh()
        said = self._profile(self.sure).credit_words
        self.assertIn("2 invoices are overdue, the oldest by 20 days", said)

    def test_credit_note_is_a_dispute_and_no_late_payment(self):
        before = self._profile(self.sure)
        points, late = before.credit_points, before.days_late_recent
        invoice = self._invoice(self.sure, 200, ago(40), due=ago(10))
        self._reverse(invoice, ago(9))
        self._refresh()
        profile = self._profile(self.sure)
        self.assertEqual(profile.days_late_recent, late)
        self.assertLess(profile.credit_points, points)

    def test_open_complaint_is_a_dispute(self):
        category = self.env["helpdesk.ticket.category"].create(
            {"name": "Complaint", "value_complaint": True}
        )
        before = self._profile(self.sure).credit_points
        self._ticket(self.sure, ago(5), category_id=category.id)
        self._refresh()
        self.assertAlmostEqual(self._profile(self.sure).credit_points, before - 5)

    def test_refresh_gives_what_a_full_run_does(self):
        self._pay(self._invoice(self.slow, 70, ago(30), due=ago(20)), ago(2))
        self._refresh()
        names = ["credit_grade", "credit_points", "days_late_recent", "last_days_late"]
        [refreshed] = self._profile(self.slow).read(names)
        self._score()
        self.assertEqual(self._profile(self.slow).read(names), [refreshed])

    def test_past_day_knows_nothing_of_what_was_paid_since(self):
        self._invoice(self.sure, 100, ago(60), due=ago(40))
        self._score()
        self._score(as_of=ago(35))
        self.assertEqual(self._snapshot(self.sure, ago(35)).overdue_count, 1)
        self.assertEqual(self._snapshot(self.sure, ago(35)).overdue_since, ago(40))

    def test_better_naive_rule_is_shown_instead(self):
        fit = self.scored.fit_id
        fit.credit_card = {**fit.credit_card, "rule": trial.LAST}
        self.env["crm.value.stale"]._mark(self.slow, self.company)
        self._refresh()
        profile = self._profile(self.slow)
        self.assertFalse(profile.credit_grade)
        self.assertEqual(
            profile.credit_words, "Was 55 days late with the latest invoice"
        )
        self.assertIn("told better", profile.credit["test"])
        self.assertFalse(profile.credit["parts"])

    # --- companies and currencies ---

    def test_another_company_has_its_own_grade(self):
        other = self._create_company("Other Company", self.usd)
        self._invoice(self.sure, 100, ago(90), due=ago(80), company=other)
        self._score(other)
        self.assertEqual(self._profile(self.sure).credit_grade, "a")
        self.assertNotEqual(self._profile(self.sure, other).credit_grade, "a")
        self.assertEqual(self._profile(self.sure, other).overdue_count, 1)

    def test_invoices_in_another_currency_count_at_their_own_rate(self):
        self._currency("EUR", 0.5)
        euro = self.env.ref("base.EUR")
        foreign = self._payer("Foreign", late=55, currency_id=euro.id)
        self._score()
        self.assertEqual(
            self._profile(foreign).days_late_recent,
            self._profile(self.slow).days_late_recent,
        )

    # --- who sees what ---

    def test_plain_user_sees_words_and_no_figures(self):
        profile = self._seen(self.slow, self.user)
        shown = profile.credit
        self.assertEqual(shown["label"], "D: Late as a Rule")
        self.assertEqual(
            (shown["points"], shown["parts"], shown["terms"]), ("", [], "")
        )
        with self.assertRaises(AccessError):
            profile.read(["credit_points"])
        with self.assertRaises(AccessError):
            profile.search([("credit_points", ">", 10)])
        with self.assertRaises(AccessError):
            profile.search([], order="credit_points")

    def test_officer_is_shown_each_part_and_its_points(self):
        shown = self._seen(self.slow, self.officer).credit
        said = {part["code"]: (part["said"], part["points"]) for part in shown["parts"]}
        self.assertEqual(
            list(said), ["late", "overdue", "trend", "disputes", "turnover", "age"]
        )
        self.assertIn("Paid 55 days late on average", said["late"][0])
        self.assertEqual(said["late"][1], "0 of 50")
        self.assertEqual(said["overdue"], ("Nothing is overdue", "20 of 20"))
        self.assertIn("Not tried yet", shown["test"])

    def test_invoices_behind_it_are_those_that_are_counted(self):
        action = self._seen(self.slow, self.accountant).action_open_dues()
        rows = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(len(rows), 8)
        self.assertAlmostEqual(
            sum(rows.mapped("late")) / sum(rows.mapped("counted")), 55
        )
        with self.assertRaises(AccessError):
            self._seen(self.slow, self.user).action_open_dues()

    def test_grade_stands_in_lists_and_groups(self):
        profiles = self._seen(self.slow, self.user)
        groups = profiles._read_group(
            [("partner_id", "in", (self.sure + self.slow).ids)],
            ["credit_grade"],
            ["__count"],
        )
        self.assertEqual(dict(groups), {"a": 1, "d": 1})

    # --- work ---

    def test_explaining_many_asks_no_more_than_explaining_one(self):
        def queries(profiles):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(all(profiles.mapped("credit")))
            return self.env.cr.sql_log_count - before

        few = self._profile(self.sure)
        many = self.env["crm.value.profile"].search(
            [("partner_id", "in", (self.sure + self.slow).ids)]
        )
        queries(few)  # warm
        self.assertEqual(self.env.context["lang"], "en_US")
        one, two = queries(few), queries(many)
        self.assertLessEqual(two, one + 3)  # terms and names of a second customer
        self.assertEqual(self._profile(self.sure).as_of, TODAY)
