"""Needs with measures, and templates that meet them."""

from odoo import Command

from ..common import ago
from ..quotation.selling_common import SellingCommon

SOLUTION = "crm.value.solution"
OUTSIDERS = ("base.group_portal", "base.group_user")


class SolutionCommon(SellingCommon):
    """People need licences, rooms need filters; only one template meets both."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people, cls.space, cls.machines = cls.env["crm.value.need"].create(
            [
                {"name": "Licences", "measure": "persons"},
                {"name": "Clean air", "measure": "m²"},
                {"name": "Maintenance", "measure": "machines"},
            ]
        )
        cls.licence = cls._thing("Licence", 40, 10)
        cls.filter = cls._thing("Filter", 20, 12)
        cls.seats = cls._template("Seats", [cls._for(cls.licence, cls.people)])
        cls.air = cls._template("Air", [cls._for(cls.filter, cls.space, 0.05, 4)])
        cls.both = cls._template(
            "Everything",
            [
                cls._for(cls.licence, cls.people),
                cls._for(cls.filter, cls.space, 0.05),
            ],
        )
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "New office",
                "type": "opportunity",
                "partner_id": cls.acme.id,
                "company_id": cls.company.id,
                "user_id": cls.li.id,
                "value_need_line_ids": [
                    cls._need(cls.people, 12),
                    cls._need(cls.space, 130),
                ],
            }
        )

    @classmethod
    def _thing(cls, name, price, cost, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "consu",
                "list_price": price,
                "standard_price": cost,
                "taxes_id": False,
                **values,
            }
        )

    @classmethod
    def _for(cls, product, need, rate=1.0, minimum=0.0, **values):
        return Command.create(
            {
                "product_id": product.id,
                "value_need_id": need.id,
                "value_need_rate": rate,
                "value_need_minimum": minimum,
                **values,
            }
        )

    @classmethod
    def _template(cls, name, lines, **values):
        return cls.env["sale.order.template"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "sale_order_template_line_ids": lines,
                **values,
            }
        )

    @classmethod
    def _need(cls, need, amount):
        return Command.create({"need_id": need.id, "amount": amount})

    @classmethod
    def _past(cls, template, won, lost):
        """Create quotations of a template that were won and lost."""
        orders = cls.env["sale.order"].create(
            [
                {
                    "partner_id": cls.other.id,
                    "company_id": cls.company.id,
                    "date_order": ago(60),
                    "sale_order_template_id": template.id,
                }
                for _at in range(won + lost)
            ]
        )
        orders[:won].write({"state": "sale"})
        orders[won:].write({"state": "cancel"})
        return orders

    def _dialog(self, owner, user=None):
        """Return the dialog that a salesperson opens."""
        user = user or self.li
        owner = owner.with_user(user).with_context(
            allowed_company_ids=user.company_ids.ids
        )
        action = owner.action_value_solutions()
        return owner.env[SOLUTION].browse(action["res_id"])

    def _option(self, dialog, *templates):
        wanted = self.env["sale.order.template"].union(*templates)
        return dialog.option_ids.filtered(
            lambda option: option.sudo().template_ids == wanted
        )

    def _offered(self, dialog, *templates):
        """Return the quotation that a solution is put on."""
        action = self._option(dialog, *templates).action_offer()
        return self.env["sale.order"].browse(action["res_id"])

    def _quantities(self, order):
        goods = order.order_line.filtered("product_id")
        return [(line.product_id, line.product_uom_qty) for line in goods]
