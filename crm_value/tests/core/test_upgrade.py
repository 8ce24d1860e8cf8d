import importlib.util
import runpy
from pathlib import Path

from odoo.tests import tagged

from ..common import TODAY, ValueCommon, ago

MIGRATIONS = Path(__file__).parents[2] / "migrations"


@tagged("post_install", "-at_install")
class TestUpgrade(ValueCommon):
    def _migrate(self, script):
        spec = importlib.util.spec_from_file_location("migration", MIGRATIONS / script)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        self.env.flush_all()
        script.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()

    def test_lifetime_value_comes_as_a_draft_and_published_rules_stay(self):
        self._only_this_company()
        policy = self._policy()
        indicator = self.env.ref("crm_value.indicator_clv")
        lines = self.env["crm.value.policy.indicator"].search(
            [("indicator_id", "=", indicator.id)]
        )
        self.env.cr.execute(
            "DELETE FROM crm_value_policy_indicator WHERE id = ANY(%s)", (lines.ids,)
        )
        self.env.invalidate_all()
        weights = {line.indicator_id: line.weight for line in policy.line_ids}
        self._migrate("19.0.1.1.0/post-lifetime-value.py")
        self.assertEqual(policy.state, "published")
        self.assertEqual(
            {line.indicator_id: line.weight for line in policy.line_ids}, weights
        )
        draft = policy.search([("company_id", "=", self.company.id)], limit=1)
        self.assertEqual((draft.state, draft.version), ("draft", policy.version + 1))
        self.assertIn(indicator, draft.line_ids.indicator_id)
        self.assertIn(indicator, policy._template().line_ids.indicator_id)
        runs = self.env["crm.value.run"].search([("company_id", "=", self.company.id)])
        self.assertEqual(runs.mapped("state"), ["queued"])

    def test_what_salespersons_see_stays(self):
        self.assertEqual(self.company.value_sight, "free", "what a new one starts with")
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_company SET value_sight = NULL")
        self._migrate("19.0.1.10.0/pre-sight.py")
        self.assertEqual(self.company.value_sight, "all")

    def test_salespersons_of_customers_are_stored(self):
        customer = self._customer("One")
        customer.user_id = self.env.user
        self._purchases(customer, (100.0, 9))
        self._score()
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_value_profile SET user_id = NULL")
        self._migrate("19.0.1.15.0/pre-worklist.py")
        self.assertEqual(self._profile(customer).user_id, self.env.user)

    def test_first_steps_are_closed_where_customers_are_scored(self):
        begun = self.env["res.company"].create({"name": "Begun"})
        self._purchases(self._customer("One"), (100.0, 9))
        self._score()
        self._migrate("19.0.1.11.0/post-first_steps.py")
        panels = self.env["onboarding.onboarding"]
        self.assertFalse(panels._value_is_open())
        self.assertTrue(panels.with_company(begun)._value_is_open())

    def test_numbers_of_contacts_are_brought_into_one_form(self):
        country = self.env.ref("base.cn").id
        partner = self._customer("Old", phone="010-6552 9988", country_id=country)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET phone_sanitized = phone WHERE id = %s", [partner.id]
        )
        self.env.invalidate_all()
        self._migrate("19.0.1.12.0/post-calls.py")
        self.assertEqual(partner.phone_sanitized, "+861065529988")

    def test_suggestions_whose_time_overlaps_are_settled_anew(self):
        suggested = {
            "company_id": self.company.id,
            "partner_id": self._customer("A").id,
            "product_id": self.product.id,
            "kind": "due",
            "is_settled": True,
        }
        days = {170: "2025-10-01", 100: "2026-01-01", 300: "2025-07-01"}
        offers = self.env["crm.value.offer"].create(
            [
                {**suggested, "date": ago(day), "period": period}
                for day, period in days.items()
            ]
        )
        self._migrate("19.0.1.14.0/post-suggestion.py")
        self.assertEqual(offers.mapped("is_settled"), [False, True, True])

    def test_lifecycle_comes_with_a_run_of_each_company(self):
        self._only_this_company()
        self._migrate("19.0.1.2.0/post-lifecycle.py")
        runs = self.env["crm.value.run"].search([("company_id", "=", self.company.id)])
        self.assertEqual(runs.mapped("state"), ["queued"])
        self.assertEqual(runs.as_of, TODAY)

    def test_stage_after_the_trial_says_no_more_that_it_buys_more(self):
        stage = self.env.ref("crm_value.stage_formation").with_context(lang="en_US")
        stage.description = (
            "The customer comes back and buys more; trust is being built."
        )
        self._migrate("19.0.1.12.0/post-lifecycle.py")
        self.assertIn("not steady yet", stage.description)
        stage.description = "Ours"
        self._migrate("19.0.1.12.0/post-lifecycle.py")
        self.assertEqual(stage.description, "Ours")

    def test_months_are_asked_for_and_stored_in_the_background(self):
        self._only_this_company()
        self._transaction(self._customer("A"), 10)
        self._score()
        cron = self.env.ref("crm_value.ir_cron_months")
        asked = [("cron_id", "=", cron.id)]
        self.env["ir.cron.trigger"].search(asked).unlink()
        self._migrate("19.0.1.9.0/post-months.py")
        self.assertEqual(self.env["ir.cron.trigger"].search_count(asked), 1)
        facts = self.env["crm.value.month.fact"]
        self.assertFalse(facts.search([("company_id", "=", self.company.id)]))
        with self._no_commit():
            self.env["crm.value.month"]._cron_months()
        stored = facts.search([("company_id", "=", self.company.id)])
        self.assertEqual(stored.mapped("revenue"), [10])

    def test_months_stored_before_say_what_was_known(self):
        self._only_this_company()
        self._purchases(self._customer("A"), *((10, d) for d in range(5, 900, 50)))
        self._cron()
        with self._no_commit():
            self.env["crm.value.month"]._cron_months()
        facts = self.env["crm.value.month.fact"].search(
            [("company_id", "=", self.company.id)]
        )
        names = ["is_followed", "is_ended"]
        told = facts.read(names)
        self.assertEqual({row["is_followed"] for row in told}, {True, False})
        facts.write(dict.fromkeys(names, False))
        self._migrate("19.0.1.10.0/post-months_known.py")
        self.assertEqual(facts.read(names), told)

    def _segments_of_before(self):
        """Put the segments back to what they were, as installed and never touched."""
        segments = {}
        script = MIGRATIONS / "19.0.1.8.0/post-segments.py"
        names = runpy.run_path(str(script))
        for code, before in names["BEFORE"].items():
            segment = self.env.ref(f"crm_value.rfm_segment_{code}")
            open_ends = {"purchases_min": 1, "age_min": 0, "age_max": 0}
            ranges = dict(zip(names["RANGES"], before, strict=True))
            segment.write({**ranges, **open_ends, "lost": "not"})
            segments[code] = segment
        self._untouched(segments.values())
        return segments

    def _untouched(self, segments):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_value_rfm_segment SET write_date = create_date WHERE id IN %s",
            [tuple(segment.id for segment in segments)],
        )
        self.env.invalidate_all()

    def test_segments_nobody_edited_know_purchases_and_who_is_lost(self):
        segments = self._segments_of_before()
        edited = segments.pop("loyal")
        edited.f_min = 3
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_value_rfm_segment SET write_date = now() + '1 h' WHERE id = %s",
            [edited.id],
        )
        own = self.env["crm.value.rfm.segment"].create({"name": "Own", "sequence": 1})
        self._migrate("19.0.1.8.0/post-segments.py")
        self.assertEqual((edited.f_min, edited.purchases_min), (3, 1))
        self.assertEqual((edited.lost, own.lost), ("any", "any"))
        self.assertEqual(segments["champion"].purchases_min, 3)
        self.assertEqual((segments["lost"].lost, segments["lost"].r_max), ("only", 5))
        self.assertEqual(segments["new"].age_max, 90)

    def test_segments_stay_where_one_that_holds_the_rest_was_edited(self):
        segments = self._segments_of_before()
        segments["lost"].active = False
        self._migrate("19.0.1.8.0/post-segments.py")
        self.assertEqual({s.lost for s in segments.values()}, {"any"})
        self.assertEqual(segments["champion"].purchases_min, 1)

    def test_cost_against_the_margin_comes_as_a_draft(self):
        self._only_this_company()
        policy, draft = self._policy(), self._policy().copy()
        template = policy._template()
        lines = (draft | template).line_ids.filtered("indicator_id.direct")
        lines.method = "percentile"
        (draft | template).quadrant_cut = "median"
        draft._publish()
        self._migrate("19.0.1.8.0/post-scores.py")
        self.assertEqual((draft.state, draft.quadrant_cut), ("published", "median"))
        self.assertEqual(set(lines.mapped("method")) - {"direct"}, {"percentile"})
        newest = policy.search([("company_id", "=", self.company.id)], limit=1)
        self.assertEqual((newest.state, newest.quadrant_cut), ("draft", "median"))
        service = newest.line_ids.filtered(lambda x: x.indicator_id.code == "service")
        self.assertEqual(service.method, "direct")
        self.assertEqual(template.quadrant_cut, "share")

    def test_limit_of_being_lost_set_by_its_old_meaning_comes_as_a_draft(self):
        self._only_this_company()
        policy = self._policy()
        own = [("company_id", "=", self.company.id)]
        count = policy.search_count(own)
        self._migrate("19.0.1.9.0/post-lost-below.py")
        self.assertEqual(policy.search_count(own), count)
        edited = policy.copy({"lost_below": 0.1})
        edited._publish()
        self._migrate("19.0.1.9.0/post-lost-below.py")
        self.assertEqual((edited.state, edited.lost_below), ("published", 0.1))
        newest = policy.search(own, limit=1)
        self.assertEqual((newest.state, newest.lost_below), ("draft", 0.2))
        self.assertIn("within a year", newest.note)

    def test_tiers_come_beside_the_published_rules(self):
        self._only_this_company()
        policy, draft = self._policy(), self._policy().copy()
        before = policy._as_rules()
        self.env.cr.execute(
            "DELETE FROM crm_value_policy_tier WHERE policy_id IN %s",
            [(policy.id, draft.id)],
        )
        self.env.invalidate_all()
        self.assertFalse(policy.tier_ids)
        for _twice in range(2):
            self._migrate("19.0.1.3.0/post-tiers.py")
            self.assertEqual(policy._as_rules(), before)
            self.assertEqual(draft._as_rules(), before)
        self.assertEqual(policy.tier_ids.tier_id.company_id, self.company)
        self.assertEqual(policy.state, "published")

    def test_names_of_before_are_renamed_and_those_of_the_company_stay(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        loyal = self.env.ref("crm_value.rfm_segment_loyal")
        lost = self.env.ref("crm_value.rfm_segment_lost")
        gold = self.env.ref("crm_value.tier_gold").copy({"name": "Gold"})
        names = {
            loyal: ("Loyal", "忠诚客户"),
            lost: ("Lost", "走了"),
            gold: ("Gold", "黄金"),
        }
        for record, (english, chinese) in names.items():
            record.with_context(lang="en_US").name = english
            record.with_context(lang="zh_CN").name = chinese
        stage = self.env.ref("crm_value.stage_formation")
        stage.with_context(lang="en_US").name = "Key Accounts"
        stage.with_context(lang="zh_CN").name = "形成期"
        self._migrate("19.0.1.10.0/post-vocabulary.py")
        told = [
            tuple(record.with_context(lang=lang).name for lang in ("en_US", "zh_CN"))
            for record in (loyal, lost, gold, stage)
        ]
        self.assertEqual(
            told,
            [
                ("Regulars", "常客"),
                ("Long Silent", "走了"),
                ("Gold", "金卡"),
                ("Key Accounts", "形成期"),
            ],
        )

    def test_no_two_systems_share_a_name(self):
        """Quadrants, stages, tiers, segments, loyalty and risk, as they come."""
        for lang in ("en_US", "zh_CN"):
            self.env["res.lang"]._activate_lang(lang)
            self._assert_names_differ(
                self.env["crm.value.profile"].with_context(lang=lang)
            )

    def _assert_names_differ(self, profiles):
        fields = ("quadrant", "loyalty_class", "risk_state")
        found = profiles.fields_get(fields, ["selection"])
        names = [label for name in fields for _key, label in found[name]["selection"]]
        for model, ids in (
            ("stage", "lost won_back stability formation exploration decline prospect"),
            ("tier", "bronze silver gold platinum"),
            ("rfm.segment", "loyal lost at_risk promising champion potential_loyalist"),
        ):
            for xmlid in ids.split():
                record = profiles.env.ref(
                    f"crm_value.{model.replace('.', '_')}_{xmlid}"
                ).with_env(profiles.env)
                names.append(record.name)
        self.assertEqual(len(names), len(set(names)), names)
