"""Share of wallet: our revenue against what a customer says it spends."""

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import TODAY, ValueCommon, ago


@tagged("post_install", "-at_install")
class TestWallet(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.acme = cls._customer("Acme")
        cls._purchases(cls.acme, (100, 10), (200, 100), (400, 364), (800, 365))
        cls.user, cls.other, cls.manager = (
            new_test_user(
                cls.env,
                login=login,
                groups=f"base.group_user,crm_value.group_{group}",
                company_id=cls.company.id,
                company_ids=cls.company.ids,
            )
            for login, group in (
                ("wallet_user", "user"),
                ("wallet_other", "officer"),
                ("wallet_manager", "manager"),
            )
        )

    @classmethod
    def _wallet(cls, customer=None, amount=1400.0, user=None, **values):
        wallets = cls.env["crm.value.wallet"]
        return wallets.with_user(user or cls.env.user).create(
            {
                "partner_id": (customer or cls.acme).id,
                "company_id": cls.company.id,
                "amount_declared": amount,
                **values,
            }
        )

    def test_share_is_the_revenue_of_the_year_before_over_what_is_declared(self):
        wallet = self._wallet()
        self.assertEqual(wallet.revenue_year, 700)  # 365 days, the last one included
        self.assertEqual(wallet.share, 0.5)
        self.assertFalse(wallet.is_over or wallet.is_old)
        earlier = self._wallet(date=ago(50))
        self.assertEqual(earlier.revenue_year, 1400)
        self.assertEqual(earlier.share, 1)

    def test_contact_stands_for_its_company(self):
        contact = self._customer("Jane", parent=self.acme)
        wallet = self._wallet(contact)
        self.assertEqual(wallet.partner_id, self.acme)
        self.assertEqual(wallet.revenue_year, 700)

    def test_declared_percent_says_what_is_spent(self):
        wallet = self._wallet(declared="percent", amount=0, percent_declared=0.25)
        self.assertEqual((wallet.share, wallet.spending), (0.25, 2800))
        stranger = self._customer("Stranger")
        wallet = self._wallet(
            stranger, declared="percent", amount=0, percent_declared=0.25
        )
        self.assertEqual((wallet.share, wallet.spending), (0.25, False))

    def test_more_than_all_is_shown_and_said(self):
        wallet = self._wallet(amount=350.0)
        self.assertEqual(wallet.share, 2)
        self.assertTrue(wallet.is_over)
        self._score()
        profile = self._profile(self.acme)
        self.assertTrue(profile.wallet_is_over)
        self.assertIn("wallet_is_over", profile.get_view(view_type="form")["arch"])

    def test_old_one_is_marked_and_the_newest_is_shown(self):
        self._score()
        profile = self._profile(self.acme)
        self.assertIs(profile.wallet_share, False)
        old = self._wallet(date=ago(366))
        self.assertTrue(old.is_old)
        self.assertEqual(old.search([("is_old", "=", True)]), old)
        profile.invalidate_recordset()
        self.assertTrue(profile.wallet_is_old)
        new = self._wallet(date=ago(3), amount=15000)
        profile.invalidate_recordset()
        self.assertEqual(profile.wallet_ids, new + old)
        self.assertEqual((profile.wallet_share, profile.wallet_date), (0.1, ago(3)))

    def test_customers_are_found_by_their_newest_share(self):
        silent = self._customer("Silent")
        self._purchases(silent, (10, 5))
        self._score()
        self._wallet(amount=800, date=ago(30))
        profiles = self.env["crm.value.profile"]
        self.assertFalse(profiles.search([("wallet_share", "<", 0.5)]))
        self._wallet(amount=7000)
        found = profiles.search([("wallet_share", "<", 0.5)])
        self.assertEqual(found.partner_id, self.acme)
        unknown = profiles.search([("wallet_share", "=", False)])
        self.assertEqual(unknown.partner_id, silent)

    def test_share_follows_the_documents(self):
        self._score()
        wallet = self._wallet()
        self._purchases(self.acme, (700, 2))
        self._refresh()
        wallet.invalidate_recordset()
        self.assertEqual((wallet.revenue_year, wallet.share), (1400, 1))
        self._reverse(self._invoice(self.acme, 100, ago(20)))
        self._score()
        self.assertEqual(wallet.revenue_year, 1400)

    def test_merge_keeps_them_and_adds_the_revenues(self):
        self._score()
        twin = self._customer("Acme again")
        self._purchases(twin, (300, 5))
        ours, theirs = self._wallet(), self._wallet(twin)
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge((self.acme + twin).ids, self.acme)
        self._refresh()
        (ours + theirs).invalidate_recordset()
        self.assertEqual((ours + theirs).partner_id, self.acme)
        self.assertEqual((ours + theirs).mapped("revenue_year"), [1000, 1000])

    def test_users_change_their_own_and_managers_all(self):
        wallet = self._wallet(user=self.user)
        self.assertEqual(wallet.user_id, self.user)
        wallet.note = "By phone"
        with self.assertRaises(AccessError):
            wallet.with_user(self.other).note = "Not so"
        with self.assertRaises(AccessError):
            self._wallet(user=self.user, user_id=self.other.id)
        with self.assertRaises(AccessError):
            wallet.unlink()
        self.assertEqual(wallet.with_user(self.other).share, 0.5)
        wallet.with_user(self.manager).note = "Checked"
        wallet.with_user(self.manager).unlink()

    def test_other_companies_are_closed(self):
        company = self._create_company("Other", self.usd)
        wallet = self._wallet(company_id=company.id)
        self.assertEqual(wallet.revenue_year, 0)
        with self.assertRaises(AccessError):
            wallet.with_user(self.user).read(["share"])

    def test_form_shows_the_share_before_it_is_saved(self):
        with Form(self.env["crm.value.wallet"].with_user(self.user)) as form:
            form.partner_id = self.acme
            form.amount_declared = 1400
            self.assertEqual(form.share, 0.5)
        self.assertEqual(form.record.date, TODAY)

    @mute_logger("odoo.sql_db")
    def test_nothing_and_too_much_are_refused(self):
        for values in (
            {"amount": 0},
            {"declared": "percent", "percent_declared": 1.2},
            {"declared": "percent", "percent_declared": 0},
        ):
            with self.subTest(values), self.assertRaises(CheckViolation):
                with self.env.cr.savepoint():
                    self._wallet(**values)

    def test_revenues_of_many_are_read_at_once(self):
        twin = self._customer("Twin")
        self._purchases(twin, (10, 5))
        for customer in (self.acme, twin):
            self._wallet(customer)
        counts = []
        for days in (range(1), range(30)):
            wallets = self.env["crm.value.wallet"]
            for day in days:
                wallets += self._wallet(twin, date=ago(day))
            self.env.flush_all()
            before = self.cr.sql_log_count
            wallets._revenues(self.company)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts)
