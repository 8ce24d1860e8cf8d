"""A document tells at a glance how its customer stands, coloured where it is wrong."""

from datetime import timedelta

from odoo.tests import new_test_user, tagged

from ..common import TODAY, ValueCommon, ago

MONTH_END = TODAY.replace(day=1) - timedelta(days=1)


@tagged("post_install", "-at_install")
class TestGlance(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env,
            "glance_seller",
            "sales_team.group_sale_salesman_all_leads",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls._population(40)
        cls.late, cls.regular = cls._customer("Late"), cls._customer("Regular")
        cls._purchases(cls.late, *[(100, 300 - 20 * at) for at in range(8)])
        cls._purchases(cls.regular, *[(100, 160 - 20 * at) for at in range(8)])
        cls._ticket(cls.late, ago(20))
        cls._ticket(cls.regular)
        cls._score()

    def _signs(self, record):
        signs = record.with_user(self.seller).value_strip
        return {sign["code"]: sign for sign in signs}

    def test_quotation_says_what_is_wrong(self):
        signs = self._signs(self._order(self.late, 10, confirm=False))
        self.assertEqual(signs["purchase"]["text"], "160 days ago, cycle 20")
        for code in ("stage", "purchase", "ticket"):
            self.assertTrue(signs[code]["tone"], code)
            self.assertTrue(signs[code]["sentence"], code)
        self.assertEqual(signs["ticket"]["text"], "1")
        self.assertIn("for 20 days", signs["ticket"]["sentence"])

    def test_nothing_is_coloured_where_nothing_is_wrong(self):
        signs = self._signs(self._order(self.regular, 10, confirm=False))
        self.assertEqual(signs["purchase"]["text"], "20 days ago, cycle 20")
        self.assertEqual([s for s in signs.values() if s["tone"]], [])

    def test_contact_quotation_ticket_and_lead_show_the_same(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "More",
                "partner_id": self.late.id,
                "company_id": self.company.id,
                "user_id": self.seller.id,
            }
        )
        order = self._order(self.late, 10, confirm=False)
        expected = self._signs(order)
        for record in (self.late, lead, self.late.value_profile_id and order):
            self.assertEqual(self._signs(record), expected)

    def test_signs_come_in_their_order_and_name_what_they_are(self):
        strip = self._order(self.late, 10, confirm=False).value_strip
        codes = [sign["code"] for sign in strip]
        known = ["quadrant", "pareto", "stage", "risk", "purchase", "ticket", "tier"]
        self.assertEqual(codes, [code for code in known if code in codes])
        self.assertTrue(all(sign["label"] and sign["text"] for sign in strip))

    def test_list_reads_signs_in_bulk(self):
        partners = self.env["crm.value.profile"].search([]).partner_id
        orders = self.env["sale.order"]
        for partner in partners[:12]:
            orders += self._order(partner, 10, confirm=False)

        def queries(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.read(["value_strip"])
            return self.env.cr.sql_log_count - before

        queries(orders)
        self.assertEqual(queries(orders), queries(orders[:3]))

    def test_customer_without_a_purchase_has_no_signs(self):
        order = self._order(self._customer("New"), 10, confirm=False)
        self.assertFalse(order.value_strip)
        self.assertEqual(TODAY, order.date_order.date())

    def test_life_has_a_lane_for_each_kind_of_thing_that_happened(self):
        profile = self._profile(self.late).with_user(self.seller)
        life = profile.get_life()
        lanes = {lane["code"]: lane["events"] for lane in life["lanes"]}
        self.assertEqual(len(lanes["purchases"]), 8)
        self.assertEqual(lanes["purchases"][0]["date"], str(ago(300)))
        self.assertGreaterEqual(lanes["stages"][0]["date"], str(ago(300)))
        self.assertNotIn("tickets", lanes)  # a salesperson may not open them
        [ticket] = self._profile(self.late)._ticket_lane()["events"]
        self.assertEqual(ticket["tone"], "warning")
        self.assertEqual((life["from"], life["until"]), (str(ago(300)), str(TODAY)))
        nothing = self.env["crm.value.profile"].new({"partner_id": self.late.id})
        self.assertEqual(nothing._life_lanes(None)[0]["events"], [])

    def test_changes_since_the_last_month_end_are_said_in_words(self):
        profile = self._profile(self.late)
        self.assertFalse(profile.changes)
        self._score(as_of=MONTH_END)
        self._score()
        profile.invalidate_recordset()
        said = profile.with_user(self.seller).changes["said"]
        self.assertEqual(said[0], "No purchase since then")
        self.assertTrue(all("False" not in text for text in said))

    def test_exchange_is_said_in_words(self):
        profile = self._profile(self.late)
        profile.value_score, profile.received_value_score = 80, 20
        self.assertEqual(profile._explain_exchange()["cell"], "much_little")
        profile.received_value_score = False
        self.assertFalse(profile._explain_exchange())

    def test_relationship_level_is_suggested_and_can_be_set_by_hand(self):
        profile = self._profile(self.late)
        profile.score_margin = 80
        self.assertEqual(profile.relation_level, "partner")  # few customers
        profile.score_margin = 10
        profile.invalidate_recordset(["relation_level"])
        self.assertEqual(profile.relation_level, "accountable")
        self.env["crm.value.override"].create(
            {
                "partner_id": self.late.id,
                "company_id": self.company.id,
                "kind": "relation_level",
                "relation_level": "proactive",
                "reason": "Strategic",
                "date_to": ago(-30),
            }
        )
        profile.invalidate_recordset(["relation_level"])
        self.assertEqual(profile.relation_level, "proactive")
        self.assertIn("Strategic", profile.relation_level_text)

    def test_card_prints_without_money_for_a_plain_user(self):
        profile = self._profile(self.late)
        page = self.env["ir.actions.report"].with_user(self.seller)
        html = page._render_qweb_html("crm_value.report_profile_card", profile.ids)[0]
        self.assertIn(b"What Is Going Wrong", html)
        self.assertIn(b"times its own purchase cycle", html)
        self.assertNotIn(b"Lifetime value </span>", html)

    def test_preferences_are_seen_where_the_customer_is_served(self):
        self.late.value_prefers_hours = "Call after 14"
        self.late.value_prefers_contact = "Ms. Li"
        signs = self._signs(self._order(self.late, 10, confirm=False))
        self.assertEqual(signs["prefers"]["text"], "Call after 14; Ms. Li")
