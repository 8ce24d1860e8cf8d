"""Loyalty tiers: shown, found and grouped wherever the customer is."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import ValueCommon, ago


@tagged("post_install", "-at_install")
class TestTierShown(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tiers = cls.env["crm.value.tier"].search(
            [("company_id", "=", cls.company.id)], order="sequence"
        )
        cls.gold, cls.none = cls._customer("Gold"), cls._customer("None")
        cls._purchases(cls.gold, (100, 5))
        cls._purchases(cls.none, (100, 5))
        cls._score()
        cls._profile(cls.gold).tier_id = cls.tiers[2]

    def _documents(self, customer):
        lead = {"name": "More", "partner_id": customer.id}
        return (
            customer,
            self._order(customer, 50, confirm=False),
            self._ticket(customer, ago(3)),
            self.env["crm.lead"].create({**lead, "company_id": self.company.id}),
        )

    def test_tier_is_shown_and_found_on_documents(self):
        others = self._documents(self.none)
        for record, other in zip(self._documents(self.gold), others, strict=True):
            with self.subTest(model=record._name):
                self.assertEqual(record.value_tier_id, self.tiers[2])
                self.assertFalse(other.value_tier_id)
                both = [("id", "in", (record + other).ids)]
                found = record.search([*both, ("value_tier_id.name", "=", "Gold")])
                self.assertEqual(found, record)
                without = record.search([*both, ("value_tier_id", "=", False)])
                self.assertEqual(without, other)

    def test_documents_are_grouped_and_sorted_by_tier(self):
        others = self._documents(self.none)
        for record, other in zip(self._documents(self.gold), others, strict=True):
            with self.subTest(model=record._name):
                both = [("id", "in", (record + other).ids)]
                groups = record._read_group(both, ["value_tier_id"], ["id:recordset"])
                empty = self.env["crm.value.tier"]
                self.assertEqual(dict(groups), {self.tiers[2]: record, empty: other})
                self.assertEqual(
                    record.search(both, order="value_tier_id"), record + other
                )
                groups = record._read_group(both, ["value_quadrant"], ["__count"])
                self.assertEqual(sum(count for _name, count in groups), 2)

    def test_another_companys_tier_is_not_shown(self):
        other = self._create_company("Other", self.usd)
        order = self._order(self.gold, 50, confirm=False, company=other)
        [(tier, _count)] = order._read_group(
            [("id", "=", order.id)], ["value_tier_id"], ["__count"]
        )
        self.assertFalse(tier)
        self.assertFalse(order.value_tier_id)

    def test_outsider_cannot_group_by_tier(self):
        outsider = new_test_user(self.env, "tierless", "base.group_partner_manager")
        partners = self.env["res.partner"].with_user(outsider)
        fields = partners.fields_get(["value_tier_id"])
        self.assertNotIn("value_tier_id", fields)
        with self.assertRaises(AccessError):
            partners._read_group([], ["value_tier_id"], ["__count"])
