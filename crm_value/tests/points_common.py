"""A company with a points program and a customer whose contacts share its card."""

from odoo import Command

from .common import ValueCommon


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

    def assertLedger(self, card, balance):
        """Balance, sum of lines and sum of lots are all the same number."""
        card.invalidate_recordset()
        self.assertAlmostEqual(card.points, balance, 2)
        lines = sum(card.history_ids.mapped("value_points"))
        self.assertAlmostEqual(lines, balance, 2)
