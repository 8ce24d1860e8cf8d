from odoo import Command
from odoo.tests import new_test_user

from ..common import ValueCommon

SELLER = "sales_team.group_sale_salesman"
LEADER = "sales_team.group_sale_manager"


class AuthorityCommon(ValueCommon):
    """Salespersons may give 10 %, sales managers 30 %; a Widget costs 100."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.value_face = "warn"  # two open offers are no matter here
        cls.seller = cls._person("seller", SELLER)
        cls.leader = cls._person("leader", LEADER)
        cls.manager = cls._person("manager", f"crm_value.group_manager,{LEADER}")
        cls.acme = cls._customer("Acme", email="acme@example.com")
        cls._allow(30, LEADER, sequence=1)
        cls.rule = cls._allow(10, SELLER, sequence=2)

    @classmethod
    def _person(cls, login, groups, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env,
            f"authority_{login}",
            f"base.group_user,{groups}",
            name=login.title(),
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
            lang="en_US",
        )

    @classmethod
    def _allow(cls, discount, role=None, **values):
        return cls.env["crm.value.authority"].create(
            {
                "company_id": cls.company.id,
                "group_id": role and cls.env.ref(role).id,
                "max_discount": discount,
                **values,
            }
        )

    @classmethod
    def _product(cls, name, price, cost=0.0):
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "consu",
                "list_price": price,
                "standard_price": cost,
                "taxes_id": False,
            }
        )

    @classmethod
    def _quote(cls, discount=0.0, user=None, lines=None, **values):
        """Return a quotation of one Widget, made by the salesperson."""
        line = {
            "product_id": cls.product.id,
            "product_uom_qty": 1,
            "discount": discount,
        }
        user = user or cls.seller
        orders = cls.env["sale.order"].with_user(user)
        orders = orders.with_context(allowed_company_ids=user.company_ids.ids)
        return orders.create(
            {
                "partner_id": cls.acme.id,
                "company_id": cls.company.id,
                "user_id": user.id,
                "order_line": lines or [Command.create(line)],
                **values,
            }
        )

    @classmethod
    def _asked(cls, discount=12.0, **values):
        """Return a quotation that waits for the sales manager."""
        order = cls._quote(discount, **values)
        order._value_ask_approval("They compare", cls.leader)
        return order

    @classmethod
    def _approved(cls, discount=12.0, **values):
        order = cls._asked(discount, **values)
        order.with_user(cls.leader).action_value_approve()
        return order

    def _worst(self, order):
        """Return the largest effective discount of an order."""
        return max(order._value_discounts()[order].discounts.values())
