from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ...models.onboarding.const import PRESETS
from ..common import TODAY
from .onboarding_common import OnboardingCommon


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestPreset(OnboardingCommon):
    """A preset changes what it says, shows what that would do, and is taken back."""

    def _choose(self, preset):
        wizard = self._opened(self._take("preset"))
        wizard.preset = preset
        return wizard

    def _draft(self, preset):
        self._choose(preset).action_draft()
        [draft] = self._in_force()._preset_drafts()
        return draft

    def _differences(self, new, old):
        """Return {rule: (before, after)} of two versions, as people compare them."""
        compare = self.env["crm.value.policy.compare"].create(
            {"policy_id": new.id, "other_id": old.id}
        )
        return {
            line.name: (line.rule_before, line.rule_after) for line in compare.line_ids
        }

    def test_each_preset_changes_exactly_what_it_says(self):
        before = self._in_force()
        for preset, found in PRESETS.items():
            draft = self._draft(preset)
            said = {
                before._fields[rule.name]._description_string(self.env)
                for rule in found.rules
                if before[rule.name] != rule.value
            }
            tiers = set(
                before.tier_ids[1 if found.tiers else 4 :].tier_id.mapped("name")
            )
            if preset == "contract":  # its first tier asks for a purchase, as before
                self.assertEqual(draft.tier_ids[1].min_tenure_months, 12)
                self.assertIs(draft.tier_ids[1].min_purchases, False)
            with self.subTest(preset=preset):
                self.assertEqual(set(self._differences(draft, before)), said | tiers)
                for rule in found.rules:
                    self.assertEqual(draft[rule.name], rule.value, rule.name)

    def test_dialog_shows_now_then_and_why(self):
        self._in_force()  # rules of the template
        wizard = self._choose("wholesale")
        lines = {line.name: line for line in wizard.line_ids}
        share = lines["Declining below (share of usual)"]
        self.assertEqual((share.rule_now, share.rule_then), ("60%", "70%"))
        money = lines["Monetary Value Based on"]
        self.assertEqual((money.rule_now, money.rule_then), ("Revenue", "Margin"))
        self.assertTrue(all(line.why for line in wizard.line_ids))
        self.assertFalse([name for name in lines if name.startswith("Bronze")])

    def test_every_reason_and_rule_is_there_in_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        english = {}
        for lang in ("en_US", "zh_CN"):
            for preset in PRESETS:
                wizard = self._as("crm.value.onboarding.preset").with_context(lang=lang)
                wizard = wizard.create({"preset": preset})
                for at, line in enumerate(wizard.line_ids):
                    told = english.setdefault((preset, at), line.why)
                    if lang == "zh_CN":
                        self.assertNotEqual(line.why, told)

    def test_draft_counts_for_nothing_before_it_is_published(self):
        before = self._in_force()
        draft = self._draft("retail")
        self.assertEqual(self._in_force(), before)
        self.assertEqual((draft.state, draft.preset), ("draft", "retail"))
        self.assertIn("Retail and Shop", draft.note)
        states = self._states()
        self.assertEqual((states["preset"], states["publish"]), ("done", "open"))

    def test_another_choice_replaces_the_draft_but_no_draft_of_somebody(self):
        own = self._in_force().copy({"horizon_months": 7})
        self._draft("retail")
        self.assertTrue(self._choose("services").has_draft)
        self._draft("services")
        drafts = self._policies().filtered(lambda policy: policy.state == "draft")
        self.assertEqual(set(drafts.mapped("preset")), {False, "services"})
        self.assertIn(own, drafts)

    def test_draft_is_discarded(self):
        before = self._policies()
        self._draft("contract")
        self.assertFalse(self._undo("preset"))
        self.assertEqual(self._policies(), before)
        self.assertEqual(self._states()["preset"], "open")

    def test_preview_shows_a_company_that_begins_its_own_customers(self):
        self._buyers(30)
        for preset in PRESETS:
            action = self._choose(preset).action_preview()
            self.assertEqual(action["res_model"], "crm.value.policy.publish")
            preview = self._opened(action)
            self.assertEqual(preview.customer_count, 30)
            self.assertIn("of 30 customers", preview.moved_text)
            self.assertEqual(sum(preview.line_ids.mapped("count")), 30)

    def test_what_was_published_is_taken_back(self):
        self._buyers(30)
        self._score()
        first = self._in_force()
        self._opened(self._choose("services").action_preview()).action_publish()
        second = self._in_force()
        self.assertEqual((second.preset, first.state), ("services", "superseded"))
        states = self._states()
        self.assertEqual((states["preset"], states["publish"]), ("done", "done"))
        self.assertEqual(self._steps()["preset"]["undo"], "Back to Version 1")
        self._opened(self._undo("preset")).action_publish()
        third = self._in_force()
        self.assertEqual(third.version, 3)
        self.assertFalse(third.preset)
        self.assertFalse(self._differences(third, first))
        self.assertTrue(self._differences(third, second))

    def test_tiers_of_ones_own_stay(self):
        policy = self._in_force()
        draft = policy.copy()
        draft.tier_ids[-1].unlink()
        draft._publish()
        names = self._draft("wholesale").tier_ids.mapped("min_purchases")
        self.assertEqual(names, draft.tier_ids.mapped("min_purchases"))

    def test_rules_in_force_are_kept_by_a_choice_too(self):
        self._choose("retail").action_keep()
        states = self._states()
        self.assertEqual((states["preset"], states["publish"]), ("done", "done"))
        self.assertEqual(len(self._policies()), 1)

    def test_others_choose_nothing(self):
        officer = self._user("preset_officer", "crm_value.group_officer")
        with self.assertRaises(AccessError):
            self._as("crm.value.onboarding.preset", officer).create({})
        with self.assertRaises(AccessError):
            self._as("crm.value.onboarding.check", officer)._open(self.company)

    def test_dialog_of_another_company_is_closed(self):
        other = self.env["res.company"].create({"name": "Another"})
        with self.assertRaises(AccessError):
            self._as("crm.value.onboarding.preset").create({"company_id": other.id})
