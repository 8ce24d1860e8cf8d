"""Loyalty as people see it: in words, in the matrix, on contacts."""

from odoo.tests import new_test_user, tagged

from ..common import ago
from .test_loyalty import LoyaltyCommon


@tagged("post_install", "-at_install")
class TestLoyaltyScreen(LoyaltyCommon):
    def setUp(self):
        super().setUp()
        self.often = [self._often(f"Often {at}") for at in range(3)]
        self.seldom = [self._often(f"Seldom {at}", 300, 2) for at in range(3)]
        answers = [(self.often[0], 80.0), (self.often[1], 20.0), (self.seldom[0], 80.0)]
        self._answer(*((one, 10, score) for one, score in answers))
        self._score()

    def _user(self, group):
        return new_test_user(
            self.env,
            login=group,
            groups=f"base.group_user,{group}",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )

    def _matrix(self, group="crm_value.group_user"):
        profiles = self.env["crm.value.profile"].with_user(self._user(group))
        return profiles, profiles.get_loyalty_matrix()

    def test_each_cell_opens_the_customers_it_counts(self):
        profiles, matrix = self._matrix()
        self.assertEqual((matrix["total"], matrix["answered"]), (6, 3))
        counts = []
        for cell in matrix["cells"]:
            found = profiles.search(cell["domain"])
            self.assertEqual(len(found), cell["count"])
            self.assertEqual(sum(found.mapped("revenue")), cell["revenue"])
            self.assertLessEqual(set(found.mapped("loyalty_class")), {cell["code"]})
            counts.append(cell["count"])
        self.assertEqual(counts, [1, 1, 1, 1, 0, 2])

    def test_margins_are_for_officers(self):
        _profiles, matrix = self._matrix()
        self.assertFalse(matrix["shows_margin"])
        self.assertFalse(any("margin" in cell for cell in matrix["cells"]))
        _profiles, matrix = self._matrix("crm_value.group_officer")
        self.assertGreater(matrix["cells"][0]["margin"], 0)

    def test_matrix_keeps_to_a_few_queries(self):
        profiles, _matrix = self._matrix()
        self.env.flush_all()
        with self.assertQueryCount(3):
            profiles.get_loyalty_matrix()

    def test_matrix_of_an_empty_company_is_empty(self):
        company = self._create_company("Empty", self.usd)
        profiles = self.env["crm.value.profile"].with_company(company)
        matrix = profiles.get_loyalty_matrix()
        self.assertEqual((matrix["total"], len(matrix["cells"])), (0, 6))

    def test_parts_have_the_mean_that_is_the_behaviour(self):
        for customer in self.often + self.seldom:
            told = self._profile(customer).loyalty
            known = [p["rank"] for p in told["parts"] if p["rank"] is not None]
            self.assertEqual(len(known), 2)  # products are not known
            self.assertAlmostEqual(sum(known) / 2, told["behaviour"])

    def test_words_say_what_is_known_and_what_is_not(self):
        loyal, unasked = self._profile(self.often[0]), self._profile(self.often[2])
        self.assertIn("06/05/2026", loyal.loyalty["attitude_text"])
        self.assertIn("12 months", unasked.loyalty["attitude_text"])
        self.assertIn("not known", unasked.loyalty["sentence"])
        self.assertEqual(loyal.loyalty["kind"], "premium")
        self.assertIn("high", loyal.loyalty["kind_text"])
        prospect = self._customer("Prospect")
        self._order(prospect, 10, confirm=False)
        self._refresh()
        self.assertEqual(self._profile(prospect).loyalty["parts"], [])

    def test_every_kind_has_its_evidence(self):
        profile = self._profile(self.often[2])
        for kind in ("price", "incentive", "inertia", "latent", "premium"):
            profile.loyalty_kind = profile.loyalty_kind_computed = kind
            self.assertTrue(profile._say_kind())

    def test_documents_behind_a_part_open(self):
        profile = self._profile(self.often[0])
        action = profile.action_open_loyalty_documents("frequency")
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found.profile_id.partner_id, self.often[0])
        action = profile.action_open_loyalty_documents("incentive")
        self.assertEqual(action["res_model"], "sale.order")

    def test_words_for_many_cost_no_query_each(self):
        profiles = self.env["crm.value.profile"].search([])
        profiles.mapped("loyalty")
        counts = []
        for some in (profiles[:1], profiles):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some.mapped("loyalty")
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_contacts_are_found_and_grouped_by_class(self):
        partners = self.env["res.partner"]
        loyal = partners.search([("value_loyalty_class", "=", "loyal")])
        self.assertEqual(loyal, self.often[0])
        self.assertEqual(loyal.value_loyalty_class, "loyal")
        domain = [("id", "in", [one.id for one in self.often + self.seldom])]
        groups = dict(
            partners._read_group(domain, ["value_loyalty_class"], ["__count"])
        )
        self.assertEqual(groups, {"loyal": 1, "spurious": 1, "latent": 1, "unknown": 3})

    def test_classes_are_kept_month_by_month(self):
        self._score(as_of=ago(15))
        snapshot = self._snapshot(self.often[0], ago(15))
        self.assertEqual(snapshot.loyalty_class, "unknown")
