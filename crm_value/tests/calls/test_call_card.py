from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .calls_common import AGENT, NUMBER, CallsCommon


@tagged("post_install", "-at_install")
class TestCallCard(CallsCommon):
    def _card(self, call, user=None):
        return call.with_user(user or self.anna).get_card()

    def test_a_known_caller_is_said_in_one_sentence_with_what_is_open(self):
        azure = self._customer("Azure", phone=NUMBER)
        ticket = self._ticket(azure, user_id=self.anna.id)
        self._purchases(azure, (100.0, 5))
        self._score()
        card = self._card(self._call("newCall"))
        self.assertEqual((card["who"], card["known"]), ("Azure", True))
        self.assertIn("Open tickets: 1", card["sentence"])
        self.assertEqual([one["id"] for one in card["open"]], [ticket.id])
        self.assertEqual(card["number"], "+86 138 0013 8000")

    def test_what_an_agent_chose_holds_for_the_next_call(self):
        azure = self._customer("Azure")
        contacts = [
            self._customer(name, azure, phone=NUMBER) for name in ("Ann", "Ben")
        ]
        call = self._call("newCall")
        self.assertEqual(call.partner_id, azure)
        card = self._card(call)
        self.assertEqual(
            [one["id"] for one in card["choices"]], [one.id for one in contacts]
        )
        call.with_user(self.anna).action_choose(contacts[1].id)
        self.assertEqual(call.partner_id, contacts[1])
        self.assertEqual(call.chosen_by_id, self.anna)
        again = self._call("newCall", call="2")
        self.assertEqual(again.partner_id, contacts[1])
        self.assertFalse(again.chosen_by_id)
        self.assertEqual(self._look_up()["contact"], "Ben")

    def test_another_choice_is_remembered_instead(self):
        one, two = (self._customer(name, phone=NUMBER) for name in ("One", "Two"))
        call = self._call("newCall")
        for partner, count in ((one, 1), (one, 2), (two, 1)):
            call.with_user(self.anna).action_choose(partner.id)
            known = self.env["crm.value.number"].search([("number", "=", NUMBER)])
            self.assertEqual((known.partner_id, known.count), (partner, count))

    def test_a_number_nobody_has_is_remembered_without_writing_the_contact(self):
        one = self._customer("One")
        call = self._call("newCall")
        call.with_user(self.anna).action_choose(one.id)
        self.assertFalse(one.phone)
        self.assertEqual(self._call("newCall", call="2").partner_id, one)

    def test_no_contact_is_made_and_a_lead_only_once(self):
        partners = self.env["res.partner"].search_count([])
        call = self._call("newCall").with_user(self.anna)
        action = call.action_lead()
        lead = self.env["crm.lead"].with_user(self.anna)
        lead = lead.with_context(**action["context"]).create({"name": "Unknown"})
        self.assertEqual(lead.phone, NUMBER)
        self.assertEqual(call.lead_ids, lead)
        again = self._call("newCall", call="2").with_user(self.anna)
        self.assertEqual(again.action_lead()["res_id"], lead.id)
        self.assertTrue(again.get_card()["lead"])
        self.assertEqual(self.env["res.partner"].search_count([]), partners)

    def test_a_new_ticket_belongs_to_the_call(self):
        azure = self._customer("Azure", phone=NUMBER)
        call = self._call("newCall").with_user(self.anna)
        context = call.action_new_ticket()["context"]
        ticket = self.env["helpdesk.ticket"].with_user(self.anna)
        ticket = ticket.with_context(**context)
        ticket = ticket.create({"name": "Asked", "description": "Asked"})
        self.assertEqual((call.ticket_ids, ticket.partner_id), (ticket, azure))

    def test_contacts_of_other_companies_cannot_be_chosen(self):
        other = self._create_company("Other Company", self.usd)
        theirs = self._customer("Theirs", company_id=other.id)
        call = self._call("newCall")
        with self.assertRaises(AccessError):
            call.with_user(self.anna).action_choose(theirs.id)
        with self.assertRaises(UserError):
            call.action_choose(theirs.id)

    def test_agents_of_other_companies_see_no_call(self):
        other = self._create_company("Other Company", self.usd)
        stranger = new_test_user(
            self.env,
            login="stranger",
            groups=AGENT,
            company_id=other.id,
            company_ids=other.ids,
        )
        call = self._call("newCall")
        for method in ("get_card", "action_open", "action_new_ticket", "action_lead"):
            with self.assertRaises(AccessError):
                getattr(call.with_user(stranger), method)()

    def test_employees_without_a_part_in_it_see_no_call(self):
        employee = new_test_user(
            self.env,
            login="employee",
            groups="base.group_user",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        call = self._call("newCall")
        with self.assertRaises(AccessError):
            call.with_user(employee).get_card()

    def test_salespersons_with_their_own_see_their_calls_and_those_they_took(self):
        self.company.value_sight = "own"
        seller = self._agent("seller", "103", "sales_team.group_sale_salesman")
        theirs = self._customer("Theirs", phone=NUMBER, user_id=self.berta.id)
        call = self._call("newCall", "answer", users=["102"])
        mine = self._call("newCall", call="2", users=["103"])
        seen = self.env["crm.value.call"].with_user(seller).search([])
        self.assertEqual(seen, mine)
        theirs.user_id = seller
        seen = self.env["crm.value.call"].with_user(seller).search([])
        self.assertEqual(seen, mine | call)

    def test_calls_are_on_the_line_of_the_customers_time(self):
        azure = self._customer("Azure", phone=NUMBER)
        self._purchases(azure, (100.0, 5))
        self._score()
        call = self._call("newCall", "hangup")
        profile = self.env["crm.value.profile"].search(
            [("partner_id", "=", azure.id), ("company_id", "=", self.company.id)]
        )
        lanes = {lane["code"]: lane for lane in profile.get_life()["lanes"]}
        [event] = lanes["calls"]["events"]
        self.assertEqual((event["id"], event["tone"]), (call.id, "warning"))

    def test_calls_go_with_a_contact_that_is_erased(self):
        azure = self._customer("Azure", phone=NUMBER)
        call = self._call("newCall")
        call.with_user(self.anna).action_choose(azure.id)
        azure.unlink()
        self.assertFalse(call.exists())
        self.assertFalse(self.env["crm.value.number"].search([("number", "=", NUMBER)]))
