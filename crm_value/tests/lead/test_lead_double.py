from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .lead_common import SELLER, LeadCommon

DOUBLE = "crm.value.lead.double"


@freeze_time("2026-06-15 12:00:00")
@tagged("post_install", "-at_install")
class TestLeadDouble(LeadCommon):
    """Imported leads that are there already, as leads or as customers."""

    def setUp(self):
        super().setUp()
        self.known = self._customer(
            "Known Ltd.",
            email="Sales@known.example",
            phone="+41 44 668 18 00; +41 44 668 18 01",
            country_id=self.country.id,
        )

    def _found(self, lead):
        self.env[DOUBLE]._find(lead)
        return self.env[DOUBLE].search([("lead_id", "=", lead.id)])

    def _import(self, rows, user=None):
        """Import leads as Odoo's own dialog does, and return them."""
        leads = self.env["crm.lead"].with_user(user or self.seller)
        names = ["name", "partner_name", "email_from", "phone", "country_id"]
        result = leads.with_context(import_file=True).load(names, rows)
        self.assertFalse(result["messages"])
        return self.env["crm.lead"].browse(result["ids"])

    def test_each_sign_finds_the_customer(self):
        for sign, values in (
            ("email", {"email_from": "sales@KNOWN.example"}),
            ("phone", {"phone": "0446681800", "country_id": self.country.id}),
            ("phone", {"phone": "+41446681801"}),
            ("name", {"partner_name": "KNOWN limited"}),
        ):
            with self.subTest(**values):
                found = self._found(self._lead(**values))
                self.assertEqual(found.partner_id, self.known)
                self.assertEqual(found.sign, sign)

    def test_each_sign_finds_the_older_lead(self):
        old = self._lead(
            "Old",
            email_from="info@old-firm.example",
            phone="+41 44 668 19 00",
            partner_name="Old Firm GmbH",
        )
        for sign, values in (
            ("email", {"email_from": "INFO@old-firm.example"}),
            ("phone", {"phone": "+41446681900"}),
            ("name", {"partner_name": "Old-Firm"}),
            ("domain", {"email_from": "other@old-firm.example"}),
        ):
            with self.subTest(sign=sign):
                lead = self._lead("New", **values)
                found = self._found(lead)
                self.assertEqual((found.older_id, found.sign), (old, sign))
                self.env[DOUBLE]._find(old)  # whichever is asked, it is one row
                self.assertEqual(self._found(lead).older_id, old)
                lead.unlink()

    def test_names_that_are_nearly_alike_are_found_where_words_can_be_compared(self):
        if not self.env.registry.has_trigram:
            self.skipTest("PostgreSQL has no pg_trgm here")
        self._customer("Müller Maschinenbau AG")
        lead = self._lead(partner_name="Müller Maschienenbau")
        self.assertEqual(self._found(lead).sign, "name")
        self.assertFalse(self._found(self._lead(partner_name="Müller Weinbau")))

    def test_chinese_names_are_compared_without_their_legal_form(self):
        customer = self._customer("杭州明远测试服饰有限公司")
        lead = self._lead(partner_name="杭州明远测试服饰")
        self.assertEqual(self._found(lead).partner_id, customer)

    def test_who_is_linked_closed_or_of_another_company_is_no_duplicate(self):
        other = self._create_company("Lead Other", self.usd)
        self._customer("Elsewhere", email="e@else.example", company_id=other.id)
        self._lead(
            "Theirs", email_from="e@else.example", company_id=other.id, user_id=False
        )
        self._lead("Won", email_from="e@else.example").action_set_won()
        self._lead("Lost", email_from="e@else.example").action_set_lost()
        self.assertFalse(self._found(self._lead(email_from="e@else.example")))
        linked = self._lead(partner_id=self.known.id, email_from="sales@known.example")
        self.assertFalse(self._found(linked))

    def test_what_many_share_says_nothing(self):
        for at in range(21):
            self._lead(f"{at}", phone="+41 44 668 19 99")
        self.assertFalse(self._found(self._lead(phone="+41446681999")))

    def test_import_compares_at_once(self):
        leads = self._import(
            [
                ["Stand 1", "Known", "", "", "Switzerland"],
                ["Stand 2", "Twice SA", "a@twice.example", "", ""],
                ["Stand 3", "Twice", "a@twice.example", "", ""],
                ["Stand 4", "Quite Another", "", "", ""],
            ]
        )
        found = self.env[DOUBLE].search([("lead_id", "in", leads.ids)])
        self.assertEqual(
            {
                (one.lead_id.name, one.partner_id.name, one.older_id.name)
                for one in found
            },
            {("Stand 1", "Known Ltd.", False), ("Stand 3", False, "Stand 2")},
        )
        shown = leads.search(
            [("value_double_ids.state", "=", "open"), ("id", "in", leads.ids)]
        )
        self.assertEqual(shown.mapped("name"), ["Stand 3", "Stand 1"])

    def test_leads_written_by_hand_are_compared_when_asked(self):
        lead = self._lead(email_from="sales@known.example")
        self.assertFalse(lead.value_double_ids)
        action = lead.with_user(self.seller).action_value_check_duplicates()
        found = self.env[DOUBLE].with_user(self.seller).search(action["domain"])
        self.assertEqual(found.partner_id, self.known)

    def test_link_gives_the_lead_its_customer(self):
        found = self._found(self._lead(email_from="sales@known.example"))
        found.with_user(self.seller).action_link()
        self.assertEqual(found.lead_id.partner_id, self.known)
        self.assertEqual((found.state, found.decided_by_id), ("linked", self.seller))
        self.assertTrue(found.decided_on)

    def test_one_lead_is_linked_to_one_contact(self):
        self._customer("Known")
        found = self._found(
            self._lead(email_from="sales@known.example", partner_name="Known")
        )
        self.assertEqual(len(found), 2)
        with self.assertRaisesRegex(UserError, "one line for each"):
            found.action_link()
        self.assertFalse(found.lead_id.partner_id)

    def test_merge_is_odoo_s_own_and_the_pair_goes_with_it(self):
        old = self._lead("Old", email_from="a@twice.example")
        found = self._found(self._lead("New", email_from="a@twice.example"))
        action = found.with_user(self.seller).action_merge()
        dialog = self.env[action["res_model"]].with_context(**action["context"])
        dialog.with_user(self.seller).create({}).action_merge()
        self.assertFalse(found.exists())
        self.assertEqual(len((old | found.browse().lead_id).exists()), 1)
        for name, pair in (
            ("action_merge", self._found(self._lead(email_from="sales@known.example"))),
            ("action_link", self._found(self._lead(email_from="a@twice.example"))),
        ):
            with self.subTest(name=name), self.assertRaises(UserError):
                getattr(pair, name)()

    def test_not_the_same_is_remembered_until_taken_back(self):
        lead = self._lead(email_from="sales@known.example")
        found = self._found(lead)
        found.with_user(self.seller).action_apart()
        self.assertEqual(self._found(lead), found)
        self.assertEqual(found.state, "apart")
        found.with_user(self.seller).action_undo()
        self.assertEqual((found.state, found.decided_by_id.id), ("open", False))

    # --- who may ---

    def test_own_documents_only_hides_pairs_with_a_colleague_s_lead(self):
        colleague = self._user("lead_colleague", SELLER)
        self._lead("Theirs", email_from="a@twice.example", user_id=colleague.id)
        found = self._found(self._lead("Mine", email_from="a@twice.example"))
        self.assertTrue(found)
        for user, sees in (
            (self.seller, False),
            (colleague, False),
            (self.everybody_s, True),
            (self._user("lead_nobody", "crm_value.group_user"), False),
        ):
            seen = self.env[DOUBLE].with_user(user).search([("id", "=", found.id)])
            self.assertEqual(bool(seen), sees, user.login)
        with self.assertRaises(AccessError):
            found.with_user(colleague).action_apart()

    def test_nobody_writes_pairs_but_their_own_code(self):
        found = self._found(self._lead(email_from="sales@known.example"))
        for user in (self.seller, self.officer):
            with self.assertRaises(AccessError):
                found.with_user(user).write({"state": "apart"})
            with self.assertRaises(AccessError):
                found.with_user(user).unlink()

    # --- many ---

    def test_a_thousand_leads_are_compared_by_two_statements(self):
        counts = []
        for size in (10, 1000):
            leads = self.env["crm.lead"].create(
                [
                    {
                        "name": f"Stand {at}",
                        "partner_name": f"Firm {at} {size}",
                        "email_from": f"office@firm-{at}-{size}.example",
                        "company_id": self.company.id,
                        "user_id": self.seller.id,
                    }
                    for at in range(size)
                ]
            )
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.env[DOUBLE]._find(leads)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts, [2, 2])
