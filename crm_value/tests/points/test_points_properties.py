"""Whatever happens to orders, invoices and payments: the points are right.

Needs ``hypothesis``, so Odoo's own loader does not import this file; pytest does. A
short draw is part of the tests. ``CRM_VALUE_EVENTS=10000`` draws as many events from
seeds that a failure names; ``CRM_VALUE_SEED`` is the first of them.
"""

import os
import random
import unittest
from datetime import timedelta

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from ..common import TODAY
from .points_common import PointsCommon
from .points_reference import Reference

EVENTS = (
    "sale sale sale sale spend spend spend order euro dong bill part pay pay unpay "
    "credit credit credit_all reverse reverse draft post cancel again copy change drop "
    "goodwill hand days months night merge down"
).split()
CLAIMS, DAYS = ["negative", "zero"], [0, 14]
EXPIRIES = ["age", "inactivity", "none"]
FIRST_SEED = int(os.environ.get("CRM_VALUE_SEED", 1))
WANTED = int(os.environ.get("CRM_VALUE_EVENTS", 0))
LONG = 40
event = st.tuples(
    st.sampled_from(EVENTS), st.integers(0, 1), st.integers(0, 9), st.integers(1, 99)
)


@tagged("post_install", "-at_install")
class TestPointsProperties(PointsCommon):
    """Random events on real documents, compared with a ledger of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bob = cls._customer("Bob")
        cls.euro = cls._pricelist("EUR", 0.8, 0.93)
        cls.dong = cls._pricelist("VND", 25_400, 26_100)
        # Rewards are as they are since before all orders: discounts are checked.
        cls.env.flush_all()
        cls.env.cr.execute("UPDATE loyalty_reward SET write_date = '2020-01-01'")

    @classmethod
    def _pricelist(cls, name, rate, later):
        """Return a pricelist in a currency whose rate changes on the way."""
        currency = cls._currency(name, rate)
        cls._currency(name, later, day="2026-08-01")
        return cls.env["product.pricelist"].create(
            {"name": name, "currency_id": currency.id}
        )

    @settings(
        max_examples=8,
        phases=[Phase.explicit, Phase.generate],
        deadline=None,
        derandomize=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.lists(event, min_size=12, max_size=30),
        st.sampled_from(CLAIMS),
        st.sampled_from(DAYS),
        st.sampled_from(EXPIRIES),
    )
    @example(
        [("sale", 1, 2, 92), ("credit", 1, 0, 69), ("months", 1, 0, 95)],
        "negative",
        0,
        "age",
    )  # what a credit note took is not given back when the rest expires
    @example(
        [
            ("sale", 0, 4, 58),
            ("credit", 0, 0, 28),
            ("reverse", 0, 0, 1),
            ("reverse", 0, 0, 1),
            ("credit", 0, 0, 79),
        ],
        "negative",
        14,
        "age",
    )  # credited beyond what was billed again
    def test_points_are_right_whatever_happens(self, events, claim, days, expiry):
        self._live(events, claim, days, expiry)

    @unittest.skipUnless(WANTED, "CRM_VALUE_EVENTS says how many events to draw")
    def test_points_are_right_after_thousands_of_events(self):
        for seed in range(FIRST_SEED, FIRST_SEED + -(-WANTED // LONG)):
            draw = random.Random(seed)
            events = [
                (
                    draw.choice(EVENTS),
                    draw.randrange(2),
                    draw.randrange(10),
                    draw.randrange(1, 100),
                )
                for _number in range(LONG)
            ]
            rules = [draw.choice(each) for each in (CLAIMS, DAYS, EXPIRIES)]
            try:
                self._live(events, *rules)
            except AssertionError as error:
                raise AssertionError(f"CRM_VALUE_SEED={seed}") from error

    def _live(self, events, claim, days, expiry):
        """Let events happen one after the other, and compare after each."""
        with (
            freeze_time("2026-06-15 12:00:00") as clock,
            self.env.cr.savepoint(flush=True) as savepoint,
        ):
            self.program.write(
                {
                    "value_claim": claim,
                    "value_return_days": days,
                    "value_expiry": expiry,
                    "value_expiry_months": 2,
                }
            )
            self.clock, self.now = clock, TODAY
            self.reference = Reference(self.program)
            self.customers = [self.acme, self.bob]
            self.orders = []
            for step in events:
                self._happens(*step)
                self._compare(events, step)
            self._night()
            self._compare(events, "the last night")
            issues = self.env["crm.value.points.issue"].search([])
            self.assertFalse(issues, issues.mapped(lambda i: (i.kind, i.message)))
            savepoint.rollback()
        self.env.invalidate_all()

    def _happens(self, name, who, which, number):
        """Let one event happen, as far as Odoo allows it."""
        customer = self.customers[who % len(self.customers)]
        order = self.orders[which % len(self.orders)] if self.orders else None
        try:
            with self.env.cr.savepoint():
                getattr(self, f"_event_{name}")(customer, order, number)
        except (UserError, ValidationError):
            self.env.invalidate_all()
        cards = self.cards.search([("program_id", "=", self.program.id)])
        cards._value_settle()
        self.reference.settle(self.now)

    def _compare(self, events, step):
        self.env.invalidate_all()
        for customer in self.customers:
            card = self._card_of(customer)
            context = f"after {step} of {events}"
            balance = self.reference.balance(customer) / 100
            self.assertAlmostEqual(card.points, float(balance), 2, context)
            locked = self.reference.locked(customer, self.now) / 100
            self.assertAlmostEqual(
                card.value_locked_points, float(locked), 2, f"locked {context}"
            )
            if card:
                self.assertLedger(card, float(balance))
                lots, _beyond = self.points._open_lots(card)
                self.assertEqual(
                    sorted((lot["date"], lot["left"]) for lot in lots),
                    sorted(
                        (self.reference.days[lot], int(left))
                        for lot, left in self.reference.lots(customer).items()
                    ),
                    context,
                )

    # --- events ---

    def _event_order(self, customer, _order, number, claim=False, **values):
        order = self._order(
            customer,
            number * 1.37,
            confirm=False,
            line={"product_uom_qty": 3},
            **values,
        )
        order.order_line = [
            Command.create(
                {
                    "product_id": self.product.id,
                    "price_unit": 7.77,
                    "product_uom_qty": 1,
                    "tax_ids": False,
                }
            )
        ]
        if claim and (card := self._card_of(customer)):
            order._update_programs_and_rewards()
            order._apply_program_reward(self.reward, card)
        order.action_confirm()
        self.orders.append(order)
        self.reference.promise(order, customer)

    def _event_euro(self, customer, _order, number):
        self._event_order(
            customer, None, number, claim=number % 2, pricelist_id=self.euro.id
        )

    def _event_dong(self, customer, _order, number):
        values = {"claim": number % 2, "pricelist_id": self.dong.id}
        self._event_order(customer, None, number * 20_000, **values)

    def _event_change(self, _customer, order, number):
        """Change the quantity of a line, before or after its invoice."""
        if order:
            order.order_line[0].product_uom_qty = 1 + number % 5
            self.reference.promise_again(order)

    def _event_drop(self, _customer, order, number):
        """Take a reward off an order, or put it back."""
        if order and (line := order.order_line.filtered("reward_id")):
            line.product_uom_qty = number % 2

    def _event_goodwill(self, _customer, order, number):
        """Credit something that no order knows."""
        if order and (invoice := self._invoices(order)[:1]):
            refund = self._refund(invoice, post=False)
            refund.invoice_line_ids[1:].unlink()
            line = refund.invoice_line_ids
            line.sale_line_ids = False
            line.write({"quantity": 1, "price_unit": number / 9})
            refund.action_post()

    def _event_sale(self, customer, _order, number):
        self._event_order(customer, _order, number + 30)
        self._event_bill(customer, self.orders[-1], number)
        self._event_pay(customer, self.orders[-1], number)

    def _event_spend(self, customer, _order, number):
        self._event_order(customer, _order, number, claim=True)

    def _invoices(self, order, kind="out_invoice", state="posted"):
        return order.invoice_ids.filtered(
            lambda move: move.move_type == kind and move.state == state
        )

    def _event_bill(self, _customer, order, number):
        if order:
            self._bill(order)

    def _event_part(self, _customer, order, number):
        if order:
            invoice = order._create_invoices()
            invoice.invoice_date = fields.Date.today()
            line = invoice.invoice_line_ids[0]
            line.quantity = max(min(line.quantity, 1), 0)
            invoice.action_post()

    def _event_down(self, _customer, order, number):
        if order:
            wizard = self.env["sale.advance.payment.inv"].with_context(
                active_model="sale.order", active_ids=order.ids
            )
            wizard.create(
                {"advance_payment_method": "percentage", "amount": number / 2}
            )._create_invoices(order).action_post()

    def _event_pay(self, _customer, order, number):
        if order:
            self._pay(self._invoices(order)[:1])

    def _event_unpay(self, _customer, order, number):
        if order:
            self._invoices(order)[-1:].line_ids.remove_move_reconcile()

    def _event_credit(self, _customer, order, number):
        if order and (invoice := self._invoices(order)[:1]):
            self._refund(invoice, number / 5)

    def _event_credit_all(self, _customer, order, number):
        if order and (invoice := self._invoices(order)[-1:]):
            self._refund(invoice)

    def _event_reverse(self, _customer, order, number):
        if order and (refund := self._invoices(order, "out_refund")[:1]):
            self._refund(refund)

    def _event_draft(self, _customer, order, number):
        if order:
            self._invoices(order)[:1].button_draft()

    def _event_post(self, _customer, order, number):
        if order:
            self._invoices(order, state="draft").action_post()

    def _event_cancel(self, _customer, order, number):
        if order:
            order._action_cancel()

    def _event_again(self, _customer, order, number):
        if order and order.state == "cancel":
            order.action_draft()
            order.action_confirm()
            self.reference.promise_again(order)

    def _event_copy(self, _customer, order, number):
        if order:
            copy = order.copy()
            copy.action_confirm()
            self.orders.append(copy)
            holder = self.reference.promises[order][0]
            self.reference.promise(copy, holder)

    def _event_hand(self, customer, _order, number):
        if card := self._card_of(customer):
            points = number - 30
            self.lines.create(
                {
                    "card_id": card.id,
                    "description": "Manual",
                    "issued": max(points, 0),
                    "used": max(-points, 0),
                }
            )
            self.reference.by_hand(customer, points, self.now)

    def _event_days(self, _customer, _order, number):
        self._pass(number % 20)

    def _event_months(self, _customer, _order, number):
        self._pass(number)
        self._night()

    def _pass(self, days):
        self.now += timedelta(days=days)
        self.clock.move_to(f"{self.now} 12:00:00")

    def _event_night(self, *_args):
        self._night()

    def _night(self):
        for _twice in range(2):
            self._settle_points()
        self.reference.settle(self.now)
        self.reference.expire(self.customers, self.now)

    def _event_merge(self, _customer, _order, number):
        if len(self.customers) == 2 and number < 30:
            wizard = self.env["base.partner.merge.automatic.wizard"].create({})
            wizard._merge((self.bob | self.acme).ids, self.acme, extra_checks=False)
            self.env.invalidate_all()
            self.reference.merge(self.bob, self.acme)
            self.customers = [self.acme]
