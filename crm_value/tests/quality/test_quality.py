from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import TODAY, ago
from .quality_common import QualityCommon


@freeze_time("2026-06-15 12:00:00")
@tagged("post_install", "-at_install")
class TestQuality(QualityCommon):
    """Each finding comes from Odoo's own documents, with its money and its records."""

    def test_nothing_is_found_where_nothing_is_missing(self):
        self._invoice(self.clean, 100)
        self._score()
        self.assertEqual(self._found(), {})

    def test_products_without_a_cost_are_told_by_their_revenue(self):
        self._invoice(self.clean, 0, lines=[self._bare(300), self._line(100)])
        self._invoice(self.clean, 50, ago(800), lines=[self._bare(50)])
        self._score()
        self.assertEqual(self._found(), {"product_cost": (1, 300.0)})
        finding = self._finding("product_cost")
        self.assertAlmostEqual(finding.share, 0.75)
        row = self._opened("product_cost")
        self.assertEqual((row.revenue, row.lines), (300.0, 1))
        self.assertEqual(row.action_open_product()["res_id"], row.product_id.id)

    def test_a_product_given_a_cost_is_gone_at_the_next_check(self):
        self._invoice(self.clean, 0, lines=[self._bare(300)])
        self._score()
        self._opened("product_cost").product_id.standard_price = 5
        self.env["crm.value.quality"].action_check()
        self.assertEqual(self._found(), {})
        self._score()
        self.assertEqual(self._found(), {})

    def test_what_was_opened_to_be_mended_is_counted_again(self):
        self._invoice(self.clean, 0, lines=[self._bare(300)])
        self._invoice(self._clean("Mute", email=False), 100)
        self._invoice(self._clean("Alone", user_id=False), 50)
        self._score()
        findings = self.env["crm.value.quality"].with_user(self.plain)
        findings = findings.with_company(self.company)
        self.assertFalse(findings.recount_opened(), "nobody has opened any")
        self._opened("unreachable", self.plain).partner_id.sudo().phone = "555-0101"
        self._opened("product_cost").product_id.standard_price = 5
        self.env["res.partner"].search([("name", "=", "Alone")]).user_id = self.owner
        self.assertTrue(findings.recount_opened())
        self.assertEqual(list(self._found()), ["unattended"], "not opened, not counted")
        self.assertFalse(findings.recount_opened(), "counted once")

    def test_an_empty_list_says_what_was_looked_at(self):
        findings = self.env["crm.value.quality"].with_company(self.company)
        findings.search([("company_id", "=", self.company.id)]).unlink()
        self.assertIn("Nothing has been checked", findings.get_empty_list_help(""))
        self._score()
        self.assertIn("Nobody has bought", findings.get_empty_list_help(""))
        self._invoice(self.clean, 100)
        self._score()
        said = findings.get_empty_list_help("<p>Nothing</p>")
        self.assertIn("<p>Nothing</p><p>Last checked on", said)

    def test_what_came_back_is_not_blurred(self):
        lines = [self._bare(150, quantity=2)]
        self._reverse(self._invoice(self.clean, 0, lines=lines), amount=150)
        self._score()
        self.assertEqual(self._found(), {"product_cost": (1, 150.0)})

    def test_imported_purchases_without_a_margin(self):
        self._transaction(self.clean, 40)
        self._transaction(self.clean, 60, margin=0)
        self._score()
        self.assertEqual(self._found(), {"import_cost": (1, 40.0)})
        self.assertEqual(self._opened("import_cost").amount, 40)

    def test_invoice_lines_that_name_no_product(self):
        self._invoice(self.clean, 0, lines=[self._line(70, product_id=False)])
        self._score()
        self.assertEqual(self._found(), {"line_cost": (1, 70.0)})
        self.assertEqual(self._opened("line_cost").price_subtotal, 70)

    def test_what_is_not_invoiced_counts_where_orders_do(self):
        self._policy(basis="ordered")
        self._order(self.clean, 70, ago(40)).order_line.qty_delivered = 1
        self._invoice(self.clean, 80, ago(9), post=False)
        self._score()
        self.assertEqual(self._found(), {})

    def test_contacts_that_stand_for_many(self):
        walk_in = self._customer("Walk-in", value_is_crowd=True)
        self._invoice(walk_in, 30)
        self._invoice(self.clean, 70)
        self._score()
        self.assertEqual(self._found(), {"crowd": (1, 30.0)})
        self.assertEqual(self._opened("crowd").partner_id, walk_in)

    def test_what_is_missing_of_customers(self):
        for name, values in {
            "unreachable": {"email": False},
            "unattended": {"user_id": False},
            "placeless": {"country_id": False},
        }.items():
            self._invoice(self._clean(name, **values), 100)
        old = self._clean("old")
        self._invoice(old, 200)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = '2024-06-14' WHERE id = %s", (old.id,)
        )
        self._score()
        found = {
            name: (1, 100.0) for name in ("unreachable", "unattended", "placeless")
        }
        self.assertEqual(self._found(), {**found, "old": (1, 200.0)})
        for name in (*found, "old"):
            self.assertEqual(self._opened(name).partner_id.name, name)

    def test_whoever_a_contact_of_theirs_can_be_written_to_is_reachable(self):
        bounced, blocked = (
            self._clean(name, user_id=self.owner.id) for name in ("Bounced", "Blocked")
        )
        bounced.message_bounce = 3
        self.env["mail.blacklist"]._add(blocked.email)
        for customer in (bounced, blocked):
            self._invoice(customer, 50)
        self._score()
        self.assertEqual(self._found(), {"unreachable": (2, 100.0)})
        self._customer("Buyer", bounced, phone="+1 202 555 0122")
        self.env["mail.blacklist"]._remove(blocked.email)
        self.env["crm.value.quality"].action_check()
        self.assertEqual(self._found(), {})

    def test_delivered_but_never_invoiced(self):
        self._invoice(self.clean, 100)
        order = self._order(self.clean, 60, ago(40))
        order.order_line.qty_delivered = 1
        self._order(self.clean, 60, ago(5)).order_line.qty_delivered = 1
        self.assertEqual(order.invoice_status, "to invoice")
        self._score()
        self.assertEqual(self._found(), {"uninvoiced": (1, 60.0)})
        self.assertEqual(self._opened("uninvoiced"), order)
        invoice = order._create_invoices()
        invoice.invoice_date = TODAY
        invoice.action_post()
        self.env["crm.value.quality"].action_check()
        self.assertEqual(self._found(), {})

    def test_what_waits_for_an_invoice_counts_in_company_money(self):
        self._invoice(self.clean, 100)
        euro = self._currency("EUR", 0.5)
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id}
        )
        order = self._order(self.clean, 60, ago(40), pricelist_id=pricelist.id)
        order.order_line.qty_delivered = 1
        self._score()
        self.assertEqual(self._found(), {"uninvoiced": (1, 120.0)})

    def test_invoices_that_were_never_posted(self):
        self._invoice(self.clean, 100)
        draft = self._invoice(self.clean, 80, ago(9), post=False)
        self._invoice(self.clean, 80, ago(2), post=False)
        self._score()
        self.assertEqual(self._found(), {"draft": (1, 80.0)})
        self.assertEqual(self._opened("draft"), draft)
        draft.action_post()
        self._score()
        self.assertEqual(self._found(), {})

    def test_documents_before_the_first_rate_of_their_currency(self):
        euro = self._currency("EUR", 0.5, day="2026-05-01")
        early = self._invoice(self.clean, 50, ago(90), currency_id=euro.id)
        self._invoice(self.clean, 50, ago(9), currency_id=euro.id)
        self._score()
        found = self._found()
        self.assertEqual(found["rate"], (1, 100.0))
        self.assertEqual(self._opened("rate"), early)

    def test_company_whose_time_zone_nobody_knows(self):
        self.company.partner_id.tz = False
        self._invoice(self.clean, 100)
        self._score()
        finding = self._finding("zone")
        self.assertEqual((finding.record_count, finding.money), (1, False))
        self.assertIs(finding.share, False)
        dialog = finding.action_mend()
        self.env[dialog["res_model"]].create({"tz": "Asia/Tokyo"}).action_run()
        self.env["crm.value.quality"].action_check()
        self.assertEqual(self._found(), {})

    def test_customers_the_run_could_not_value(self):
        self._invoice(self.clean, 100)
        run = self._score()
        self.env["crm.value.run.issue"]._log_bad_figures(
            run, {self.clean.id: ["revenue"]}
        )
        self.env["crm.value.quality"].action_check()
        self.assertEqual(self._found(), {"issue": (1, False)})
        self.assertEqual(self._opened("issue").partner_id, self.clean)

    def test_most_money_comes_first_and_unknown_money_last(self):
        self.company.partner_id.tz = False
        self._invoice(self._clean("A", country_id=False), 100)
        self._invoice(self._clean("B", user_id=False), 300)
        self._score()
        findings = self.env["crm.value.quality"].search(
            [("company_id", "=", self.company.id), ("record_count", ">", 0)]
        )
        self.assertEqual(findings.mapped("kind"), ["unattended", "placeless", "zone"])

    # --- over time ---

    def test_as_it_should_be_leaves_the_list_and_can_be_undone(self):
        self._invoice(self._clean("A", country_id=False), 100)
        self._score()
        finding = self._finding("placeless", self.officer)
        finding.action_accept()
        self.assertEqual(finding.accepted_by_id, self.officer)
        self.assertEqual(finding.accepted_on, TODAY)
        self._score()
        self.assertEqual(finding.accepted_by_id, self.officer)
        finding.action_undo()
        self.assertFalse(finding.accepted_by_id or finding.accepted_on)

    def test_what_it_blurred_last_month_is_remembered(self):
        customer = self._clean("A", country_id=False)
        self._invoice(customer, 100, ago(60))
        self._invoice(self.clean, 300, ago(60))
        with freeze_time("2026-05-20 12:00:00"):
            self._score()
            self._score()
        self.assertIs(self._finding("placeless").share_before, False)
        customer.country_id = self.home
        for _again in range(2):
            self._score()
            finding = self._finding("placeless")
            self.assertAlmostEqual(finding.share_before, 0.25)
            self.assertEqual(finding.share, 0)
            self.assertFalse(finding.found_on)

    def test_a_finding_says_since_when_it_is_there(self):
        self._invoice(self._clean("A", country_id=False), 100, ago(60))
        with freeze_time("2026-06-10 12:00:00"):
            self._score()
        self._score()
        finding = self._finding("placeless")
        self.assertEqual(finding.found_on, ago(5))
        self.assertEqual(finding.checked_on, TODAY)

    # --- who ---

    def test_plain_user_sees_counts_without_money(self):
        self._invoice(self._clean("A", country_id=False), 0, lines=[self._bare(300)])
        self._score()
        finding = self._finding("product_cost", self.plain)
        self.assertEqual(finding.record_count, 1)
        for name in ("money", "share", "share_before"):
            with self.assertRaises(AccessError):
                finding.read([name])
        self.assertFalse(finding.can_open)
        with self.assertRaises(AccessError):
            self._opened("product_cost", self.plain)
        self.assertTrue(self._finding("placeless", self.plain).can_open)
        for name in ("action_accept", "action_undo", "action_check"):
            with self.assertRaises(AccessError):
                getattr(finding, name)()

    def test_nobody_writes_what_was_found(self):
        self._invoice(self._clean("A", country_id=False), 100)
        self._score()
        for user in (self.plain, self.officer):
            finding = self._finding("placeless", user)
            with self.assertRaises(AccessError):
                finding.record_count = 0
            with self.assertRaises(AccessError):
                finding.unlink()

    def test_another_company_finds_its_own_only(self):
        other = self._create_company("Other Company", self.usd)
        self._invoice(self._clean("A", country_id=False), 100)
        self._score()
        stranger = self._user("quality_stranger", "crm_value.group_manager")
        stranger.write(
            {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        )
        findings = self.env["crm.value.quality"].with_user(stranger)
        findings = findings.with_context(allowed_company_ids=other.ids)
        self.assertFalse(findings.search([]))
        with self.assertRaises(UserError):
            findings.action_check()

    def test_who_may_not_see_all_customers_finds_no_sums_of_them(self):
        self._invoice(self._clean("A", country_id=False), 100)
        self._score()
        seller = self._user(
            "quality_seller", "sales_team.group_sale_salesman,crm_value.group_officer"
        )
        self.assertTrue(self._finding("placeless", self.owner))
        self.assertFalse(self._finding("placeless", seller))
        with self.assertRaises(AccessError):
            self.env["crm.value.quality"].with_user(seller).action_check()

    # --- work ---

    def test_a_check_is_flat_at_two_sizes(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["crm.value.quality"].action_check()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        counts = []
        for size in (5, 45):
            for customer in self._population(size, seed=size):
                self._invoice(customer, 10, lines=[self._bare(10)])
            self._score()
            queries()
            counts.append(queries())
        self.assertEqual(*counts)
        self.assertLess(counts[0], 70)

    def test_findings_speak_the_reader_s_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self._invoice(self._clean("A", country_id=False), 100)
        self._score()
        finding = self._finding("placeless").with_context(lang="zh_CN")
        titles = dict(finding._fields["kind"]._description_selection(finding.env))
        self.assertEqual(titles["placeless"], "没有国家")
        self.assertIn("地区", finding.distorts)
