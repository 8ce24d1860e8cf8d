from odoo import Command, api, models

from ..core.characters import SHELF
from .quotations import (
    COMPARABLE,
    MONTHLY,
    NOW,
    QUOTATIONS,
    REGULAR,
    REGULARLY,
)


class CrmValueDemo(models.AbstractModel):
    """Lets two salespeople offer a customer the same product at two prices.

    Another customer has a habit that its open quotation forgets. Enough customers like
    the first have bought the same product for a price to be compared.
    """

    _inherit = "crm.value.demo"

    @api.model
    def _create_orders(self, company, today):
        result = super()._create_orders(company, today)
        quotations = self.env["sale.order"].create(
            [
                self._prepare_quotation_vals(
                    self._ref(one.who),
                    self._moment(today, one.age),
                    one.lines,
                    user_id=self.env.ref(one.salesperson).id,
                    state="sent" if one.sent else "draft",
                )
                for one in QUOTATIONS
            ]
        )
        self._name_records("demo_quotation", quotations)
        self._create_habit(today)
        self._create_comparable(today)
        return result

    @api.model
    def _create_habit(self, today):
        regular = self._customers()[REGULAR]
        moments = [self._moment(today, age) for age in (*MONTHLY, 1)]
        orders = self.env["sale.order"].create(
            [
                self._prepare_quotation_vals(regular, moment, lines)
                for moment, lines in zip(
                    moments, [REGULARLY] * len(MONTHLY) + [NOW], strict=True
                )
            ]
        )
        self._name_records("demo_habit", orders)
        self._confirm(orders[: len(MONTHLY)], moments)

    @api.model
    def _create_comparable(self, today):
        customers = self._customers()
        moments = [self._moment(today, age) for _place, age, _discount in COMPARABLE]
        orders = self.env["sale.order"].create(
            [
                self._prepare_quotation_vals(
                    customers[place], moment, ((SHELF, 2, discount),)
                )
                for (place, _age, discount), moment in zip(
                    COMPARABLE, moments, strict=True
                )
            ]
        )
        self._name_records("demo_comparable", orders)
        self._confirm(orders, moments)

    @api.model
    def _confirm(self, orders, moments):
        """Confirm orders of the past: Odoo dates them today."""
        orders.action_confirm()
        for order, moment in zip(orders, moments, strict=False):
            order.date_order = moment

    @api.model
    def _prepare_quotation_vals(self, partner, moment, lines, **values):
        return {
            "partner_id": partner.id,
            "company_id": self.env.company.id,
            "date_order": moment,
            "order_line": [
                Command.create(
                    {
                        "product_id": self._ref(f"product_{product}").id,
                        "product_uom_qty": quantity,
                        "discount": discount,
                    }
                )
                for product, quantity, discount in lines
            ],
            **values,
        }
