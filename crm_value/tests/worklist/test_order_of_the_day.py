"""The order of the day: so many a day, who has most at stake first, and an end."""

import random
import re
from datetime import timedelta

from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from ...models.worklist.crm_value_profile_turn import DUE, TURNS
from ..common import TODAY, ValueCommon, ago


@tagged("post_install", "-at_install")
class TestOrderOfTheDay(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.seller = new_test_user(
            cls.env,
            "day_seller",
            "crm_value.group_user",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.customers = cls.env["res.partner"].create(
            [
                {"name": f"Due {at}", "is_company": True, "user_id": cls.seller.id}
                for at in range(5)
            ]
        )
        cls._policy(day_cap=2)
        for at, customer in enumerate(cls.customers):
            for day in range(70, 500, 30):
                cls._transaction(
                    customer, 200 + 50 * at, ago(day), product_name=f"Lamp {at}"
                )
        cls._score()
        cls.profiles = cls.env["crm.value.profile"].search(
            [("partner_id", "in", cls.customers.ids)], order="stake_score DESC, id"
        )

    def _today(self):
        self.env.invalidate_all()
        return self.profiles.search(
            [
                ("id", "in", self.profiles.ids),
                ("is_today", "=", True),
                ("decision_id", "=", False),
            ],
            order="stake_score DESC, id",
        )

    def test_so_many_a_day_who_has_most_at_stake_first(self):
        self.assertEqual(set(self.profiles.mapped("worklist")), {"retain"})
        self.assertEqual(self._today(), self.profiles[:2])
        self.assertEqual(self.profiles.filtered("is_today"), self.profiles[:2])

    def test_the_others_are_planned_for_the_next_working_days(self):
        monday = TODAY
        planned = [profile.turn_date for profile in self.profiles]
        steps = [0, 0, 1, 1, 2]
        self.assertEqual(planned, [monday + timedelta(days=step) for step in steps])

    def test_what_is_done_brings_nobody_else_today(self):
        self.profiles[0].with_user(self.seller)._done()
        self.assertEqual(self._today(), self.profiles[1])

    def test_each_salesperson_has_an_order_of_its_own(self):
        self.customers[0].user_id = self.env.user
        mine = self._profile(self.customers[0])
        self.assertEqual(self._today(), self.profiles.filtered("is_today"))
        self.assertIn(mine, self._today())
        self.assertEqual(len(self._today()), 3)

    def test_first_ones_found_are_those_whose_turn_it_is(self):
        """Whoever sells to whom, and whatever was done today."""
        draw = random.Random(7)
        sellers = [self.seller, self.env.user, self.env["res.users"]]
        for _round in range(6):
            for customer in self.customers:
                customer.user_id = draw.choice(sellers)
            self.profiles.flush_recordset()
            found = self.profiles.search(
                [("id", "in", self.profiles.ids), ("is_today", "=", True)]
            )
            self.env.invalidate_all()
            self.assertEqual(found, self.profiles.filtered("is_today"))
            waiting = self.profiles.filtered(lambda one: not one.decision_id)
            if waiting:
                draw.choice(list(waiting))._done()

    def test_salesperson_follows_the_contact(self):
        profile = self.profiles[0]
        profile.partner_id.user_id = self.env.user
        self.env.flush_all()
        query = SQL("SELECT user_id FROM crm_value_profile WHERE id = %s", profile.id)
        self.assertEqual(self.env.execute_query(query), [(self.env.uid,)])

    def test_run_stores_the_salesperson(self):
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_value_profile SET user_id = NULL")
        self.profiles.invalidate_model()
        self._score()
        self.assertEqual(self.profiles.user_id, self.seller)

    def test_without_a_limit_everybody_due_is_of_today(self):
        self._policy(day_cap=0)
        self.assertEqual(self._today(), self.profiles)

    def test_lists_stand_in_the_order_in_which_they_are_worked(self):
        self.profiles[0].worklist = "develop"
        self.profiles[1].worklist = "identify"
        domain = [("id", "in", self.profiles.ids)]
        for order in ("", "worklist"):
            groups = self.profiles.formatted_read_group(
                domain, ["worklist"], ["__count"], order=order
            )
            found = [group["worklist"] for group in groups]
            self.assertEqual(found, ["retain", "develop", "identify"])

    def test_customers_are_grouped_by_what_is_at_stake(self):
        groups = self.profiles._read_group(
            [("id", "in", self.profiles.ids)], ["stake_band"], ["__count"]
        )
        counted = dict(groups)
        self.assertEqual(sum(counted.values()), 5)
        for band, count in counted.items():
            found = self.profiles.search(
                [("id", "in", self.profiles.ids), ("stake_band", "=", band)]
            )
            self.assertEqual(len(found), count)
            self.assertEqual(set(found.mapped("stake_band")), {band})

    def test_reason_names_the_product_and_the_day(self):
        profile = self._profile(self.customers[3]).with_context(lang="en_US")
        self.assertIn("last bought Lamp 3 on 04/06/2026", profile.worklist_reason)

    def test_mail_opens_with_a_subject_and_a_text(self):
        context = self.profiles[0].action_write_mail()["context"]
        template = self.env["mail.template"].browse(context["default_template_id"])
        composer = (
            self.env["mail.compose.message"].with_context(**context, lang="en_US")
        ).create({})
        self.assertEqual(template, self.env.ref("crm_value.mail_template_retain"))
        self.assertIn(self.profiles[0].partner_id.name, composer.subject)
        self.assertIn("Hello", composer.body)
        everybody = self.profiles.action_write_mail()["context"]
        self.assertEqual(everybody["default_template_id"], template.id)

    def test_turns_are_counted_from_an_index(self):
        """All that they read of profiles stands in it."""
        [[index]] = self.env.execute_query(
            SQL("SELECT pg_get_indexdef('crm_value_profile_turn_idx'::regclass)")
        )
        read = set(re.findall(r"profile\.(\w+)", TURNS + DUE))
        self.assertIn("next_contact_date", read)
        self.assertFalse(read - set(re.findall(r"\w+", index)))

    def test_queries_do_not_grow_with_the_list(self):
        def queries(profiles):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            profiles.mapped("turn_date")
            profiles.mapped("worklist_reason")
            return self.env.cr.sql_log_count - before

        queries(self.profiles)
        self.assertEqual(queries(self.profiles), queries(self.profiles[:1]))
