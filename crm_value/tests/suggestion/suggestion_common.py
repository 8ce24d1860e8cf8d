"""Customers who buy alike, so that something can be suggested."""

from odoo import Command
from odoo.tests import new_test_user

from ...analytics.suggestion import chance
from ..common import TODAY, ValueCommon, ago

OFFER = "crm.value.offer"


class SuggestionCommon(ValueCommon):
    """Four customers buy tea and cups, three tea and pots; nobody knows Newcomer."""

    _draws = False  # what is hidden depends on ids, which are new in each database

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tea, cls.cup, cls.pot, cls.rug = (
            cls._product(name, price)
            for name, price in (("Tea", 10), ("Cup", 20), ("Pot", 200), ("Rug", 500))
        )
        for at in range(7):
            second = cls.cup if at < 4 else cls.pot
            cls._buy(cls._customer(f"Alike {at}"), 30, cls.tea, second)
        cls.customer = cls._customer("Newcomer")
        cls.seller = cls._seller("suggestion_seller")
        if not cls._draws:
            cls.classPatch(chance, "is_held_out", lambda *_unit: False)
        cls._learn()

    @classmethod
    def _product(cls, name, price, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "consu",
                "list_price": price,
                "standard_price": price / 2,
                "taxes_id": False,
                "categ_id": cls.env["product.category"].create({"name": name}).id,
                **values,
            }
        )

    @classmethod
    def _seller(cls, login, groups="sales_team.group_sale_salesman_all_leads"):
        return new_test_user(
            cls.env,
            login,
            groups,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            lang="en_US",
        )

    @classmethod
    def _buy(cls, customer, days, *products, confirm=True, **values):
        """Return an order of one of each product, so many days ago."""
        lines = [
            Command.create({"product_id": product.id, "tax_ids": False})
            for product in products
        ]
        order = cls._order(
            customer, 0, ago(days), confirm=False, order_line=lines, **values
        )
        if confirm:
            day = order.date_order
            order.action_confirm()
            order.date_order = day
        return order

    @classmethod
    def _quote(cls, *products, customer=None, **values):
        values = {"user_id": cls.seller.id, **values}
        return cls._buy(customer or cls.customer, 0, *products, confirm=False, **values)

    @classmethod
    def _learn(cls):
        cls.env["crm.value.likeness"]._learn(cls.company, TODAY)

    def _offers(self, user=None):
        user = user or self.seller
        offers = self.env[OFFER].with_user(user)
        return offers.with_context(allowed_company_ids=user.company_ids.ids)

    def _told(self, order, user=None):
        self.env.flush_all()
        return self._offers(user).get_suggestions(order.id)["suggestions"]

    def _names(self, order, user=None):
        return [one["name"] for one in self._told(order, user)]
