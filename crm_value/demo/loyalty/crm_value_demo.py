from datetime import timedelta

from odoo import Command, api, models

from . import loyalty


class CrmValueDemo(models.AbstractModel):
    """Opens a points program before the orders, and spends points after them."""

    _inherit = "crm.value.demo"

    @api.model
    def _create_orders(self, company, today):
        # Demo data are loaded before the company has its rules.
        self.env["crm.value.tier"]._ensure(company)
        self.env["crm.value.policy"]._ensure(company)
        self.env["loyalty.program"]._value_begin(company)
        self._give_benefits(company)
        self._note_referrals()
        self._declare_wallets(company, today)
        return super()._create_orders(company, today)

    @api.model
    def _invoice(self, pairs, today):
        """Earn what is paid by now, and let one contact spend some of it."""
        result = super()._invoice(pairs, today)
        program = self.env.company._value_points_program()
        cards = self.env["loyalty.card"].search([("program_id", "=", program.id)])
        self.env["crm.value.points"]._settle(cards)
        order = self._create_rewarded_order(today)
        card = order._value_card()
        order._update_programs_and_rewards()
        order._apply_program_reward(program.reward_ids[:1], card)
        order.action_confirm()
        return result

    @api.model
    def _create_rewarded_order(self, today):
        who, age, lines = loyalty.REWARDED
        order = self.env["sale.order"].create(
            {
                "partner_id": self._ref(who).id,
                "company_id": self.env.company.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self._ref(f"product_{product}").id,
                            "product_uom_qty": quantity,
                        }
                    )
                    for product, quantity in lines.items()
                ],
            }
        )
        order.date_order = self._moment(today, age)
        return order

    @api.model
    def _give_benefits(self, company):
        """Let the two highest tiers be worth something."""
        tiers = self.env["crm.value.tier"].search([("company_id", "=", company.id)])
        for tier, vals in zip(tiers[-2:], loyalty.BENEFITS, strict=True):
            tier.write({**vals, "contact_user_id": self.env.ref("base.user_admin").id})

    @api.model
    def _note_referrals(self):
        for who, referrer in loyalty.REFERRALS:
            self._ref(who).value_referrer_id = self._ref(referrer)

    @api.model
    def _declare_wallets(self, company, today):
        self.env["crm.value.wallet"].create(
            [
                {
                    "partner_id": self._ref(who).id,
                    "company_id": company.id,
                    "date": today - timedelta(days=age),
                    "amount_declared": amount,
                    "source": source,
                }
                for who, age, amount, source in loyalty.WALLETS
            ]
        )
