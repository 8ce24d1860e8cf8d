"""Churn risk on the profile: found by run and refresh alike, and explained."""

import json
from math import log
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ...analytics.churn import choice, fitting, silence
from ...models.worklist.const import AT_RISK
from ..common import ago
from .risk_common import RiskCommon


@tagged("post_install", "-at_install")
class TestRisk(RiskCommon):
    def _risks(self, customers):
        return {
            customer: self._profile(customer).decline_risk for customer in customers
        }

    def test_refresh_finds_the_risk_of_a_full_run(self):
        crowd = self._crowd()
        self._ticket(crowd[1], ago(40), ago(5))
        with self._certain():
            run = self._score()
        self.assertNotEqual(run.fit_id.risk_parameters["rule"], "none")
        before = {customer: self._row(self._profile(customer)) for customer in crowd}
        self.assertTrue(any(0 < row["decline_risk"] < 1 for row in before.values()))
        some = crowd[:7]
        self.env["crm.value.stale"]._mark(some, self.company)
        self._refresh()
        for customer in crowd:
            self.assertEqual(self._row(self._profile(customer)), before[customer])

    def test_lost_customers_and_prospects_have_no_risk(self):
        crowd = self._crowd()
        silent = self._customer("Silent")
        self._purchases(silent, (10, 500), (10, 520), (10, 540))
        asking = self._customer("Asking")
        self._order(asking, 50, confirm=False)
        with self._certain():
            self._score()
        self.assertTrue(self._risks(crowd[1:3])[crowd[1]])
        for customer in (silent, asking):
            profile = self._profile(customer)
            self.assertIs(profile.decline_risk, False)
            self.assertFalse(profile.risk_state)

    def test_few_customers_are_not_enough(self):
        crowd = self._crowd(20)
        run = self._score()
        self.assertEqual(run.fit_id.risk_parameters["rule"], "none")
        self.assertEqual(set(self._risks(crowd).values()), {False})

    def test_limit_of_the_policy_says_who_is_at_risk(self):
        crowd = self._crowd()
        for limit in (0.0, 1.0):
            self._policy(risk_limit=limit)
            self._score()
            active = [p for p in map(self._profile, crowd) if p.risk_state]
            late = [profile.overdue >= 1 and not limit for profile in active]
            self.assertIn(not limit, late)
            states = ["at_risk" if one else "safe" for one in late]
            self.assertEqual([profile.risk_state for profile in active], states)
            if not limit:
                levels = ["high" if one else "low" for one in late]
                self.assertEqual([p.risk_level for p in active], levels)

    def test_who_buys_once_a_year_is_at_risk_when_that_year_is_over(self):
        self._crowd()
        yearly = [self._customer(f"Each year {at}") for at in range(2)]
        for customer, silent in zip(yearly, (10, 380), strict=True):
            days = range(silent, 1200, 365)
            self._purchases(customer, *((500, day) for day in days))
        self._policy(risk_limit=0.2)
        self._score()
        early, late = map(self._profile, yearly)
        self.assertEqual((early.risk_level, late.risk_level), ("low", "high"))
        self.assertEqual((early.risk_state, late.risk_state), ("safe", "at_risk"))
        self.assertNotEqual(early.worklist, "retain")
        self.assertEqual(late.worklist, "retain")
        self.assertIn("cycle is not over", early.risk["note"])
        self.assertNotIn("cycle is not over", late.risk["note"])
        told = self.env["crm.value.profile"].search(AT_RISK)
        self.assertEqual((early | late) & told, late)

    def test_category_that_is_not_bought_any_more_is_found(self):
        kinds = self.env["product.category"].create(
            [{"name": "Furniture"}, {"name": "Paper"}]
        )
        chair, paper = self.env["product.product"].create(
            [
                {"name": kind.name, "categ_id": kind.id, "taxes_id": False}
                for kind in kinds
            ]
        )
        customer = self._customer("Picky")
        for day in range(10, 400, 30):
            lines = [self._line(20, product_id=paper.id)]
            if day > 150:
                lines.append(self._line(80, product_id=chair.id))
            self._invoice(customer, 0, ago(day), lines=lines)
        self._score()
        profile = self._profile(customer)
        self.assertEqual(profile.overdue_category_id, kinds[0])
        self.assertAlmostEqual(profile.category_overdue, 160 / 30)
        self.assertGreater(profile.category_share, 0.6)

    def test_purchase_known_by_name_is_of_the_category_of_that_product(self):
        kind = self.env["product.category"].create({"name": "Furniture"})
        self.env["product.product"].create({"name": "Oak chair", "categ_id": kind.id})
        customer = self._customer("Imported")
        for day in (300, 270, 240, 210):
            self._transaction(customer, 50, ago(day), product_name="Oak chair")
            self._transaction(customer, 5, ago(day - 200), product_name="Unheard of")
        self._score()
        profile = self._profile(customer)
        self.assertEqual(profile.overdue_category_id, kind)
        self.assertEqual(profile.category_overdue, 7.0)

    def test_past_run_finds_the_same_again(self):
        crowd = self._crowd()
        for _time in range(2):
            with self._certain():
                self._score(as_of=ago(40))
        rows = [self._snapshot(customer, ago(40)) for customer in crowd[:30]]
        self.assertTrue(any(row[0].decline_risk is not False for row in rows if row))
        for first, second in (row for row in rows if row):
            self.assertEqual(first.decline_risk, second.decline_risk)

    def test_slow_tickets_are_counted_as_the_analytics_count_them(self):
        customer = self._customer("Asking")
        self._purchases(customer, (10, 30))
        self._ticket(customer, ago(60), ago(50))
        self._ticket(customer, ago(60), ago(58))
        self._ticket(customer, ago(9))
        self._ticket(customer, ago(3))
        self._score()
        profile = self._profile(customer)
        self.assertEqual((profile.ticket_count, profile.slow_ticket_count), (4, 2))
        self.assertIs(self._profile(self._quiet()).slow_ticket_count, False)

    def _quiet(self):
        """Return a customer of a company without any ticket."""
        customer = self._customer("Quiet")
        self._purchases(customer, (10, 30))
        self.env["helpdesk.ticket"].search([]).unlink()
        self._score()
        return customer

    def test_run_and_refresh_cost_no_query_each(self):
        few, many = self._crowd(60), self._crowd(60)
        self._score()
        counts = []
        for customers in (few[:5], many):
            self.env["crm.value.stale"]._mark(customers, self.company)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._refresh()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    # --- what is shown ---

    def _told(self, user=None, certain=True):
        """Return the profiles with a risk after a run, as a user reads them."""
        crowd = self._crowd()
        self._ticket(crowd[1], ago(40), ago(5))
        # What is shown of a model, whether or not these few customers allow for one.
        with (
            patch.object(fitting, "FOR_EACH", 0),
            patch.object(fitting, "MIN_EACH", 1),
            patch.object(choice, "choose", lambda *_given: ("model", "better")),
            patch.object(choice, "holds", lambda *_given: certain),
            patch.object(silence, "count", lambda *_given: (100, 0)),  # pauses end
        ):
            self._score()
        self.env.flush_all()
        self.env.invalidate_all()
        profiles = self.env["crm.value.profile"].with_user(user or self.env.user)
        profiles = profiles.with_context(allowed_company_ids=None)
        return profiles.search([("risk_state", "!=", False)])

    def _user(self, group):
        return new_test_user(
            self.env,
            login=group,
            groups=f"base.group_user,crm_value.{group}",
            company_id=self.company.id,
            company_ids=self.company.ids,
            lang="en_US",
        )

    def test_reasons_add_up_to_the_risk(self):
        profiles = self._told()
        self.assertGreater(len(profiles), 50)
        learnt = profiles[0].fit_id.risk_parameters
        for profile in profiles:
            points = [reason["points"] for reason in profile.risk["reasons"]]
            chance = profile.decline_risk
            odds = log(chance / (1 - chance))
            self.assertAlmostEqual(learnt["intercept"] + sum(points), odds, delta=0.01)
            json.dumps(profile.risk, allow_nan=False)

    def test_reasons_are_said_in_their_order_with_figures(self):
        profile = self._told().sorted("decline_risk")[-1]
        risk = profile.risk
        self.assertRegex(
            risk["headline"], r"^\S+.*% likely not to buy within 90 days.$"
        )
        reasons = [r for r in risk["reasons"] if r["code"] != "rest"]
        sizes = [abs(reason["points"]) for reason in reasons]
        self.assertEqual(sizes, sorted(sizes, reverse=True))
        for reason in reasons:
            self.assertRegex(reason["text"], r"\d|once|no ticket|has not")
        self.assertEqual(profile.risk_state, risk["state"])

    def test_every_reason_has_words_for_both_ways(self):
        profile = self._told()[0]
        features = profile.env["crm.value.fit"]._risk_features()
        codes = features.keys() - {"overdue", "recency"} | {"inactivity", "rest"}
        self.assertIn("none", codes)
        profile.season_overdue, profile.p_alive = 0.5, 0.7
        for code in codes:
            for raises in (True, False):
                self.assertTrue(profile._say_reason(code, raises), code)

    def test_quiet_season_speaks_for_the_customer(self):
        profile = self._told()[0]
        profile.write({"overdue": 2.0, "season_overdue": 0.5})
        self.assertIn("low season", profile._say_reason("season", False))

    def test_user_sees_the_risk_but_not_what_was_learnt(self):
        user = self._user("group_user")
        profile = self._told(user)[0]
        self.assertTrue(profile.risk["reasons"])
        with self.assertRaises(AccessError):
            profile.fit_id.read(["risk_parameters"])
        card = profile.fit_id.get_card()["risk"]
        json.dumps(card, allow_nan=False)
        self.assertEqual(card["rule"], "model")
        self.assertEqual(
            [rule["rule"] for rule in card["test"]["rules"]],
            ["buying", "seasonal", "adjusted", "silence", "count", "model"],
        )
        self.assertEqual(len(card["test"]["tenths"]), 10)
        self.assertTrue(card["features"])

    def test_probability_that_has_not_proved_right_is_shown_as_a_level(self):
        profiles = self._told(certain=False)
        self.assertEqual(set(profiles.mapped("decline_risk")), {False})
        self.assertLessEqual({"high", "low"}, set(profiles.mapped("risk_level")))
        for profile in profiles:
            self.assertNotIn("% likely", json.dumps(profile.risk))
            self.assertFalse(any(one["odds"] for one in profile.risk["reasons"]))
            self.assertIn(profile.risk_level, profile.risk["headline"].lower())
            self.assertNotIn("% churn risk", profile.worklist_reason or "")
        listed = profiles.filtered("worklist").sudo()
        self.assertTrue(listed)
        self.assertEqual(set(listed.mapped("stake")), {False})
        self.assertNotIn(False, listed.mapped("stake_score"))
        retained = listed.filtered(lambda p: p.worklist == "retain")
        for profile in retained:
            self.assertRegex(profile.stake_words, "^(High|Medium|Lost), no amount$")
        self.assertFalse(any((listed - retained).mapped("stake_words")))
        card = profiles.fit_id.get_card()["risk"]
        self.assertIn("For the order only", card["doubt"])

    def test_purchase_model_alone_is_explained_too(self):
        self._crowd()
        with (
            self._certain(),
            patch.object(choice, "choose", lambda *_given: ("buying", "kept")),
        ):
            self._score()
        found = self.env["crm.value.profile"].search(
            [("decline_risk", "!=", False), ("company_id", "=", self.company.id)]
        )
        learnt = found.fit_id.risk_parameters
        self.assertEqual(learnt["rule"], "buying")
        for profile in found:
            points = sum(reason["points"] for reason in profile.risk["reasons"])
            odds = log(profile.decline_risk / (1 - profile.decline_risk))
            self.assertAlmostEqual(learnt["intercept"] + points, odds, delta=0.01)

    def test_other_companies_see_nothing(self):
        other = self._create_company("Other", self.usd)
        user = self._user("group_officer")
        user.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertFalse(self._told(user))

    def test_card_tells_which_rule_and_why(self):
        self._told()
        fit = self.env["crm.value.run"]._current(self.company).fit_id
        # The last two stand on cards of earlier versions.
        for why in ("few", "untested", "kept", "better", "few_for_model", "not_better"):
            fit.risk_card = {**fit.risk_card, "why": why}
            self.assertTrue(fit.get_card()["risk"]["headline"])
        fit.risk_card = {**fit.risk_card, "test": None, "rate": None}
        fit.risk_parameters = {"rule": "none"}
        card = fit.get_card()["risk"]
        self.assertFalse(card["test"] or card["features"] or card["data"])

    def test_too_few_customers_are_told_so(self):
        crowd = self._crowd(20)
        self._score()
        risk = self._profile(crowd[1]).risk
        self.assertIn("Not enough data", risk["headline"])
        self.assertEqual(risk["reasons"], [])

    def test_customer_called_lost_by_hand_has_no_risk(self):
        crowd = self._crowd()
        self._score()
        customer = crowd[1]
        self.env["crm.value.override"].create(
            {
                "kind": "stage",
                "partner_id": customer.id,
                "company_id": self.company.id,
                "stage_id": self.env.ref("crm_value.stage_lost").id,
                "reason": "Closed down",
                "date_from": ago(0),
                "date_to": ago(-90),
            }
        )
        self._score()
        profile = self._profile(customer)
        self.assertIs(profile.decline_risk, False)
        self.assertFalse(profile.risk_state)
        self.assertIn("lost", profile.risk["headline"])

    def test_partners_are_found_by_their_risk(self):
        profiles = self._told()
        limit = sorted(profiles.mapped("decline_risk"))[-10]
        partners = self.env["res.partner"]
        found = partners.search([("value_decline_risk", ">=", limit)])
        risky = profiles.filtered(lambda p: p.decline_risk >= limit)
        self.assertEqual(found, risky.partner_id & found)
        self.assertEqual(len(found), len(risky))
        at_risk = partners.search([("value_risk_state", "=", "at_risk")])
        self.assertEqual(
            set(at_risk.mapped("value_risk_state")), {"at_risk"} if at_risk else set()
        )
        self.assertEqual(
            found[0].value_decline_risk,
            profiles.filtered(lambda p: p.partner_id == found[0]).decline_risk,
        )

    def test_reasons_of_many_profiles_cost_no_query_each(self):
        profiles = self._told()

        def read(some):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.mapped("risk")
            return self.env.cr.sql_log_count - before

        read(profiles)
        self.assertEqual(read(profiles[:5]), read(profiles))
