"""The documents behind each figure of a profile are those that made it."""

from odoo.tests import new_test_user, tagged

from ..common import TODAY, ValueCommon, ago


@tagged("post_install", "-at_install")
class TestDocuments(ValueCommon):
    """A customer with documents of all kinds, in and out of the window."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.acme = cls._customer("Acme")
        cls.other = cls._customer("Other")
        cls._only_this_company()
        cls._sell()
        cls._sell_to_others()

    @classmethod
    def _sell(cls):
        contact = cls._customer("Ann", parent=cls.acme)
        cls.old = cls._invoice(cls.acme, 1000, ago(900))
        cls.before = cls._invoice(contact, 300, ago(500), due=ago(470))
        cls._pay(cls.before, ago(460))
        cls.sold = cls._invoice(
            cls.acme, 0, ago(50), lines=[cls._line(200, discount=10), cls._line(-20)]
        )
        cls.late = cls._reverse(cls.before, ago(5), 30)  # counts in the window before
        cls.returned = cls._reverse(cls.sold, ago(4), 35)
        cls.goodwill = cls._credit(cls.acme, 7, ago(3))
        cls.receipt = cls._invoice(cls.acme, 44, ago(2), move_type="out_receipt")
        cls.bad = cls._invoice(cls.acme, 60, ago(40), due=ago(30))
        cls._write_off(cls.bad, ago(1), paid=12)
        cls._transaction(cls.acme, 80, ago(30), margin=25)
        cls._transaction(cls.acme, -8, ago(20))
        cls._transaction(cls.acme, 90, ago(400))
        cls.order = cls._order(cls.acme, 55, ago(10))
        cls._order(contact, 65, ago(11))._action_cancel()
        cls._order(cls.acme, 75, ago(600))
        cls._order(cls.acme, 85, ago(12), confirm=False)._action_cancel()
        cls.credited = cls._order(cls.acme, 40, ago(60))
        cls.credited.order_line.qty_delivered = 1
        invoice = cls.credited._create_invoices()
        invoice.invoice_date = ago(58)
        invoice.action_post()
        cls._reverse(invoice, ago(6), 13)
        for opened, closed in ((9, 3), (8, None), (500, 480)):
            cls._ticket(contact, ago(opened), closed and ago(closed))

    @classmethod
    def _sell_to_others(cls):
        """Sell to those whose documents are no documents of Acme."""
        daughter = cls._customer("Daughter", parent=cls.acme)
        daughter.is_company = True
        cls._transaction(cls.other, 1, ago(800))  # both windows are in the history
        for partner in (daughter, cls.other):
            cls._invoice(partner, 9000, ago(7))
            cls._order(partner, 8000, ago(7))
            cls._transaction(partner, 7000, ago(7))
            cls._ticket(partner, ago(7))
        cls._invoice(cls.acme, 5000, ago(7), post=False)

    def _open(self, code):
        action = self.profile.action_open_documents(code)
        context = {"active_test": False, **action["context"]}
        rows = self.env[action["res_model"]].with_context(**context)
        return rows.search(action["domain"])

    def _sum(self, code, name):
        return sum(self._open(code).mapped(name))

    def _check_all(self, basis):
        """Compare each figure that has a drill-down with the sums of what it opens."""
        self._policy(basis=basis)
        self._score()
        self.profile = self._profile(self.acme)
        checks = self._checks()
        sides = self.profile.explanation["sides"]
        parts = [part for side in sides for part in side["parts"]]
        for part in parts:
            if not part["documents"] or part["score"] is False:
                continue
            with self.subTest(basis=basis, figure=part["code"]):
                found, figure = checks.pop(part["code"])
                self.assertAlmostEqual(found, figure, 2)
        self.assertFalse(checks, "a figure of these is not known")

    def _checks(self):
        """Return (what the documents say, what the profile says) of each figure."""
        profile = self.profile
        windows = self._open("growth")
        now = windows.filtered(lambda row: row.period == "now")
        trust, dues = self._open("trust"), self._open("credit")
        gross = sum(trust.mapped("amount")) + sum(trust.mapped("returned"))
        kept = (
            (1 - sum(trust.mapped("returned")) / gross)
            * (1 - sum(trust.mapped("broken")) / sum(trust.mapped("agreed")))
            * (1 - sum(trust.mapped("lost")) / sum(trust.mapped("owed")))
        )
        bought = self._open("clv")
        list_price = sum(
            row.amount + row.returned + row.discount for row in self._open("benefit")
        )
        return {
            "margin": (self._sum("margin", "margin"), profile.margin),
            "volume": (self._sum("volume", "amount"), profile.revenue),
            "service": (len(self._open("service")) * 20, profile.service_cost),
            "loyalty": (self._purchases(self._open("loyalty")), profile.repeat_count),
            "growth": (
                sum(now.mapped("amount")) / sum((windows - now).mapped("amount")) - 1,
                profile.growth,
            ),
            "trust": (kept, profile.kept_rate),
            "credit": (
                sum(dues.mapped("late")) / sum(dues.mapped("counted")),
                profile.days_late,
            ),
            "clv": (sum(bought.mapped("margin")), profile.margin_total),
            "benefit": (
                self._sum("benefit", "discount") / list_price,
                profile.discount_rate,
            ),
            "support": (
                sum(
                    (t.closed_date - t.create_date).days for t in self._open("support")
                ),
                profile.resolution_days,
            ),
        }

    def _purchases(self, rows):
        """Return the number of days with a positive net."""
        days = rows.grouped("date").values()
        return sum(sum(day.mapped("amount")) > 0.005 for day in days)

    def test_documents_add_up_to_each_figure_of_invoices(self):
        self._check_all("invoiced")
        bought = self._open("volume")
        self.assertEqual(
            set(bought.mapped("kind")),
            {"out_invoice", "out_receipt", "out_refund", "imported"},
        )
        ledger = bought.filtered(lambda row: row.res_model == "account.move")
        moves = self.env["account.move"].browse(ledger.mapped("res_id"))
        self.assertNotIn(self.late, moves)
        self.assertIn(self.returned, moves)
        self.assertAlmostEqual(
            sum(moves.mapped("amount_untaxed_signed")), sum(ledger.mapped("amount")), 2
        )
        row = ledger.filtered(lambda row: row.res_id == self.receipt.id)
        self.assertEqual(row.display_name, self.receipt.display_name)
        self.assertEqual(row.action_open()["res_id"], self.receipt.id)

    def test_documents_add_up_to_each_figure_of_orders(self):
        self._check_all("ordered")
        kinds = set(self._open("clv").mapped("kind"))
        self.assertLessEqual({"order", "out_refund", "imported"}, kinds)

    def test_documents_of_days_gone_by_do_not_count(self):
        self._invoice(self.acme, 123, ago(-1))
        self._score()
        self.profile = self._profile(self.acme)
        self.assertEqual(max(self._open("volume").mapped("date")), ago(2))
        self.assertLessEqual(max(self._open("clv").mapped("date")), TODAY)

    def test_what_the_user_may_not_open_is_one_row(self):
        self._score()
        self.profile = self._profile(self.acme)
        whole = self._sum("volume", "amount")
        user = new_test_user(
            self.env,
            "no_invoices",
            groups="crm_value.group_user",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        self.profile = self.profile.with_user(user)
        self.env = self.env(user=user)
        rows = self._open("volume")
        self.assertAlmostEqual(sum(rows.mapped("amount")), whole, 2)
        self.assertEqual(set(rows.mapped("kind")), {"imported", "closed"})
        self.assertEqual(len(rows.filtered(lambda row: row.kind == "closed")), 1)

    def test_no_documents_are_none(self):
        self._invoice(self.other, 10, ago(500))
        self._score()
        self.profile = self._profile(self.other)
        self.profile.action_open_documents("trust")
        action = self.profile.action_open_loyalty_documents("incentive")
        self.assertIn("no documents", action["help"])

    def test_no_list_that_a_figure_opens_shows_samples(self):
        self._score()
        profile = self._profile(self.acme)
        kinds = self.env["crm.value.indicator"].search([]).mapped("documents")
        opened = [profile._open_documents(kind, "") for kind in {*kinds, "orders"}]
        opened += [
            profile.action_open_transactions(),
            profile.action_open_answers(),
            profile.action_open_snapshots(),
            profile.action_open_changes(),
        ]
        for action in opened:
            views = dict((kind, view) for view, kind in action["views"])
            model = self.env[action["res_model"]]
            arch = model.get_view(views["list"], "list")["arch"]
            self.assertNotIn('sample="1"', arch, action["res_model"])

    def test_imported_purchases_of_the_customer_open(self):
        self._score()
        action = self._profile(self.acme).action_open_transactions()
        found = self.env["crm.value.transaction"].search(action["domain"])
        self.assertEqual(found.mapped("amount"), [-8, 80, 90])

    def test_documents_cost_no_query_each(self):
        self._score()
        self.profile = self._profile(self.acme)
        self.profile.action_open_documents("trust")
        counts = []
        for _round in range(2):
            self.env.flush_all()
            before = self.cr.sql_log_count
            self.profile.action_open_documents("trust")
            counts.append(self.cr.sql_log_count - before)
            for day in range(9):
                self._invoice(self.acme, 10, ago(100 + day))
                self._order(self.acme, 10, ago(100 + day))
        self.assertLessEqual(counts[1], counts[0] + 1)
