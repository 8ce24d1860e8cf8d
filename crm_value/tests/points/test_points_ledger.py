"""A card in a ledger: one for each customer, and always the sum of its lines."""

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import TODAY, ago
from .points_common import PointsCommon


@tagged("post_install", "-at_install")
class TestPointsLedger(PointsCommon):
    def _user(self, login, groups):
        return new_test_user(
            self.env,
            login,
            groups,
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )

    def test_card_of_a_contact_belongs_to_its_company(self):
        card = self._card(self.anna, 50)
        self.assertEqual(card.partner_id, self.acme)
        self.assertLedger(card, 50)
        self.assertEqual(card.history_ids.value_kind, "opening")
        self.assertEqual((self.anna.value_points, self.acme.value_points), (50, 50))

    def test_customer_has_one_card(self):
        card = self._card(self.acme)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            with self.env.cr.savepoint():
                self._card(self.anna)
        card.active = False
        card.flush_recordset()
        self.assertTrue(self._card(self.anna))

    def test_points_of_an_erased_customer_lapse_and_the_card_rests(self):
        guest = self._customer("Guest", email="guest@example.com")
        card = self._card(guest, 50)
        empty = self._card(self._customer("Other guest"))
        card.message_post(body=guest.email)
        (guest | empty.partner_id).unlink()
        self.assertFalse(card.active or empty.active or card.partner_id)
        self.assertLedger(card, 0)
        self.assertIn("deleted", card.history_ids.filtered("used").description)
        self.assertFalse(card.message_ids.filtered(lambda m: "guest" in m.body))

    def test_lines_move_the_balance_and_nothing_else_does(self):
        card = self._card(self.acme)
        self.lines.create({"card_id": card.id, "description": "+", "issued": 10.1})
        self.lines.create({"card_id": card.id, "description": "+", "issued": 20.2})
        card.points = 4
        card.points += 7
        card.write({"points": 9, "code": "new"})
        self.assertLedger(card, 30.3)
        self.assertEqual(card.code, "new")

    def test_wizard_moves_the_balance_once(self):
        card = self._card(self.acme, 100)
        self.env["loyalty.card.update.balance"].create(
            {"card_id": card.id, "new_balance": 70, "description": "Sorry"}
        ).action_update_card_point()
        self.assertLedger(card, 70)
        line = card.history_ids.filtered("used")
        self.assertEqual((line.value_kind, line.value_day), ("manual", TODAY))

    def test_points_generated_for_customers_are_granted_once(self):
        card = self._card(self.acme, 100)
        bob = self._customer("Bob")
        wizard = self.env["loyalty.generate.wizard"].create(
            {
                "program_id": self.program.id,
                "mode": "selected",
                "customer_ids": [Command.set((self.anna | bob).ids)],
                "points_granted": 25,
            }
        )
        wizard.generate_coupons()
        self.assertLedger(card, 125)
        self.assertLedger(self._card_of(bob), 25)
        wizard.mode = "anonymous"
        with self.assertRaises(UserError):
            wizard.generate_coupons()

    def test_lines_stay_as_they_are(self):
        card = self._card(self.acme, 100)
        for values in ({"issued": 1}, {"card_id": card.id}, {"value_kind": "spent"}):
            with self.assertRaises(UserError):
                card.history_ids.write(values)
        card.history_ids.description = "Corrected"
        with self.assertRaises(UserError):
            card.history_ids.unlink()
        with self.assertRaises(UserError):
            card.unlink()
        self.assertLedger(card, 100)

    def test_source_key_counts_once(self):
        card = self._card(self.acme)
        values = {"card_id": card.id, "description": "x", "value_key": "k", "issued": 1}
        self.lines.create(values)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.lines.create(values)

    def test_other_programs_work_as_before(self):
        plain = self._program(name="Plain")
        card = self.cards.create(
            {"program_id": plain.id, "partner_id": self.anna.id, "points": 5}
        )
        self.assertEqual(card.partner_id, self.anna)
        card.points += 2
        line = self.lines.create({"card_id": card.id, "description": "x", "issued": 3})
        self.assertEqual((card.points, line.value_kind), (7, False))
        line.unlink()

    def test_ledger_needs_a_company_and_future_points(self):
        self.program.active = False
        for values in (
            {"company_id": False, "currency_id": self.usd.id},
            {"applies_on": "both"},
            {"currency_id": self._currency("EUR", 2).id},
        ):
            with self.assertRaises(ValidationError):
                self._program(value_ledger=True, **values)

    def test_company_has_one_ledger(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._program(name="Second", value_ledger=True)

    def test_worth_of_a_point_is_the_most_a_reward_can_cost(self):
        self.assertEqual(self.program.value_point_worth, 0.01)
        self.reward.write({"discount_mode": "per_order", "discount": 5})
        self.assertEqual(self.program.value_point_worth, 0.05)
        self.reward.write({"discount_mode": "percent"})
        self.assertIs(self.program.value_point_worth, False)
        self.reward.write({"discount_max_amount": 20})
        self.assertEqual(self.program.value_point_worth, 0.2)

    def test_liability_is_what_open_points_can_cost(self):
        card = self._card(self.acme, 1234)
        self.assertEqual(card.value_liability, 12.34)
        self.reward.write({"discount_mode": "percent"})
        self.assertIs(card.value_liability, False)

    def test_ledger_opened_later_adds_up(self):
        self.program.active = False
        late = self._program(name="Late")
        old = self.cards.create(
            {"program_id": late.id, "partner_id": self.acme.id, "points": 100}
        )
        self.lines.create({"card_id": old.id, "description": "x", "issued": 30})
        contact = self.cards.create(
            {"program_id": late.id, "partner_id": self.anna.id, "points": 7}
        )
        bob = self._customer("Bob")
        bobs = self.cards.create(
            {"program_id": late.id, "partner_id": bob.id, "points": 1}
        )
        late.value_ledger = True
        self.assertLedger(old, 107)
        self.assertFalse(contact.active)
        self.assertLedger(contact, 0)
        self.assertLedger(bobs, 1)
        self.assertEqual(
            sorted(old.history_ids.mapped("value_kind")), ["manual", "opening"]
        )

    def test_only_managers_move_points_by_hand(self):
        card = self._card(self.acme, 10)
        seller = self._user("seller", "sales_team.group_sale_salesman")
        manager = self._user(
            "boss", "sales_team.group_sale_manager,crm_value.group_manager"
        )
        values = {"card_id": card.id, "description": "x", "issued": 1}
        with self.assertRaises(AccessError):
            self.lines.with_user(seller).create(values)
        with self.assertRaises(UserError):
            card.history_ids.with_user(seller).write({"issued": 100})
        with self.assertRaises(AccessError):
            self.program.with_user(seller).value_return_days = 3
        with self.assertRaises(AccessError):
            head = self._user("head", "sales_team.group_sale_manager")
            self.program.with_user(head).value_return_days = 3
        self.lines.with_user(manager).create(values)
        self.program.with_user(manager).value_return_days = 3
        self.assertLedger(card, 11)

    def test_points_are_seen_without_sales_rights(self):
        self._card(self.acme, 10)
        agent = self._user("agent", "crm_value.group_user")
        self.assertEqual(self.anna.with_user(agent).value_points, 10)
        with self.assertRaises(AccessError):
            self.cards.with_user(agent).search([])

    def test_program_is_set_up_by_managers_once(self):
        self.program.active = False
        programs = self.env["loyalty.program"]
        boss = self._user("boss", "crm_value.group_manager")
        with self.assertRaises(AccessError):
            seller = self._user("seller", "sales_team.group_sale_manager")
            programs.with_user(seller).action_value_set_up()
        first, again = (
            programs.with_user(boss).action_value_set_up()["res_id"] for _n in range(2)
        )
        self.assertEqual(first, again)
        program = self.company._value_points_program()
        self.assertEqual(program.id, first)
        self.assertEqual(program.value_point_worth, 0.01)

    def test_points_are_shown_on_order_and_ticket(self):
        self._card(self.acme, 1000)
        order = self._order(self.anna, 50, confirm=False)
        self.assertEqual((order.value_points, order.value_points_earned), (1000, 50))
        order._update_programs_and_rewards()
        order._apply_program_reward(
            self.reward, self.acme._value_cards(self.company)[self.acme]
        )
        self.assertEqual(order.value_points_spent, 1000)
        order.action_confirm()
        self.assertEqual((order.value_points, order.value_points_earned), (0, 50))
        agent = self._user("agent", "helpdesk_mgmt.group_helpdesk_user")
        ticket = self._ticket(self.anna).with_user(agent)
        self.assertEqual(ticket.value_points, 0)

    def test_partners_are_found_by_points(self):
        self._card(self.acme, 10)
        bob = self._customer("Bob")
        ours = ("id", "in", (self.acme | self.anna | bob).ids)
        search = self.env["res.partner"].search
        self.assertEqual(
            search([ours, ("value_points", ">", 0)]), self.acme | self.anna
        )
        self.assertEqual(search([ours, ("value_points", "=", False)]), bob)

    def test_earned_points_are_counted_by_customer(self):
        card = self._card(self.acme, 10)
        self.assertEqual(
            self.points._earned_by_customer(self.company, ago(9), TODAY), {}
        )
        self.assertLedger(card, 10)
