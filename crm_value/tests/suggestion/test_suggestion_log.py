"""What is kept of a suggestion: shown once, not shown, added, dismissed."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ...analytics.suggestion.chance import is_held_out
from ..common import TODAY
from .suggestion_common import OFFER, SuggestionCommon


@freeze_time("2026-06-15 12:00:00")
@tagged("post_install", "-at_install")
class TestSuggestionLog(SuggestionCommon):
    _draws = True

    def setUp(self):
        super().setUp()
        self._seed(self.cup, False)

    def _rows(self, **values):
        domain = [(name, "=", value) for name, value in values.items()]
        return self.env[OFFER].search([("company_id", "=", self.company.id), *domain])

    def _seed(self, product, is_hidden):
        """Let the draw of this quarter hide a product from the customer, or not."""
        unit = (self.company.id, self.customer.id, product.id, "2026-04-01")
        for at in range(1000):
            if is_held_out(f"seed {at}", *unit) == is_hidden:
                other = (*unit[:2], (self.pot | self.cup - product).id, unit[3])
                if not is_held_out(f"seed {at}", *other):
                    self.company.value_offer_seed = f"seed {at}"
                    return

    def test_what_is_shown_is_kept_once_a_quarter(self):
        order = self._quote(self.tea)
        told = self._told(order)
        self.assertEqual(self._told(order), told)
        row = self._rows(product_id=self.cup.id)
        self.assertEqual(
            (row.partner_id, row.order_id, row.user_id, row.because_id),
            (self.customer, order, self.seller, self.tea),
        )
        self.assertEqual((row.hits, row.base, row.outcome), (4, 7, "open"))
        with freeze_time("2026-07-02 12:00:00"):
            self._told(order)
        self.assertEqual(len(self._rows(product_id=self.cup.id)), 2)

    def test_reason_is_that_of_today(self):
        order = self._quote(self.tea)
        self._told(order)
        self._buy(self._customer("Another"), 3, self.tea, self.cup)
        self._learn()
        [told] = [one for one in self._told(order) if one["name"] == "Cup"]
        self.assertEqual(told["reason"], "5 of 8 customers who buy Tea also buy it.")

    def test_what_is_drawn_is_not_shown_but_kept(self):
        self._seed(self.cup, True)
        order = self._quote(self.tea)
        self.assertEqual(self._names(order), ["Pot"])
        self.assertTrue(self._rows(product_id=self.cup.id).is_held_out)
        self.assertEqual(self._names(order), ["Pot"])
        with self.assertRaises(UserError):
            hidden = self._rows(product_id=self.cup.id)
            order.with_user(self.seller).action_add_suggestion(hidden.id)

    def test_about_a_tenth_is_drawn(self):
        drawn = [
            is_held_out("any", self.company.id, customer, product, "2026-04-01")
            for customer in range(100)
            for product in range(100)
        ]
        self.assertAlmostEqual(sum(drawn) / len(drawn), 0.1, delta=0.01)

    def test_one_click_adds_the_line_once(self):
        order = self._quote(self.tea)
        [told] = [one for one in self._told(order) if one["name"] == "Cup"]
        for _click in range(2):
            order.with_user(self.seller).action_add_suggestion(told["id"])
        line = order.order_line.filtered(lambda one: one.product_id == self.cup)
        self.assertEqual((len(line), line.product_uom_qty, line.price_unit), (1, 1, 20))
        self.assertEqual(order.order_line[-1:], line)
        self.assertEqual(self._rows(product_id=self.cup.id).outcome, "added")
        self.assertNotIn("Cup", self._names(order))

    def test_dismissed_with_a_reason_it_does_not_come_back_for_half_a_year(self):
        order = self._quote(self.tea)
        [told] = [one for one in self._told(order) if one["name"] == "Cup"]
        quote = order.with_user(self.seller)
        with self.assertRaises(UserError):
            quote.action_dismiss_suggestion(told["id"], "because")
        quote.action_dismiss_suggestion(told["id"], "price")
        row = self._rows(product_id=self.cup.id)
        self.assertEqual((row.outcome, row.reason), ("dismissed", "price"))
        self.assertNotIn("Cup", self._names(order))
        other = self._quote(self.tea, customer=self._customer("Somebody Else"))
        self.assertEqual(len(self._rows(product_id=self.cup.id)), 1)
        self._told(other)
        self.assertEqual(len(self._rows(product_id=self.cup.id)), 2)
        with freeze_time(TODAY + timedelta(days=200, hours=12)):
            self._told(order)
        self.assertEqual(len(self._rows(product_id=self.cup.id)), 3)

    def test_suggestion_of_another_customer_or_company_is_refused(self):
        order = self._quote(self.tea)
        self._told(order)
        other = self._quote(self.tea, customer=self._customer("Somebody Else"))
        offer = self._rows(product_id=self.pot.id)
        for number in (offer.id, -1, False, "x", 2**40):
            with self.assertRaises(UserError):
                other.with_user(self.seller).action_add_suggestion(number)
        order.action_confirm()
        with self.assertRaises(UserError):
            order.with_user(self.seller).action_add_suggestion(offer.id)

    def test_nobody_edits_the_log(self):
        self._told(self._quote(self.tea))
        manager = self._seller(
            "log_manager", "crm_value.group_manager,sales_team.group_sale_manager"
        )
        row = self._rows(product_id=self.pot.id).with_user(manager)
        for action in (
            lambda: row.write({"outcome": "added"}),
            row.unlink,
            lambda: row.copy(),
        ):
            with self.assertRaises(AccessError):
                action()

    def test_who_may_not_write_the_quotation_answers_nothing(self):
        own = self._seller("own_log_seller", "sales_team.group_sale_salesman")
        order = self._quote(self.tea)
        self._told(order)
        row = self._rows(product_id=self.pot.id)
        with self.assertRaises(AccessError):
            order.with_user(own).action_dismiss_suggestion(row.id, "price")
