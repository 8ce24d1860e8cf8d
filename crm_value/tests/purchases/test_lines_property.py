"""Over random orders made by Odoo's own buttons, our margin is Odoo's, to the cent."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.fields import Command
from odoo.tests import tagged

from .lines_common import LinesCommon, ago

CENTS = st.integers(100, 99999).map(lambda cents: cents / 100)
LINES = st.lists(
    st.tuples(CENTS, st.integers(1, 5), st.sampled_from((0, 7.5, 20, 100)), CENTS),
    min_size=1,
    max_size=3,
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("so_discount"), st.sampled_from((0.05, 0.2, 0.333))),
        st.tuples(st.just("sol_discount"), st.sampled_from((0.1, 0.125))),
        st.tuples(st.just("amount"), st.integers(1, 500).map(lambda n: n / 100)),
        st.tuples(st.just("coupon"), st.none()),
        st.tuples(st.just("gift"), st.none()),
        st.tuples(st.just("free"), st.none()),
    ),
    max_size=3,
    unique_by=lambda step: step[0],
)
PAID = st.sampled_from(((), (30,), (30, 70), (100,)))
ORDERS = st.lists(st.tuples(LINES, STEPS, PAID), min_size=1, max_size=2)


@tagged("post_install", "-at_install")
class TestLinesProperty(LinesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Else Odoo's invoices differ from the lines of its orders by a cent.
        cls.company.tax_calculation_rounding_method = "round_per_line"
        cls.programs = {
            "coupon": cls._program("coupons", reward_type="discount", discount=15),
            "gift": cls._program(
                "gift_card",
                reward_type="discount",
                discount_mode="per_point",
                discount=1,
                discount_applicability="order",
                required_points=1,
            ),
            "free": cls._program(
                "promotion",
                reward_type="product",
                reward_product_id=cls.product.id,
            ),
        }

    # An order takes a second: what fails is told as it was drawn.
    @settings(
        max_examples=10,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(ORDERS)
    def test_margin_is_that_of_the_orders_to_the_cent(self, orders):
        savepoint = self.env.cr.savepoint(flush=True)
        try:
            self._compare([self._sell(*order) for order in orders])
        finally:
            self.env.invalidate_all()
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def _compare(self, sold):
        margin = sum(order.margin for order in sold)
        revenue = sum(order.amount_untaxed for order in sold)
        count = len({order.date_order for order in sold if order.amount_untaxed > 0})
        for facts in (self._facts(self.acme), self._ordered()):
            self.assertFigures(facts, revenue_total=round(revenue, 2))
            self.assertFigures(facts, margin_total=round(margin, 2))
            self.assertFigures(facts, purchase_count=min(count, 1), refund_total=0)
            for name in ("cost_known_share", "discount_rate"):
                self.assertFalse(facts[name] < 0 or facts[name] > 1, name)

    def _sell(self, lines, steps, paid):
        """Return an order with all of that, billed in full."""
        order = self.env["sale.order"].create(
            {
                "partner_id": self.acme.id,
                "company_id": self.company.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "product_uom_qty": quantity,
                            "price_unit": price,
                            "discount": discount,
                            "purchase_price": cost,
                            "tax_ids": False,
                        }
                    )
                    for price, quantity, discount, cost in lines
                ],
            }
        )
        for kind, value in steps:
            if kind in self.programs:
                self._claim(order, *self.programs[kind])
            else:
                self._discount(order, kind, value)
        order.action_confirm()
        order.date_order = f"{ago(9)} 12:00:00"
        for percent in paid if order.amount_total > 0 else ():
            self._bill(order, ago(9), "percentage", amount=percent)
        self._bill(order, ago(9))
        return order

    def _claim(self, order, program, card):
        """Claim a reward where this order may have it."""
        if order.amount_total > 0:
            self._reward(order, program, card)
