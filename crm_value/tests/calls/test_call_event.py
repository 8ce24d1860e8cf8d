import os
from itertools import permutations
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.bus.models.bus import BusBus

from .calls_common import NUMBER, CallsCommon


@tagged("post_install", "-at_install")
class TestCallEvent(CallsCommon):
    def test_a_call_goes_from_ringing_to_its_end(self):
        azure = self._customer("Azure", phone=NUMBER)
        call = self._call("newCall", users=["anna"])
        self.assertEqual((call.state, call.customer_id), ("ringing", azure))
        call = self._call("answer", users=["101"])
        self.assertEqual((call.state, call.user_id), ("answered", self.anna))
        call = self._call("hangup", cause="normalClearing")
        self.assertEqual((call.state, call.cause), ("ended", "normalClearing"))
        self.assertEqual(call.minutes, 0.0)

    def test_an_event_told_twice_counts_once(self):
        first, is_new = self._event("newCall")
        self.assertTrue(is_new)
        second, is_new = self._event("newCall", to="999", cause="again")
        self.assertEqual((first, is_new), (second, False))
        self.assertEqual(second.line, "101")
        calls = self.env["crm.value.call"].search([("pbx_id", "=", self.pbx.id)])
        self.assertEqual(len(calls), 1)

    def test_the_same_call_id_of_another_system_is_another_call(self):
        other = self.pbx.copy({"name": "Branch"})
        self.assertNotEqual(self._event("newCall"), self._event("newCall", pbx=other))

    def test_events_are_right_in_any_order(self):
        told = {"newCall": "ended", "answer": "ended", "hangup": "ended"}
        for at, order in enumerate(permutations(told)):
            with self.subTest(order=order):
                call = self._call(*order, call=f"order {at}", users=["102"])
                self.assertEqual((call.state, call.user_id), ("ended", self.berta))
                self.assertEqual(call.number, NUMBER)

    def test_answer_to_a_call_nobody_heard_of_begins_it(self):
        call = self._call("answer", call="unheard", users=["anna"])
        self.assertEqual((call.state, call.direction), ("answered", "in"))

    def test_who_shows_no_number_is_nobody(self):
        call = self._call("newCall", **{"from": "anonymous"})
        self.assertEqual((call.number, call.number_raw), (False, "anonymous"))
        self.assertFalse(call.partner_id)
        self.assertIn("does not show", call._sentence())

    def test_our_own_calls_are_of_whom_we_called(self):
        azure = self._customer("Azure", phone=NUMBER)
        call = self._call("newCall", direction="out", to=NUMBER, **{"from": "101"})
        self.assertEqual((call.customer_id, call.line), (azure, "101"))
        self.assertEqual(call.rung_user_ids, self.anna)

    def test_several_customers_are_no_guess(self):
        for name in ("One", "Two"):
            self._customer(name, phone=NUMBER)
        self.assertFalse(self._call("newCall").partner_id)

    # --- who is shown it ---

    def _shown(self, *events, **told):
        """Return the ids of the users whose screens are told of a call, in turns."""
        sent = []

        def note(_bus, target, kind, message):
            if kind == "crm_value_call":
                sent.append((target, message))

        with patch.object(BusBus, "_sendone", note):
            self._call(*events, **told)
        return [(target.user_ids, message["state"]) for target, message in sent]

    def test_screens_are_those_of_the_extension_that_rings(self):
        self.assertEqual(self._shown("newCall", to="102"), [(self.berta, "ringing")])
        self.assertEqual(
            self._shown("newCall", call="2", to="800", users=["anna"]),
            [(self.anna, "ringing")],
        )

    def test_a_queue_rings_at_those_who_serve_it_else_at_all(self):
        self.pbx.extension_ids.filtered(
            lambda one: one.user_id == self.berta
        ).queue = "first"
        shown = self._shown("newCall", to="800", queue="first")
        self.assertEqual(shown, [(self.berta, "ringing")])
        shown = self._shown("newCall", call="2", to="800", queue="another")
        self.assertEqual({user for user, _s in shown}, {self.anna, self.berta})

    def test_whoever_it_rang_at_is_told_that_it_is_taken(self):
        shown = self._shown("newCall", "answer", to="800", users=[])
        self.assertEqual(len(shown), 4)
        self.assertEqual({state for _u, state in shown[2:]}, {"answered"})

    # --- missed calls ---

    def _valued(self, **values):
        customer = self._customer("Azure", phone=NUMBER, **values)
        self._purchases(customer, *((1000.0, 10 * at) for at in range(1, 9)))
        self._purchases(self._customer("Small"), (1.0, 300))
        self._score()
        profiles = self.env["crm.value.profile"]
        profile = profiles.search(
            [("partner_id", "=", customer.id), ("company_id", "=", self.company.id)]
        )
        profile.sudo().quadrant = "platinum"
        return customer

    def test_a_missed_call_of_a_valued_customer_is_to_be_returned_once(self):
        self._valued(user_id=self.berta.id)
        call = self._call("newCall", "hangup")
        self.assertEqual(call.state, "missed")
        self.assertEqual(call.activity_ids.user_id, self.berta)
        self.assertIn("Azure", call.activity_ids.note)
        self.assertFalse(self._call("newCall", "hangup", call="2").activity_ids)

    def test_nobody_is_asked_to_return_a_call_that_was_answered_after_all(self):
        self._valued(user_id=self.berta.id)
        call = self._call("newCall", "hangup")
        self._event("answer", users=["101"])
        self.assertEqual(call.state, "ended")
        self.assertFalse(call.activity_ids)

    def test_speaking_with_the_customer_returns_the_call(self):
        self._valued(user_id=self.berta.id)
        call = self._call("newCall", "hangup")
        self._call(
            "newCall",
            "answer",
            call="2",
            direction="out",
            to=NUMBER,
            users=["102"],
            **{"from": "102"},
        )
        self.assertFalse(call.activity_ids)

    def test_missed_calls_of_others_are_only_noted(self):
        self._customer("Unscored", phone=NUMBER, user_id=self.berta.id)
        self.assertFalse(self._call("newCall", "hangup").activity_ids)

    def test_our_own_calls_that_nobody_took_are_not_missed_ones(self):
        self._valued(user_id=self.berta.id)
        call = self._call(
            "newCall", "hangup", direction="out", to=NUMBER, **{"from": "101"}
        )
        self.assertFalse(call.activity_ids)

    def test_many_events_make_a_quarter_of_calls(self):
        """A short draw in each run, ten thousand by CRM_VALUE_EVENTS=10000."""
        self._customer("Azure", phone=NUMBER)
        count = int(os.environ.get("CRM_VALUE_EVENTS", "400")) // 4
        for at in range(count):
            for event in ("newCall", "answer", "hangup", "hangup"):
                self._event(event, call=f"many {at}", users=["101"])
        calls = self.env["crm.value.call"].search([("pbx_id", "=", self.pbx.id)])
        self.assertEqual(len(calls), count)
        self.assertEqual(set(calls.mapped("state")), {"ended"})
