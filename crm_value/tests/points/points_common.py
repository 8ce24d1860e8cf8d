"""A company with a points program and a customer whose contacts share its card."""

from odoo import Command, fields

from ..common import ValueCommon


class PointsCommon(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.cards = cls.env["loyalty.card"]
        cls.lines = cls.env["loyalty.history"]
        cls.points = cls.env["crm.value.points"]
        cls.program = cls._program(value_ledger=True)
        cls.reward = cls.program.reward_ids
        cls.acme = cls._customer("Acme", email="acme@example.com")
        cls.anna = cls._customer("Anna", parent=cls.acme)

    @classmethod
    def _program(cls, **values):
        """Return a program: a point per unit of money, 100 points are worth one."""
        return cls.env["loyalty.program"].create(
            {
                "name": "Points",
                "program_type": "loyalty",
                "applies_on": "future",
                "trigger": "auto",
                "company_id": cls.company.id,
                "value_return_days": 0,
                "rule_ids": [
                    Command.create(
                        {"reward_point_mode": "money", "reward_point_amount": 1}
                    )
                ],
                "reward_ids": [
                    Command.create(
                        {
                            "reward_type": "discount",
                            "discount_mode": "per_point",
                            "discount": 0.01,
                            "required_points": 100,
                        }
                    )
                ],
                **values,
            }
        )

    @classmethod
    def _card(cls, partner, points=0, **values):
        """Return a new card with an opening line over ``points``."""
        return cls.cards.create(
            {
                "program_id": cls.program.id,
                "partner_id": partner.id,
                "points": points,
                **values,
            }
        )

    @classmethod
    def _bill(cls, order, share=None, post=True):
        """Return the invoice of an order, or of a share of each of its lines."""
        invoice = order._create_invoices(final=True)
        invoice.invoice_date = fields.Date.today()
        if share is not None:
            for line in invoice.invoice_line_ids:
                line.quantity *= share
        if post:
            invoice.action_post()
        return invoice

    @classmethod
    def _refund(cls, move, amount=None, post=True):
        """Return the reversal of a document, over ``amount`` on its first line."""
        refund = move._reverse_moves([{"invoice_date": fields.Date.today()}])
        if amount is not None:
            refund.invoice_line_ids[0].write({"quantity": 1, "price_unit": amount})
        if post:
            refund.action_post()
        return refund

    @classmethod
    def _settle_points(cls):
        """Settle all cards, as the nightly cron does."""
        with cls._no_commit():
            cls.points._cron_points()

    @classmethod
    def _card_of(cls, partner):
        return cls.cards._value_card_of(cls.program, partner)

    def assertLedger(self, card, balance):
        """Balance, sum of lines and sum of lots are all the same number."""
        card.invalidate_recordset()
        self.assertAlmostEqual(card.points, balance, 2)
        lines = sum(card.history_ids.mapped("value_points"))
        self.assertAlmostEqual(lines, balance, 2)
        lots, beyond = self.points._open_lots(card)
        left = sum(lot["left"] for lot in lots) - beyond.get(card.id, 0)
        self.assertAlmostEqual(left / 100, balance, 2)
