from odoo.tests import HttpCase, tagged

from .credit_common import CreditCommon


@tagged("post_install", "-at_install")
class TestCreditTour(HttpCase, CreditCommon):
    """The grade in a browser: what it rests on, and terms that somebody accepts."""

    browser_size = "1366x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        terms = cls.env["account.payment.term"].create(
            [
                {"name": f"Tour {days}", "company_id": cls.company.id}
                for days in (30, 29)
            ]
        )
        terms[0].line_ids.nb_days, terms[1].line_ids.nb_days = 30, 29
        cls.slow.property_payment_term_id = terms[0]
        cls._score()
        cls.place = f"/odoo/customer-value/{cls._profile(cls.slow).id}"

    def test_accountant_accepts_terms(self):
        self.start_tour(self.place, "crm_value_credit", login="credit_accountant")
        self.assertEqual(self.slow.property_payment_term_id.name, "Tour 29")

    def test_plain_user_reads_words(self):
        self.start_tour(self.place, "crm_value_credit_words", login="credit_user")
