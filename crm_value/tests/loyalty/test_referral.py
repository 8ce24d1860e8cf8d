"""Who brought whom: no cycles, whatever is imported or merged, and what it is worth."""

from random import Random

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from ..common import ValueCommon


@tagged("post_install", "-at_install")
class TestReferral(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.anna, cls.bert, cls.carl = (
            cls._customer(name) for name in ("Anna", "Bert", "Carl")
        )
        cls.merge = cls.env["base.partner.merge.automatic.wizard"]

    def _rows(self, **values):
        self.env.invalidate_all()
        return self.env["crm.value.referral"].search(
            [(name, "=", value) for name, value in values.items()]
        )

    # --- no cycles ---

    def test_nobody_is_referred_by_itself_in_however_many_steps(self):
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.anna.value_referrer_id = self.anna
        self.bert.value_referrer_id = self.anna
        self.carl.value_referrer_id = self.bert
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.anna.value_referrer_id = self.carl

    def test_contacts_close_no_circle_for_their_companies(self):
        joe = self._customer("Joe", parent=self.bert)
        jane = self._customer("Jane", parent=self.anna)
        self.anna.value_referrer_id = joe
        for customer in (self.bert, joe):
            for referrer in (self.anna, jane):
                with self.assertRaises(ValidationError), self.env.cr.savepoint():
                    customer.value_referrer_id = referrer
        joe.value_referrer_id = self.bert  # within one company: no circle
        self.bert.value_referrer_id = self.carl

    def test_import_takes_a_referrer_by_name(self):
        result = self.env["res.partner"].load(
            ["name", "is_company", "value_referrer_id"],
            [["Dora", "True", "Anna"], ["Emil", "True", "Bert"]],
        )
        self.assertFalse(result["messages"])
        found = self.env["res.partner"].browse(result["ids"])
        self.assertEqual(found.value_referrer_id, self.anna + self.bert)
        self.assertEqual(self.anna.value_referred_count, 1)

    def test_merge_of_referrer_and_referred_leaves_none(self):
        self.bert.value_referrer_id = self.anna
        for kept in (self.anna, self.bert):
            with self.subTest(kept=kept.name), self.env.cr.savepoint() as point:
                self.merge._merge((self.anna + self.bert).ids, kept)
                self.assertFalse(kept.value_referrer_id)
                point.rollback()
                self.env.invalidate_all()

    def test_merge_of_a_chain_keeps_who_stands_between(self):
        self.bert.value_referrer_id = self.anna
        self.carl.value_referrer_id = self.bert
        self.merge._merge((self.anna + self.carl).ids, self.carl)
        self.assertFalse(self.carl.value_referrer_id)
        self.assertEqual(self.bert.value_referrer_id, self.carl)

    def test_merge_keeps_the_referrer_of_either(self):
        self.bert.value_referrer_id = self.anna
        twin = self._customer("Bert again")
        dora = self._customer("Dora", value_referrer_id=self.bert.id)
        self.merge._merge((twin + self.bert).ids, twin)
        self.assertEqual(twin.value_referrer_id, self.anna)
        self.assertEqual(dora.value_referrer_id, twin)

    def test_no_merge_of_any_makes_a_cycle(self):
        random = Random(4)
        for _time in range(6):
            people = [self._customer(f"Person {at}") for at in range(8)]
            for at, person in enumerate(people[1:], 1):
                if random.random() < 0.8:
                    person.value_referrer_id = random.choice(people[:at])
            while len(people) > 3:
                merged = random.sample(people, random.choice((2, 3)))
                ids = [one.id for one in merged]
                self.merge._merge(ids, merged[0])
                people = [one for one in people if one not in merged[1:]]
                left = self.env["res.partner"].concat(*people)
                left.invalidate_recordset()
                self.assertFalse(left._has_cycle("value_referrer_id"))

    # --- the report ---

    def test_report_says_what_the_referred_brought(self):
        (self.bert + self.carl).value_referrer_id = self.anna
        self._purchases(self.bert, (100, 500), (40, 20))
        self._score()
        [row] = self._rows(partner_id=self.bert.id)
        self.assertEqual((row.referrer_id, row.company_id), (self.anna, self.company))
        self.assertEqual((row.revenue, row.revenue_total), (40, 140))
        self.assertEqual(row.margin_total, self._profile(self.bert).margin_total)
        sums = self._rows()._read_group(
            [("referrer_id", "=", self.anna.id)],
            ["referrer_id"],
            ["referred_count:sum", "buyer_count:sum", "revenue_total:sum"],
        )
        self.assertEqual(sums, [(self.anna, 2, 1, 140)])

    def test_only_direct_referrals_count(self):
        self.bert.value_referrer_id = self.anna
        self.carl.value_referrer_id = self.bert
        self._purchases(self.carl, (100, 20))
        self._score()
        self.assertEqual(sum(self._rows(referrer_id=self.anna.id).mapped("revenue")), 0)
        self.assertEqual(self._rows(referrer_id=self.bert.id).revenue, 100)

    def test_each_company_sees_its_own_money_once(self):
        other = self._create_company("Other", self.usd)
        self.bert.value_referrer_id = self.anna
        self._purchases(self.bert, (100, 20))
        self._transaction(self.bert, 7, company_id=other.id)
        self._score()
        self._score(other)
        rows = self._rows(partner_id=self.bert.id)
        self.assertEqual(
            {row.company_id: row.revenue_total for row in rows},
            {self.company: 100, other: 7},
        )
        user = self._user("crm_value.group_user")
        self.assertEqual(rows.with_user(user).search([]).company_id, self.company)
        self.assertEqual(len(set(rows.ids)), len(rows))

    def test_contacts_stand_for_their_companies(self):
        jane = self._customer("Jane", parent=self.anna)
        joe = self._customer("Joe", parent=self.bert, value_referrer_id=jane.id)
        own = self._customer("Own", parent=self.anna, value_referrer_id=self.anna.id)
        self.assertEqual(self._rows(partner_id=self.bert.id).referrer_id, self.anna)
        self.assertFalse(self._rows(partner_id=joe.id) + self._rows(partner_id=own.id))
        self.bert.value_referrer_id = self.carl
        self.assertEqual(self._rows(partner_id=self.bert.id).referrer_id, self.carl)

    def _user(self, group):
        return new_test_user(
            self.env,
            login=group,
            groups=f"base.group_user,{group}",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )

    def test_margins_are_for_officers(self):
        self.bert.value_referrer_id = self.anna
        self._purchases(self.bert, (100, 20))
        self._score()
        rows = self._rows(partner_id=self.bert.id)
        user = self._user("crm_value.group_user")
        officer = self._user("crm_value.group_officer")
        for name in ("margin_total", "clv"):
            with self.assertRaises(AccessError):
                rows.with_user(user).read([name])
            rows.with_user(officer).read([name])
            arch = rows.with_user(user).get_view(view_type="list")["arch"]
            self.assertNotIn(name, arch)

    def test_who_is_no_user_of_customer_value_sees_no_referrer(self):
        outsider = self._user("base.group_partner_manager")
        self.bert.value_referrer_id = self.anna
        with self.assertRaises(AccessError):
            self.bert.with_user(outsider).read(["value_referrer_id"])
        arch = self.bert.with_user(outsider).get_view(view_type="form")["arch"]
        self.assertNotIn("value_referrer_id", arch)
        self.bert.with_user(outsider).name = "Berta"

    def test_count_of_many_costs_one_query(self):
        (self.bert + self.carl).value_referrer_id = self.anna
        partners = self.anna + self.bert + self.carl
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            counts = partners.mapped("value_referred_count")
        self.assertEqual(counts, [2, 0, 0])
        action = self.anna.action_open_referred()
        found = self.env["res.partner"].search(action["domain"])
        self.assertEqual(found, self.bert + self.carl)
