from odoo import Command
from odoo.tests import new_test_user

from ..common import TODAY, ValueCommon

SELLER = "sales_team.group_sale_salesman"
ALL_LEADS = "sales_team.group_sale_salesman_all_leads"
OFFICER = "crm_value.group_officer"


class SellingCommon(ValueCommon):
    """Li and Wang sell, each sees own documents; Acme has a contact, Ann."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.li = cls._seller("li", SELLER)
        cls.wang = cls._seller("wang", SELLER)
        cls.officer = cls._seller("selling_officer", ALL_LEADS, OFFICER)
        cls.acme = cls._customer("Acme")
        cls.ann = cls._customer("Ann", parent=cls.acme)
        cls.other = cls._customer("Other")
        cls.dozen = cls.env.ref("uom.product_uom_dozen")

    @classmethod
    def _seller(cls, login, *groups, companies=None):
        companies = companies or cls.company
        return new_test_user(
            cls.env,
            login,
            ",".join(groups),
            name=login.title(),
            company_id=companies[0].id,
            company_ids=[Command.set(companies.ids)],
            lang="en_US",
            context=cls.env.context,
        )

    @classmethod
    def _quote(cls, partner, price, user=None, day=TODAY, **values):
        user = user or cls.li
        return cls._order(partner, price, day, confirm=False, user_id=user.id, **values)

    @classmethod
    def _box(cls, price, *parts):
        """Return a combo of products, one to choose from each time."""
        combos = cls.env["product.combo"].create(
            [
                {
                    "name": part.name,
                    "combo_item_ids": [Command.create({"product_id": part.id})],
                }
                for part in parts
            ]
        )
        return cls.env["product.product"].create(
            {
                "name": "Box",
                "type": "combo",
                "list_price": price,
                "taxes_id": False,
                "combo_ids": [Command.set(combos.ids)],
            }
        )

    @classmethod
    def _fill(cls, line):
        """Put what is chosen of a combo below its line, as the screen does."""
        chosen = line.product_id.combo_ids.combo_item_ids
        line.order_id.order_line = [
            Command.create(
                {
                    "product_id": item.product_id.id,
                    "combo_item_id": item.id,
                    "linked_line_id": line.id,
                    "tax_ids": False,
                }
            )
            for item in chosen
        ]

    def _panel_lines(self, order, reader=None):
        self.env.invalidate_all()
        panel = order.with_user(reader or self.officer).value_panel or {}
        parts = ("order", "usual", "open", "contact")
        return {line["code"]: line for part in parts for line in panel.get(part, ())}
