from odoo.fields import Command

from ..common import TODAY, ValueCommon, ago


class LinesCommon(ValueCommon):
    """Documents made by Odoo's own buttons: discount, down payment, reversal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.acme = cls._customer("Acme")
        cls.product.invoice_policy = "order"

    def _discount(self, order, kind, value):
        """Use the button *Discount* of an order."""
        field = "discount_amount" if kind == "amount" else "discount_percentage"
        wizard = self.env["sale.order.discount"].create(
            {"sale_order_id": order.id, "discount_type": kind, field: value}
        )
        wizard.action_apply_discount()

    def _bill(self, order, day=TODAY, method="delivered", **values):
        """Use the button *Create Invoice* of an order, and post what comes."""
        before = order.invoice_ids
        wizard = self.env["sale.advance.payment.inv"].with_context(
            active_model="sale.order", active_ids=order.ids
        )
        wizard.create({"advance_payment_method": method, **values}).create_invoices()
        order.invalidate_recordset(["invoice_ids"])
        invoice = order.invoice_ids - before
        invoice.write({"invoice_date": day, "date": day, "invoice_date_due": day})
        invoice.action_post()
        return invoice

    def _back(self, move, day=TODAY, **line):
        """Use the button *Credit Note*; ``line`` is changed on its first line."""
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"journal_id": move.journal_id.id, "date": day})
        )
        credit = self.env["account.move"].browse(wizard.reverse_moves()["res_id"])
        credit.invoice_date = day
        if line:
            credit.invoice_line_ids[0].write(line)
        credit.action_post()
        self._settle(move, credit)
        return credit

    @classmethod
    def _program(cls, kind, **values):
        """Return a loyalty program with a card for Acme, which has 1,000 points."""
        rule = values.pop("rule", {"minimum_amount": 0})
        program = cls.env["loyalty.program"].create(
            {
                "name": kind,
                "program_type": kind,
                "trigger": "with_code" if kind == "coupons" else "auto",
                "applies_on": "future" if kind == "gift_card" else "current",
                "company_id": cls.company.id,
                "currency_id": cls.company.currency_id.id,
                "rule_ids": [Command.create(rule)],
                "reward_ids": [Command.create(values)],
            }
        )
        card = cls.env["loyalty.card"].create(
            {
                "program_id": program.id,
                "partner_id": cls.acme.id,
                "points": 1000,
                "code": f"code of {kind}",
            }
        )
        return program, card

    def _reward(self, order, program, card):
        """Claim the reward of a program, by the card's code where it has one."""
        if program.program_type == "promotion":
            order._update_programs_and_rewards()
            found = order._get_claimable_rewards()
        else:
            found = order._try_apply_code(card.code)
        if "error" in found:  # not for this order
            return
        for coupon, rewards in found.items():
            for reward in rewards & program.reward_ids:
                order._apply_program_reward(reward, coupon)

    def _ordered(self):
        return self._facts(self.acme, self._policy(basis="ordered"))

    def assertFigures(self, facts, **wanted):
        for name, value in wanted.items():
            self.assertAlmostEqual(float(facts[name]), value, 6, name)

    def assertUnknown(self, facts, *names):
        for name in names:
            self.assertNotEqual(facts[name], facts[name], name)


__all__ = ["LinesCommon", "ago"]
