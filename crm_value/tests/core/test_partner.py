"""Value on contacts and documents: search, merge, move, archive, delete."""

from datetime import date

from odoo.tests import tagged

from ..common import TODAY, ValueCommon, ago

MAY = date(2026, 5, 31)


@tagged("post_install", "-at_install")
class TestPartner(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.acme = cls._customer("Acme")
        cls.ann = cls._customer("Ann", parent=cls.acme)
        cls.other = cls._customer("Other")
        cls.plain = cls._customer("Plain")
        cls._purchases(cls.acme, (50, 10), (30, 60), (20, 80))
        cls._purchases(cls.other, (10, 20), (99, 140))
        cls._score()
        cls._refresh()

    # --- fields and search ---

    def test_contact_shows_the_value_of_its_company(self):
        profile = self._profile(self.acme)
        for partner in (self.acme, self.ann):
            self.assertEqual(partner.value_profile_id, profile)
            self.assertEqual(partner.value_score, profile.value_score)
            self.assertEqual(partner.value_quadrant, profile.quadrant)
            self.assertEqual(
                partner.value_rfm, f"{profile.rfm_r}{profile.rfm_f}{profile.rfm_m}"
            )
            self.assertEqual(partner.value_segment_id, profile.rfm_segment)
            self.assertEqual(partner.value_pareto_class, profile.pareto_class)
            self.assertEqual(partner.value_last_purchase_date, ago(10))

    def test_contact_without_value_shows_unknown(self):
        self.assertFalse(self.plain.value_profile_id)
        self.assertIs(self.plain.value_score, False)
        self.assertIs(self.plain.value_trend, False)
        self.assertFalse(self.plain.value_rfm)
        self.assertFalse(self.plain.value_quadrant)

    def _found(self, *domain):
        ours = self.acme + self.ann + self.other + self.plain
        return self.env["res.partner"].search([("id", "in", ours.ids), *domain])

    def test_search_by_score(self):
        score = self.acme.value_score
        everybody = self._found()
        valued = self.acme + self.ann + self.other
        self.assertEqual(self._found(("value_score", "!=", False)), valued)
        self.assertEqual(self._found(("value_score", "=", False)), self.plain)
        self.assertEqual(self._found(("value_score", ">=", 0)), valued)
        self.assertEqual(self._found(("value_score", "=", 0)), self.plain.browse())
        self.assertEqual(self._found(("value_score", "<", 101)), valued)
        at_least = self._found(("value_score", ">=", score))
        self.assertIn(self.acme, at_least)
        self.assertEqual(
            everybody - self._found(("value_score", "!=", False)), self.plain
        )

    def test_search_by_quadrant(self):
        mine = self.acme.value_quadrant
        self.assertIn(self.ann, self._found(("value_quadrant", "=", mine)))
        self.assertNotIn(self.plain, self._found(("value_quadrant", "=", mine)))
        self.assertIn(self.plain, self._found(("value_quadrant", "!=", mine)))
        self.assertEqual(self._found(("value_quadrant", "=", False)), self.plain)
        self.assertEqual(
            self._found(("value_quadrant", "in", [mine, False])),
            self._found(
                "|", ("value_quadrant", "=", mine), ("value_quadrant", "=", False)
            ),
        )
        self.assertNotIn(
            self.plain, self._found(("value_quadrant", "not in", [mine, False]))
        )

    def test_search_by_segment_class_and_date(self):
        segment = self.acme.value_segment_id
        self.assertIn(self.acme, self._found(("value_segment_id", "=", segment.id)))
        self.assertIn(
            self.acme, self._found(("value_segment_id", "ilike", segment.name))
        )
        self.assertEqual(self._found(("value_segment_id", "=", False)), self.plain)
        self.assertEqual(self._found(("value_pareto_class", "=", False)), self.plain)
        self.assertIn(
            self.ann,
            self._found(("value_pareto_class", "=", self.acme.value_pareto_class)),
        )
        recent = self._found(("value_last_purchase_date", ">", ago(15)))
        self.assertEqual(recent, self.acme + self.ann)
        self.assertEqual(
            self._found(("value_last_purchase_date", "=", False)), self.plain
        )

    def test_contacts_are_grouped_by_segment_and_class_of_their_customer(self):
        contacts = self.acme + self.ann + self.plain
        for name in ("value_segment_id", "value_pareto_class"):
            with self.subTest(name):
                groups = contacts._read_group(
                    [("id", "in", contacts.ids)], [name], ["id:recordset"]
                )
                self.assertEqual(
                    {key: found for key, found in groups},
                    {
                        self.acme[name]: self.acme + self.ann,
                        self.plain[name]: self.plain,
                    },
                )

    def test_search_through_the_profile(self):
        self.assertEqual(self._found(("value_profile_id", "=", False)), self.plain)
        profile = self._profile(self.acme)
        self.assertEqual(
            self._found(("value_profile_id", "=", profile.id)), self.acme + self.ann
        )
        self.assertEqual(
            self._found(("value_profile_id.revenue", "=", 100)), self.acme + self.ann
        )
        self.assertEqual(
            self._found(("value_profile_id.quadrant", "!=", False)),
            self.acme + self.ann + self.other,
        )
        self.assertEqual(
            self._found(("value_profile_id", "ilike", "Acme")), self.acme + self.ann
        )

    # --- unknown is not zero ---

    def test_unknown_is_not_zero_in_search(self):
        customer = self._customer("Zero")
        self._invoice(customer, 100, ago(30), due=ago(-10))
        self._pay(self._invoice(customer, 100, ago(30), due=ago(20)), ago(20))
        self._refresh()
        zero, unknown = self._profile(customer), self._profile(self.acme)
        self.assertEqual(zero.days_late, 0)
        self.assertIs(unknown.days_late, False)
        both = [("id", "in", (zero + unknown).ids)]
        search = zero.search
        self.assertEqual(search([*both, ("days_late", "=", 0)]), zero)
        self.assertEqual(search([*both, ("days_late", "=", False)]), unknown)
        self.assertEqual(search([*both, ("days_late", "!=", False)]), zero)
        self.assertEqual(search([*both, ("days_late", "<", 1)]), zero)
        self.assertEqual(search([*both, ("days_late", ">=", 0)]), zero)
        self.assertEqual(
            (zero + unknown).filtered_domain([("days_late", "=", 0)]), zero
        )
        self.assertEqual(
            (zero + unknown).filtered_domain([("days_late", "<", 1)]), zero
        )

    def test_unknown_is_not_zero_in_read_group_and_export(self):
        customer = self._customer("Zero")
        self._pay(self._invoice(customer, 100, ago(30), due=ago(20)), ago(16))
        self._refresh()
        known, unknown = self._profile(customer), self._profile(self.acme)
        both = known + unknown
        read = {row["id"]: row["days_late"] for row in both.read(["days_late"])}
        self.assertEqual(read, {known.id: 4, unknown.id: False})
        self.assertIs(read[unknown.id], False)
        [[average]] = known._read_group([("id", "in", both.ids)], [], ["days_late:avg"])
        self.assertEqual(average, 4)
        exported = both.sorted("days_late").export_data(["days_late"])["datas"]
        self.assertEqual({row[0] for row in exported}, {4.0, ""})
        web = unknown.web_read({"days_late": {}, "value_score": {}})
        self.assertIs(web[0]["days_late"], False)

    def test_unknown_copies_and_writes_as_unknown(self):
        purchase = self._transaction(self.acme, 10)
        self.assertIs(purchase.margin, False)
        purchase.margin = 0
        purchase.flush_recordset()
        purchase.invalidate_recordset()
        self.assertEqual(purchase.margin, 0)
        self.assertIsNot(purchase.margin, False)
        purchase.margin = False
        purchase.flush_recordset()
        purchase.invalidate_recordset()
        self.assertIs(purchase.margin, False)

    # --- badges ---

    def test_badge_shows_on_order_ticket_and_lead(self):
        order = self._order(self.ann, 10, confirm=False)
        ticket = self._ticket(self.ann)
        lead = self.env["crm.lead"].create({"name": "Lead", "partner_id": self.ann.id})
        profile = self._profile(self.acme)
        for document in (order, ticket, lead):
            self.assertEqual(document.value_profile_id, profile)
            self.assertEqual(document.value_quadrant, profile.quadrant)
            self.assertEqual(document.value_score, profile.value_score)
            self.assertEqual(document.action_open_value_profile()["res_id"], profile.id)
            found = document.search(
                [("id", "=", document.id), ("value_quadrant", "=", profile.quadrant)]
            )
            self.assertEqual(found, document)
            self.assertFalse(
                document.search([("id", "=", document.id), ("value_score", "=", False)])
            )
        lead.partner_id = False
        self.assertFalse(lead.value_quadrant)
        self.assertIs(lead.value_score, False)

    # --- moving ---

    def test_contact_with_new_company_takes_its_documents_along(self):
        self._invoice(self.ann, 40, ago(5))
        self._refresh()
        self.assertEqual(self._profile(self.acme).revenue, 140)
        self.ann.parent_id = self.other
        self.assertEqual(self._stale(), self.acme + self.other)
        self._refresh()
        self.assertEqual(self._profile(self.acme).revenue, 100)
        self.assertEqual(self._profile(self.other).revenue, 149)
        self.assertEqual(self.ann.value_profile_id, self._profile(self.other))

    def test_contact_that_leaves_its_company_is_a_customer_of_its_own(self):
        self._invoice(self.ann, 40, ago(5))
        self._refresh()
        self.ann.parent_id = False
        self._refresh()
        self.assertEqual(self._profile(self.acme).revenue, 100)
        self.assertEqual(self._profile(self.ann).revenue, 40)

    def test_customer_below_another_company_gives_up_its_profile(self):
        self.other.write({"is_company": False, "parent_id": self.acme.id})
        self._refresh()
        self.assertFalse(self._profile(self.other))
        self.assertEqual(self._profile(self.acme).revenue, 209)

    # --- archive and delete ---

    def test_archived_customer_keeps_its_value(self):
        score = self.acme.value_score
        self.ann.active = False
        self.acme.active = False
        self._score()
        self.assertEqual(self._profile(self.acme).value_score, score)
        self._invoice(self.acme, 10)
        self._refresh()
        self.assertEqual(self._profile(self.acme).revenue, 110)

    def test_customer_without_documents_is_deleted_with_its_value(self):
        self.env["crm.value.transaction"].search(
            [("partner_id", "=", self.other.id)]
        ).unlink()
        self.assertTrue(self._profile(self.other))
        self.assertTrue(self._stale())
        self.other.unlink()
        self.assertFalse(self._stale())
        self._refresh()
        self._score()

    # --- merge ---

    def _merge(self, source, target):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((source + target).ids, target)
        self.env.invalidate_all()

    def test_merge_joins_profiles_and_purchases(self):
        self.assertTrue(self._profile(self.acme) and self._profile(self.other))
        source = self.other.id
        self._merge(self.other, self.acme)
        self.assertFalse(self.env["res.partner"].browse(source).exists())
        self.assertIn(self.acme, self._stale())
        self._refresh()
        self.assertEqual(self._profile(self.acme).revenue, 209)
        self.assertEqual(self._profile(self.acme).purchase_count, 5)
        run = self._score()
        self.assertEqual(run.state, "done", run.message)
        self.assertEqual(run.customer_count, 1)

    def test_merge_into_contact_without_profile_makes_one(self):
        self._merge(self.other, self.plain)
        self._refresh()
        self.assertEqual(self._profile(self.plain).revenue, 109)

    def test_merge_keeps_both_histories(self):
        self._score(as_of=MAY)
        self._policy(quadrant_cut="fixed")  # moves both
        self._score()
        changes = self.env["crm.value.transition"].search([("date", "=", TODAY)])
        self.assertEqual(changes.partner_id, self.acme + self.other)
        before = self._snapshot(self.acme, MAY)
        scores = {
            s.origin_id: s.value_score for s in self._snapshot(self.other, MAY) + before
        }
        source = self.other.id
        self._merge(self.other, self.acme)
        snapshots = self._snapshot(self.acme, MAY)
        self.assertEqual({s.origin_id: s.value_score for s in snapshots}, scores)
        self.assertEqual(set(scores), {source, self.acme.id})
        self.assertEqual(changes.partner_id, self.acme)
        self.assertEqual(set(changes.mapped("origin_id")), {source, self.acme.id})
        self._refresh()
        self._score()
        profile = self._profile(self.acme)
        self.assertEqual(
            profile.get_change()["before"], before.value_score, "its own past counts"
        )
        again = self._score(as_of=MAY)
        self.assertEqual(again.state, "done", again.message)

    def test_merge_keeps_overrides(self):
        self._override(self.other, "gold")
        self._merge(self.other, self.acme)
        self._refresh()
        profile = self._profile(self.acme)
        self.assertEqual(profile.quadrant, "gold")
        self.assertEqual(profile.override_id.reason, "Basis")

    def test_merge_with_two_overrides_shows_the_one_that_holds(self):
        self._override(self.other, "gold")
        self._override(self.acme, "lead")
        self._merge(self.other, self.acme)
        self._refresh()
        profile = self._profile(self.acme)
        self.assertEqual(profile.override_id.quadrant, profile.quadrant)
        self.assertEqual(profile.quadrant, "lead", "the newer one counts")

    def _override(self, partner, quadrant):
        return self.env["crm.value.override"].create(
            {
                "partner_id": partner.id,
                "quadrant": quadrant,
                "reason": "Basis",
                "date_to": ago(-30),
            }
        )

    def test_merge_of_contact_refreshes_the_company_it_leaves(self):
        self._invoice(self.ann, 40, ago(5))
        self._refresh()
        twin = self._customer("Twin", parent=self.other)
        self._merge(self.ann, twin)
        self.assertIn(self.acme, self._stale())
        self._refresh()
        self.assertEqual(self._profile(self.acme).revenue, 100)
        self.assertEqual(self._profile(self.other).revenue, 149)

    def test_merge_of_plain_contacts_needs_no_value(self):
        self._merge(self._customer("Plain too"), self.plain)
        self._refresh()
        self.assertFalse(self._profile(self.plain))
