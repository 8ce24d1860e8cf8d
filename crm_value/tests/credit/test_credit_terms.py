"""Limit and terms: suggested, accepted by who keeps the books, and never by itself."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import ago
from .credit_common import CreditCommon


@tagged("post_install", "-at_install")
class TestCreditTerms(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.account_use_credit_limit = True
        cls.month = cls._terms("Thirty Days", 30)
        cls.shorter = cls._terms("Twenty-Nine Days", 29)
        cls._terms("At Once", 0)
        (cls.sure + cls.slow).property_payment_term_id = cls.month
        cls._score()

    @classmethod
    def _terms(cls, name, days):
        terms = cls.env["account.payment.term"].create(
            {"name": name, "company_id": cls.company.id}
        )
        terms.line_ids.nb_days = days
        return terms

    def _dialog(self, partner, user=None):
        profile = self._seen(partner, user or self.accountant)
        action = profile.action_open_credit_terms()
        dialogs = profile.env[action["res_model"]]
        return Form(dialogs.with_context(**action["context"]))

    def test_suggested_are_limit_and_terms_of_the_grade(self):
        sure = self._dialog(self.sure)
        # Five invoices of 100 in a year, thirty days of term and of slack, an A.
        self.assertEqual(sure.limit_suggested, 130)
        self.assertEqual(sure.terms_suggested_id, self.month)
        slow = self._dialog(self.slow)
        self.assertLess(slow.limit_suggested, sure.limit_suggested)
        self.assertEqual(slow.terms_suggested_id, self.shorter)

    def test_nothing_is_set_before_somebody_accepts(self):
        self._dialog(self.slow)
        self.assertEqual(self.slow.property_payment_term_id, self.month)
        self.assertEqual(self.slow.credit_limit, 0)

    def test_accepting_sets_both_and_logs_what_was_before(self):
        self._dialog(self.slow).save().action_accept()
        self.assertEqual(self.slow.property_payment_term_id, self.shorter)
        self.assertGreater(self.slow.credit_limit, 0)
        [note] = self.slow.message_ids.filtered("tracking_value_ids")
        told = {
            one.field_id.name: (one.old_value_char, one.old_value_float)
            for one in note.sudo().tracking_value_ids
        }
        self.assertEqual(told["property_payment_term_id"][0], "Thirty Days")
        self.assertEqual(told["credit_limit"][1], 0.0)
        self.assertIn("Pays 55 days late", note.body)

    def test_amounts_in_the_log_are_shown_to_accountants_alone(self):
        self._dialog(self.slow).save().action_accept()
        [note] = self.slow.message_ids.filtered("tracking_value_ids")
        values = note.sudo().tracking_value_ids
        for user, names in (
            (self.user, {"property_payment_term_id"}),
            (self.accountant, {"property_payment_term_id", "credit_limit"}),
        ):
            env = self.env(user=user)
            seen = values._filter_has_field_access(env).field_id.mapped("name")
            self.assertEqual(set(seen), names)

    def test_who_keeps_no_books_is_refused(self):
        for user in (self.user, self.officer):
            with self.assertRaises(AccessError):
                self._dialog(self.slow, user)
        dialog = self._dialog(self.slow).save()
        with self.assertRaises(AccessError):
            dialog.with_user(self.officer).action_accept()
        self.assertEqual(self.slow.property_payment_term_id, self.month)

    def test_limit_that_nothing_heeds_is_left_alone(self):
        self.company.account_use_credit_limit = False
        dialog = self._dialog(self.slow)
        self.assertFalse(dialog.limit_works)
        dialog.save().action_accept()
        self.assertEqual(self.slow.credit_limit, 0)
        self.assertEqual(self.slow.property_payment_term_id, self.shorter)

    def test_negative_limit_is_refused(self):
        dialog = self._dialog(self.sure)
        dialog.credit_limit = -1
        with self.assertRaises(UserError):
            dialog.save().action_accept()

    def test_customer_without_grade_gets_no_suggestion(self):
        dialog = self._dialog(self.fresh)
        self.assertFalse(dialog.limit_suggested)
        self.assertFalse(dialog.credit_limit)

    def test_each_company_has_its_own_limit(self):
        other = self._create_company("Other Company", self.usd)
        self._dialog(self.slow).save().action_accept()
        self.assertFalse(self.slow.with_company(other).credit_limit)

    def test_warning_counts_what_is_owed_to_the_orders_own_company(self):
        other = self._create_company("Other Company", self.usd)
        other.account_use_credit_limit = True
        self._invoice(self.sure, 900, ago(3), due=ago(-30))
        self.sure.with_company(other).credit_limit = 500
        order = self._order(self.sure, 100, confirm=False, company=other)
        order = order.with_company(self.company)
        self.assertFalse(order.partner_credit_warning)
        self._invoice(self.sure, 600, ago(3), due=ago(-30), company=other)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertIn("500", order.partner_credit_warning)
