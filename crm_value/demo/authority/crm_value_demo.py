from odoo import Command, api, models

# Role, quadrant, largest discount and lowest margin: the first that fits counts.
RULES = (
    ("sales_team.group_sale_manager", False, 40, 5),
    ("sales_team.group_sale_salesman", "platinum", 20, 20),
    ("sales_team.group_sale_salesman", False, 10, 20),
)


class CrmValueDemo(models.AbstractModel):
    """Sets who may give how much; one quotation waits for its approval, one has it."""

    _inherit = "crm.value.demo"

    @api.model
    def _create_orders(self, company, today):
        pairs = super()._create_orders(company, today)
        self._limit_discounts(company)
        return pairs

    @api.model
    def _limit_discounts(self, company):
        """Set the authority, after the orders of the past, which had none."""
        self.env["crm.value.authority"].create(
            [
                {
                    "company_id": company.id,
                    "sequence": place,
                    "group_id": self.env.ref(role).id,
                    "quadrant": quadrant,
                    "max_discount": most,
                    "margin_floor": floor,
                }
                for place, (role, quadrant, most, floor) in enumerate(RULES)
            ]
        )
        if seller := self.env.ref("base.user_demo", raise_if_not_found=False):
            self._quote_beyond(company, seller)

    @api.model
    def _quote_beyond(self, company, seller):
        """Let a salesperson ask for two quotations, of which one is approved."""
        manager = self.env.ref("base.user_admin")
        matched = self.env._("A competitor offers the same for less")
        fair = self.env._("They take the stand for the fair from us as well")
        waiting = self._quote(company, seller, "partner_bargain", "shelf", 80, 22)
        waiting.with_user(seller)._value_ask_approval(matched, manager)
        allowed = self._quote(company, seller, "partner_seasonal", "linen", 30, 24)
        allowed.with_user(seller)._value_ask_approval(fair, manager)
        allowed.with_user(manager).action_value_approve()

    @api.model
    def _quote(self, company, seller, who, product, quantity, discount):
        """Return a quotation of a salesperson with a discount of some percent."""
        line = {
            "product_id": self._ref(f"product_{product}").id,
            "product_uom_qty": quantity,
            "discount": discount,
        }
        order = self.env["sale.order"].create(
            {
                "partner_id": self._ref(who).id,
                "company_id": company.id,
                "user_id": seller.id,
                "order_line": [Command.create(line)],
            }
        )
        self._name_records(f"demo_quotation_{who}", order)
        return order
