"""Policies: versions that never change, weights by comparison, publishing."""

from collections import Counter

import psycopg2

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ...analytics.policy import ahp
from ..common import ValueCommon


@tagged("post_install", "-at_install")
class TestPolicy(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.policy = cls._policy()
        cls.margin = cls.env.ref("crm_value.indicator_margin")
        cls.volume = cls.env.ref("crm_value.indicator_volume")
        cls.service = cls.env.ref("crm_value.indicator_service")

    def _published_in_full(self):
        """Return a published policy that has every kind of part."""
        draft = self.policy.copy()
        limits = {"limit_2": 1, "limit_3": 2, "limit_4": 3, "limit_5": 4}
        draft.limit_ids = [Command.create({"dimension": "f", **limits})]
        draft.comparison_ids = [
            Command.create({"first_id": self.margin.id, "second_id": self.volume.id})
        ]
        draft._publish()
        return draft

    # --- versions ---

    def test_new_company_gets_a_published_policy(self):
        company = self.env["res.company"].create({"name": "New"})
        policy = self.env["crm.value.policy"]._published(company)
        self.assertEqual((policy.state, policy.version), ("published", 1))
        self.assertEqual(len(policy.line_ids), 12)
        self.assertTrue(policy.line_ids.interval_ids)

    def test_new_version_is_a_numbered_draft_copy(self):
        action = self.policy.action_new_version()
        draft = self.env["crm.value.policy"].browse(action["res_id"])
        self.assertEqual(
            (draft.state, draft.version), ("draft", self.policy.version + 1)
        )
        self.assertEqual(draft.name, self.policy.name)
        self.assertEqual(draft._as_rules(), self.policy._as_rules())
        self.assertFalse(draft.published_date)

    def test_several_versions_created_at_once_have_different_numbers(self):
        drafts = self.env["crm.value.policy"].create([{"name": "A"}, {"name": "B"}])
        self.assertEqual(drafts.mapped("version"), [2, 3])

    def test_publishing_supersedes_the_version_before(self):
        second = self._policy(window_days=180)
        self.assertEqual(self.policy.state, "superseded")
        third = self._policy(window_days=90)
        chain = (self.policy + second + third).mapped("state")
        self.assertEqual(chain, ["superseded", "superseded", "published"])
        self.assertEqual(self.env["crm.value.policy"]._published(self.company), third)
        self.assertTrue(third.published_date)
        self.assertEqual(third.published_by, self.env.user)

    def test_only_one_version_is_published(self):
        draft = self.policy.copy()
        draft.flush_recordset()
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE crm_value_policy SET state = 'published' WHERE id = %s",
                draft.ids,
            )

    def test_published_policy_refuses_every_change(self):
        policy = self._published_in_full()
        for values in (
            {"window_days": 1},
            {"basis": "ordered"},
            {"state": "draft"},
            {"company_id": False},
            {"published_date": False},
            {"line_ids": [Command.clear()]},
            {"limit_ids": [Command.clear()]},
            {"comparison_ids": [Command.clear()]},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                policy.write(values)
        with self.assertRaises(UserError):
            policy.unlink()
        superseded = policy
        self._policy(window_days=30)
        with self.assertRaises(UserError):
            superseded.window_days = 1

    def test_published_policy_takes_a_name_and_a_note(self):
        self.policy.write({"name": "Rules of 2026", "note": "As agreed"})
        self.assertEqual(self.policy.name, "Rules of 2026")

    def test_parts_of_published_policy_refuse_write(self):
        policy = self._published_in_full()
        interval = policy.line_ids.interval_ids[:1]
        for part, values in (
            (policy.line_ids[:1], {"weight": 9}),
            (policy.limit_ids, {"limit_5": 99}),
            (policy.comparison_ids, {"ratio": "9"}),
            (interval, {"score": 1}),
        ):
            with self.subTest(part=part._name), self.assertRaises(UserError):
                part.write(values)

    def test_parts_of_published_policy_refuse_unlink(self):
        policy = self._published_in_full()
        interval = policy.line_ids.interval_ids[:1]
        for part in (
            policy.line_ids[:1],
            policy.limit_ids,
            policy.comparison_ids,
            interval,
        ):
            with self.subTest(part=part._name), self.assertRaises(UserError):
                part.unlink()

    def test_parts_of_published_policy_refuse_create(self):
        policy = self._published_in_full()
        line = policy.line_ids.filtered(lambda line: line.method == "interval")[:1]
        limits = {"limit_2": 1, "limit_3": 2, "limit_4": 3, "limit_5": 4}
        pair = {"first_id": self.volume.id, "second_id": self.service.id}
        indicator = self.env["crm.value.indicator"].create(
            {
                "code": "extra",
                "name": "Extra",
                "side": "current",
                "raw_field": "margin",
                "score_field": "score_margin",
                "unit": "money",
                "documents": "sales",
            }
        )
        for model, values in (
            (
                "crm.value.policy.indicator",
                {"policy_id": policy.id, "indicator_id": indicator.id, "weight": 1},
            ),
            (
                "crm.value.policy.limit",
                {"policy_id": policy.id, "dimension": "m", **limits},
            ),
            ("crm.value.policy.comparison", {"policy_id": policy.id, **pair}),
            (
                "crm.value.policy.interval",
                {"line_id": line.id, "lower_bound": 12345, "score": 1},
            ),
        ):
            with self.subTest(model=model), self.assertRaises(UserError):
                self.env[model].create(values)

    def test_parts_cannot_move_into_a_published_policy(self):
        policy = self._published_in_full()
        draft = self.policy.copy()
        limits = {"limit_2": 1, "limit_3": 2, "limit_4": 3, "limit_5": 4}
        draft.limit_ids = [Command.create({"dimension": "m", **limits})]
        with self.assertRaises(UserError):
            draft.limit_ids.policy_id = policy
        draft.invalidate_recordset()
        line = draft.line_ids.filtered(lambda line: line.method == "interval")[:1]
        interval = line.interval_ids.create(
            {"line_id": line.id, "lower_bound": 12345, "score": 1}
        )
        with self.assertRaises(UserError):
            interval.line_id = policy.line_ids.filtered(
                lambda line: line.method == "interval"
            )[:1]

    def test_indicators_keep_what_published_policies_mean(self):
        self.margin.name = "Profit"
        for values in (
            {"raw_field": "revenue"},
            {"score_field": "score_volume"},
            {"side": "received"},
            {"inverted": True},
            {"code": "other"},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                self.margin.write(values)

    def test_template_is_not_published_but_starts_new_companies(self):
        template = self.env.ref("crm_value.policy_template")
        with self.assertRaises(UserError):
            template.action_publish()
        template.window_days = 200
        company = self.env["res.company"].create({"name": "New"})
        policy = self.env["crm.value.policy"]._published(company)
        self.assertEqual(policy.window_days, 200)

    def test_draft_without_weights_cannot_be_published(self):
        draft = self.policy.copy()
        current = draft.line_ids.filtered(lambda line: line.side == "current")
        with self.assertRaises(ValidationError):
            current.write({"weight": 0})
            draft.action_publish()

    def test_draft_without_indicators_of_a_side_is_refused(self):
        draft = self.policy.copy()
        current = draft.line_ids.filtered(lambda line: line.side == "current")
        with self.assertRaises(ValidationError):
            draft.line_ids = [Command.delete(line.id) for line in current]

    def test_nonsense_values_are_refused_by_the_database(self):
        for values in (
            {"window_days": 0},
            {"rfm_window_days": -1},
            {"history_months": -1},
            {"value_weight": 1.5},
            {"default_margin_rate": 2},
            {"current_cut": 101},
            {"quadrant_share": 1},
            {"pareto_share": 0.96},
            {"pareto_share_b": 1},
        ):
            draft = self.policy.copy()
            with (
                self.subTest(values=values),
                self.assertRaises(psycopg2.errors.CheckViolation),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                draft.write(values)
                draft.flush_recordset()

    def test_shares_of_a_side_sum_to_one(self):
        for side in ("current", "potential", "received"):
            lines = self.policy.line_ids.filtered(lambda line, s=side: line.side == s)
            self.assertAlmostEqual(sum(lines.mapped("share")), 1)

    # --- pairwise comparison ---

    def _compare(self, *ratios):
        draft = self.policy.copy()
        pairs = [
            (self.margin, self.volume),
            (self.margin, self.service),
            (self.volume, self.service),
        ]
        draft.comparison_ids = [
            Command.create(
                {"first_id": first.id, "second_id": second.id, "ratio": str(ratio)}
            )
            for (first, second), ratio in zip(pairs, ratios, strict=True)
        ]
        return draft

    def test_comparisons_set_the_weights_of_saaty(self):
        # Saaty 1980: 3, 5, 3 gives .637, .258, .105 with CR .03
        draft = self._compare(3, 5, 3)
        draft.action_apply_comparisons()
        weights = {
            line.indicator_id: line.weight
            for line in draft.line_ids.filtered(lambda line: line.side == "current")
        }
        self.assertAlmostEqual(weights[self.margin], 0.637, 3)
        self.assertAlmostEqual(weights[self.volume], 0.258, 3)
        self.assertAlmostEqual(weights[self.service], 0.105, 3)
        self.assertIn("0.033", draft.consistency_text)

    def test_comparisons_leave_other_sides_alone(self):
        draft = self._compare(3, 5, 3)
        before = draft.line_ids.filtered(lambda line: line.side != "current").mapped(
            "weight"
        )
        draft.action_apply_comparisons()
        after = draft.line_ids.filtered(lambda line: line.side != "current").mapped(
            "weight"
        )
        self.assertEqual(after, before)

    def test_contradictory_comparisons_are_refused(self):
        draft = self._compare(9, "0.1111111111111111", 9)
        weights = draft.line_ids.mapped("weight")
        with self.assertRaisesRegex(UserError, "contradict"):
            draft.action_apply_comparisons()
        self.assertEqual(draft.line_ids.mapped("weight"), weights)

    def test_consistency_limit_is_a_tenth(self):
        # 2, 9, 2 has a CR just below, 3, 9, 1 well above the limit of .1
        self.assertLess(
            ahp.consistency_ratio(ahp.matrix(3, [(0, 1, 2), (0, 2, 9), (1, 2, 2)])), 0.1
        )
        self._compare(2, 9, 2).action_apply_comparisons()
        self.assertGreaterEqual(
            ahp.consistency_ratio(ahp.matrix(3, [(0, 1, 3), (0, 2, 9), (1, 2, 1)])), 0.1
        )
        with self.assertRaises(UserError):
            self._compare(3, 9, 1).action_apply_comparisons()

    def test_rules_of_all_capabilities_are_compared(self):
        wizard = self.env["crm.value.policy.compare"]
        fields = self.env["crm.value.policy"]._fields
        rules = {name for name, field in fields.items() if wizard._is_rule(field)}
        known = {
            "basis",
            "risk_days",
            "contact_cap",
            "tier_landing",
            "satisfaction_cut",
        }
        self.assertLessEqual(known, rules)
        self.assertFalse(rules & {"id", "state", "version", "company_id", "name"})

    def test_compare_all_adds_missing_pairs_once(self):
        draft = self._compare(3, 5, 3)
        draft.action_compare_all()
        sides = Counter(draft.comparison_ids.mapped("side"))
        self.assertEqual(sides, {"current": 3, "potential": 10, "received": 6})
        draft.action_compare_all()
        self.assertEqual(len(draft.comparison_ids), 19)

    def test_pair_is_compared_once_in_either_order(self):
        draft = self._compare(3, 5, 3)
        with self.assertRaises(ValidationError):
            draft.comparison_ids = [
                Command.create(
                    {"first_id": self.volume.id, "second_id": self.margin.id}
                )
            ]

    def test_pair_of_different_sides_is_refused(self):
        loyalty = self.env.ref("crm_value.indicator_loyalty")
        draft = self.policy.copy()
        for second in (loyalty, self.margin):
            with self.assertRaises(ValidationError):
                draft.comparison_ids = [
                    Command.create({"first_id": self.margin.id, "second_id": second.id})
                ]

    def test_apply_without_comparisons_is_refused(self):
        with self.assertRaises(UserError):
            self.policy.copy().action_apply_comparisons()

    # --- publishing ---

    def test_preview_counts_equal_what_the_next_run_does(self):
        customers = self._population(25)
        self._score()
        before = {c: self._profile(c).quadrant_computed for c in customers}
        draft = self.policy.copy({"window_days": 200, "value_weight": 0.2})
        draft.line_ids.filtered(
            lambda line: line.indicator_id == self.volume
        ).weight = 5
        self._purchases(customers[0], (500, 1), (300, 30))
        new = self._customer("New")
        self._purchases(new, (50, 3))
        action = draft.action_publish()
        wizard = (
            self.env[action["res_model"]].with_context(**action["context"]).create({})
        )
        previewed = {
            (line.quadrant_from, line.quadrant_to): line.count
            for line in wizard.line_ids
        }
        self.assertEqual(wizard.customer_count, sum(previewed.values()))
        told = f"quadrant: {wizard.moved_count} of {wizard.customer_count} customer"
        self.assertIn(told, wizard.moved_text)
        result = wizard.action_publish()
        self.assertEqual(draft.state, "published")
        run = self.env["crm.value.run"].browse(result["res_id"])
        with self._no_commit():
            run._execute()
        self.assertEqual(run.policy_id, draft)
        found = Counter(
            (before.get(p.partner_id, False), p.quadrant_computed)
            for p in self.env["crm.value.profile"].search([("run_id", "=", run.id)])
        )
        self.assertEqual(previewed, dict(found))
        moved = sum(n for (old, new_), n in found.items() if old != new_)
        self.assertEqual(wizard.moved_count, moved)
        self.assertTrue(moved)

    def test_preview_says_how_many_are_platinum_and_how_many_would_be(self):
        self._population(30)
        self._score()
        draft = self.policy.copy({"quadrant_cut": "median"})
        wizards = self.env["crm.value.policy.publish"]
        wizard = wizards.with_context(default_policy_id=draft.id).create({})
        self.assertIn(f"of {wizard.customer_count} customers", wizard.platinum_text)
        self.assertLess(wizard.offered_count, wizard.platinum_count)
        self.assertIn(f"would make it {wizard.offered_count}", wizard.offer_text)
        draft.quadrant_cut = "share"
        again = wizards.with_context(default_policy_id=draft.id).create({})
        self.assertEqual(again.platinum_count, wizard.offered_count)
        self.assertFalse(again.offer_text)

    def test_preview_counts_no_prospect(self):
        customers = self._population(30)
        self._score()
        bought = [c for c in customers if self._profile(c).purchase_count]
        prospect = self._customer("Prospect")
        self._order(prospect, 100.0)  # not invoiced yet
        self._score()
        self.assertTrue(self._profile(prospect))
        draft = self.policy.copy({"window_days": 200})
        wizards = self.env["crm.value.policy.publish"]
        wizard = wizards.with_context(default_policy_id=draft.id).create({})
        self.assertEqual(wizard.customer_count, len(bought))

    def test_preview_changes_nothing(self):
        customers = self._population(5)
        self._score()
        rows = [self._row(self._profile(c)) for c in customers if self._profile(c)]
        draft = self.policy.copy({"window_days": 20})
        action = draft.action_publish()
        self.env[action["res_model"]].with_context(**action["context"]).create({})
        again = [self._row(self._profile(c)) for c in customers if self._profile(c)]
        self.assertEqual(again, rows)
        self.assertEqual(draft.state, "draft")

    def test_published_policy_is_not_published_again(self):
        with self.assertRaises(UserError):
            self.policy.action_publish()

    # --- comparing ---

    def _differences(self, new, old=None):
        wizard = self.env["crm.value.policy.compare"]
        wizard = wizard.with_context(default_policy_id=new.id)
        wizard = wizard.create({"other_id": old.id} if old else {})
        lines = wizard.line_ids
        return {line.name: (line.rule_before, line.rule_after) for line in lines}

    def test_compare_lists_exactly_the_differences(self):
        draft = self.policy.copy()
        self.assertEqual(self._differences(draft), {})
        draft.window_days = 180
        draft.rfm_money = "margin"
        differences = self._differences(draft)
        self.assertEqual(
            differences,
            {
                "Value Window (days)": ("365", "180"),
                "Monetary Value Based on": ("Revenue", "Margin"),
            },
        )

    def test_compare_lists_weights_tables_and_limits(self):
        draft = self.policy.copy()
        growth = draft.line_ids.filtered(
            lambda line: line.indicator_id.code == "growth"
        )
        growth.weight = 0.2001
        self.assertIn("Growth", self._differences(draft))
        growth.weight = 0.2
        self.assertEqual(self._differences(draft), {})
        credit = draft.line_ids.filtered(
            lambda line: line.indicator_id.code == "credit"
        )
        credit.interval_ids[0].score = 99
        self.assertEqual(set(self._differences(draft)), {"Credit"})
        credit.interval_ids[0].score = 100
        limits = {"limit_2": 1, "limit_3": 2, "limit_4": 3, "limit_5": 4}
        draft.limit_ids = [Command.create({"dimension": "f", **limits})]
        self.assertEqual(set(self._differences(draft)), {"Frequency (purchases)"})

    def test_compare_lists_a_changed_method(self):
        draft = self.policy.copy()
        credit = draft.line_ids.filtered(
            lambda line: line.indicator_id.code == "credit"
        )
        credit.method = "percentile"
        self.assertEqual(set(self._differences(draft)), {"Credit"})

    def test_compare_starts_with_the_version_before(self):
        second = self._policy(window_days=90)
        third = second.copy({"window_days": 60})
        context = {"default_policy_id": third.id}
        wizard = self.env["crm.value.policy.compare"].with_context(**context).create({})
        self.assertEqual(wizard.other_id, second)

    def test_segment_form_takes_ranges(self):
        form = Form(self.env["crm.value.rfm.segment"])
        form.name = "Mine"
        segment = form.save()
        self.assertEqual(segment._ranges(), ((1, 5), (1, 5), (1, 5)))
