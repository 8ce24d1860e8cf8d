from odoo.tests import tagged
from odoo.tools import SQL

from ...models.calls import numbers
from ..common import ValueCommon

CN, BE = "base.cn", "base.be"
WRITTEN = {
    (CN, "13800138000"): "+8613800138000",
    (CN, "0086 13800138000"): "+8613800138000",
    (CN, "+86 138 0013 8000"): "+8613800138000",
    (CN, "8613800138000"): "+8613800138000",
    (CN, "010-6552 9988"): "+861065529988",
    (CN, "010-65529988转123"): "+861065529988",
    (CN, "010-65529988 分机 123"): "+861065529988",
    (CN, "010-65529988 ext. 12"): "+861065529988",
    (CN, "(010) 65529988-123"): "+861065529988",
    (CN, "400-810-8888"): "+864008108888",
    (CN, "800-810-8888"): "+868008108888",
    (CN, "sip:+8613800138000@192.0.2.1;user=phone"): "+8613800138000",
    (CN, "tel:+86-138-0013-8000"): "+8613800138000",
    (CN, "0032 471 12 34 56"): "+32471123456",
    (BE, "0471 12 34 56"): "+32471123456",
    (BE, "0471/12.34.56"): "+32471123456",
    (BE, "+8613800138000"): "+8613800138000",
    (CN, "95588"): False,
    (CN, "101"): False,
    (CN, "anonymous"): False,
    (CN, ""): False,
    (CN, "9" * 5000): False,
}


@tagged("post_install", "-at_install")
class TestNumbers(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref(CN)

    def _to_e164(self, country, text, outside=""):
        partners = self.env["res.partner"]
        return numbers.to_e164(partners, text, self.env.ref(country), outside)

    def test_a_number_is_the_same_however_it_is_written(self):
        for (country, text), number in WRITTEN.items():
            with self.subTest(country=country, text=text[:40]):
                self.assertEqual(self._to_e164(country, text), number)

    def test_the_digit_for_an_outside_line_is_none_of_the_number(self):
        self.assertEqual(self._to_e164(CN, "913800138000", "9"), "+8613800138000")
        self.assertEqual(self._to_e164(CN, "013800138000", "0"), "+8613800138000")
        self.assertEqual(self._to_e164(CN, "13800138000", "9"), "+8613800138000")

    def test_several_numbers_of_one_field_all_count(self):
        partner = self._customer("Both", phone="13800138000 / 010-65529988")
        self.assertFalse(partner.phone_sanitized)
        self.assertEqual(partner.value_more_phones, "+8613800138000 +861065529988")
        partner.phone = "0471/12.34.56"
        partner.country_id = self.env.ref(BE)
        self.assertEqual(partner.phone_sanitized, "+32471123456")
        self.assertFalse(partner.value_more_phones)

    def test_numbers_without_country_are_of_the_customer_or_the_company(self):
        belgian = self._customer("Belgian", country_id=self.env.ref(BE).id)
        contact = self._customer("Contact", parent=belgian, phone="0471 12 34 56")
        contact.country_id = False
        found = {contact.phone_sanitized, contact.value_more_phones}
        self.assertIn("+32471123456", found)
        self.assertEqual(
            self._customer("Nowhere", phone="13800138000").phone_sanitized,
            "+8613800138000",
        )

    def test_numbers_kept_as_typed_are_read_anew(self):
        partner = self._customer("Old", phone="010-6552 9988", active=False)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET phone_sanitized = phone WHERE id = %s",
            (partner.id,),
        )
        self.env.invalidate_all()
        self.env["res.partner"]._value_sanitize_phones()
        self.assertEqual(partner.phone_sanitized, "+861065529988")

    def test_the_numbers_are_looked_up_in_indexes(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for condition in (
            "phone_sanitized = '+8613800138000'",
            "value_more_phones IS NOT NULL AND string_to_array(value_more_phones, ' ')"
            " @> ARRAY['+8613800138000'::text]",
        ):
            self.env.cr.execute(f"EXPLAIN SELECT id FROM res_partner WHERE {condition}")
            plan = " ".join(row[0] for row in self.env.cr.fetchall())
            self.assertRegex(plan, "Index Scan (using|on) res_partner_value_.*phone")

    def test_the_open_tickets_of_a_caller_are_looked_up_in_an_index(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        asked = self.env["crm.value.ticketing"]._owners(self.env.company.id, 7)
        plan = self.env.execute_query(SQL("EXPLAIN %s", asked))
        self.assertIn("helpdesk_ticket_value_customer_idx", str(plan))
