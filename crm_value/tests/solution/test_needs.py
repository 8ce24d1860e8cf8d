"""Needs of leads, contacts and quotations: once each, taken over, closed to others."""

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .solution_common import OUTSIDERS, SolutionCommon

LINE = "crm.value.need.line"


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestNeeds(SolutionCommon):
    def _told(self, owner):
        return {line.need_id: line.amount for line in owner.sudo().value_need_line_ids}

    def test_a_quotation_of_a_lead_and_its_contact_take_the_needs_over(self):
        needs = {self.people: 12, self.space: 130}
        order = self._quote(self.ann, 10, opportunity_id=self.lead.id)
        self.assertEqual(self._told(order), needs)
        self.assertEqual(self._told(self.acme), needs)
        self.assertFalse(self._told(self.ann))
        self.lead.value_need_line_ids[0].amount = 15
        self._quote(self.ann, 10, opportunity_id=self.lead.id)
        self.assertEqual(self._told(self.acme)[self.people], 15)
        self.assertEqual(len(self.acme.value_need_line_ids), 2)

    def test_what_is_said_on_the_quotation_counts(self):
        order = self._quote(
            self.acme,
            10,
            opportunity_id=self.lead.id,
            value_need_line_ids=[self._need(self.machines, 3)],
        )
        self.assertEqual(self._told(order), {self.machines: 3})

    def test_a_lead_without_needs_is_offered_what_its_contact_needs(self):
        self.acme.value_need_line_ids = [self._need(self.machines, 4)]
        self.lead.value_need_line_ids.unlink()
        dialog = self._dialog(self.lead)
        self.assertEqual(dialog.need_ids.mapped("amount"), [4])
        self.assertFalse(dialog.option_ids)

    def test_the_dialog_keeps_what_is_said_there(self):
        self.acme.user_id = self.li
        dialog = self._dialog(self.acme)
        self.assertFalse(dialog.need_ids)
        dialog.need_ids = [Command.create({"need_id": self.people.id, "amount": 3})]
        dialog.action_rank()
        order = self._offered(dialog, self.seats)
        self.assertEqual(order.partner_id, self.acme)
        self.assertEqual(self._told(order), {self.people: 3})
        self.assertEqual(self._told(self.acme), {self.people: 3})

    def test_each_has_a_need_once_and_some_of_it(self):
        for need, amount, error in (
            (self.people, 1, UniqueViolation),
            (self.machines, 0, CheckViolation),
        ):
            with self.subTest(amount), mute_logger("odoo.sql_db"):
                with self.assertRaises(error), self.cr.savepoint():
                    self.lead.value_need_line_ids = [self._need(need, amount)]
                    self.env.flush_all()

    def test_merged_leads_keep_each_need_once(self):
        twin = self.lead.copy()
        twin.value_need_line_ids = [
            self._need(self.people, 99),
            self._need(self.machines, 5),
        ]
        kept = (self.lead | twin).merge_opportunity()
        self.assertEqual(
            kept.value_need_line_ids.need_id, self.people | self.space | self.machines
        )

    def test_a_need_in_use_is_not_deleted(self):
        with self.assertRaises(UserError):
            self.people.unlink()
        self.people.active = False

    # --- who may ---

    def test_needs_are_closed_like_what_they_are_of(self):
        line = self.lead.value_need_line_ids[0]
        self.assertTrue(line.with_user(self.li).has_access("write"))
        self.assertFalse(line.with_user(self.wang).has_access("read"))
        self.assertTrue(line.with_user(self.officer).has_access("read"))
        with self.assertRaises(AccessError):
            self.env[LINE].with_user(self.wang).create(
                {"lead_id": self.lead.id, "need_id": self.machines.id}
            )
        order = self._quote(self.acme, 10, user=self.li)
        with self.assertRaises(AccessError):
            self.env[LINE].with_user(self.wang).create(
                {"order_id": order.id, "need_id": self.machines.id}
            )
        own = (
            self.env[LINE]
            .with_user(self.li)
            .create({"order_id": order.id, "need_id": self.machines.id})
        )
        own.amount = 7
        self.assertEqual(order.value_need_line_ids.amount, 7)

    def test_own_documents_only_closes_the_needs_of_other_customers(self):
        self.company.value_sight = "own"
        self.acme.value_need_line_ids = [self._need(self.people, 3)]
        line = self.acme.value_need_line_ids
        self.acme.user_id = self.li
        self.assertTrue(line.with_user(self.li).has_access("read"))
        self.assertFalse(line.with_user(self.wang).has_access("read"))

    def test_nobody_else_reads_needs(self):
        for groups in OUTSIDERS:
            user = self._seller(f"outside_{groups[-6:]}", groups)
            with self.subTest(groups), self.assertRaises(AccessError):
                self.env[LINE].with_user(user).search([])

    def test_needs_of_another_company_are_closed(self):
        other = self._create_company("Elsewhere", self.usd)
        seller = self._seller(
            "far_seller", "sales_team.group_sale_manager", companies=other
        )
        line = self.lead.value_need_line_ids[0]
        self.assertEqual(line.company_id, self.company)
        theirs = line.with_user(seller).with_context(allowed_company_ids=other.ids)
        self.assertFalse(theirs.has_access("read"))
