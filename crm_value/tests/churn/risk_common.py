from unittest.mock import patch

from ...analytics.churn import choice
from ..common import ValueCommon


class RiskCommon(ValueCommon):
    """Customers whose risk is certain."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()

    @classmethod
    def _crowd(cls, size=120):
        """Return customers in a rhythm of their own; every third one left once."""
        customers = cls.env["res.partner"].create(
            [{"name": f"Buyer {at}", "is_company": True} for at in range(size)]
        )
        for at, customer in enumerate(customers):
            gap, left = 15 + at % 30, (at * 37) % 700 if at % 3 == 0 else 1
            days = range(left + at % gap, 800, gap)
            cls._purchases(customer, *((50 + at, day) for day in days))
        return customers

    @classmethod
    def _certain(cls):
        """Let probabilities count as proved right, whatever so few customers show."""
        return patch.object(choice, "holds", lambda *_given: True)
