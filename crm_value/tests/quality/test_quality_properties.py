"""Whatever is missing of whom, findings say what a slow reader of records says.

Needs ``hypothesis``, so Odoo's own loader does not import this file; pytest does.
"""

from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import freeze_time, tagged

from ..common import ago
from .quality_common import QualityCommon

CUSTOMERS = st.lists(
    st.fixed_dictionaries(
        {
            "email": st.sampled_from([False, "a@x.example", "b@x.example", "own"]),
            "phone": st.sampled_from([False, "+1 202 555 0101"]),
            "user": st.booleans(),
            "country": st.booleans(),
            "vat": st.sampled_from([False, "US11111", "US22222"]),
            "crowd": st.sampled_from([False, False, False, True]),
            # amount, days ago, margin
            "bought": st.lists(
                st.tuples(
                    st.integers(-50, 300),
                    st.integers(0, 500),
                    st.sampled_from([False, 0, 7]),
                ),
                min_size=1,
                max_size=3,
            ),
        }
    ),
    min_size=1,
    max_size=6,
)
YEAR = 365


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestQualityProperties(QualityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.numbers = count()

    @given(CUSTOMERS)
    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def test_findings_are_those_of_a_slow_reader(self, plans):
        savepoint = self.env.cr.savepoint()
        try:
            for plan in plans:
                plan["record"] = self._made(plan)
            self._score()
            self.assertEqual(self._found(), self._slow(plans))
        finally:
            self.env.cr.clear()
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()

    def _made(self, plan):
        number = next(self.numbers)
        email = f"{number}@own.example" if plan["email"] == "own" else plan["email"]
        customer = self._customer(
            f"Customer {number}",
            email=email,
            phone=plan["phone"],
            vat=plan["vat"],
            user_id=self.owner.id if plan["user"] else False,
            country_id=self.home.id if plan["country"] else False,
            value_is_crowd=plan["crowd"],
        )
        for amount, days, margin in plan["bought"]:
            self._transaction(customer, amount, ago(days), margin=margin)
        return customer

    def _slow(self, plans):
        """Return {kind: (records, money)}, customer by customer."""
        found = {}

        def add(kind, money):
            records, sum_ = found.get(kind, (0, 0.0))
            found[kind] = (records + 1, sum_ + money)

        for plan in plans:
            money = self._revenue(plan)
            for amount, days, margin in plan["bought"]:
                if days < YEAR and margin is False:
                    add("import_cost", amount)
            if money <= 0:
                continue
            if plan["crowd"]:
                add("crowd", money)
                continue
            missing = {
                "unreachable": not plan["email"] and not plan["phone"],
                "unattended": not plan["user"],
                "placeless": not plan["country"],
            }
            for kind in (kind for kind, lacks in missing.items() if lacks):
                add(kind, money)
        for money in self._slow_doubles(plans):
            add("double", money)
        return found

    def _revenue(self, plan):
        return float(sum(amount for amount, days, _m in plan["bought"] if days < YEAR))

    def _slow_doubles(self, plans):
        """Yield the money of each customer who shares a sign with a stronger one."""
        buyers = [plan for plan in plans if not plan["crowd"] and self._buys(plan)]
        strength = {
            id(plan): (-self._revenue(plan), plan["record"].id) for plan in buyers
        }
        for plan in buyers:
            for sign in ("vat", "email", "phone"):
                value = plan[sign]
                alike = [
                    other
                    for other in buyers
                    if other[sign] == value and value not in (False, "own")
                ]
                first = min(alike, key=lambda other: strength[id(other)], default=plan)
                apart = plan["vat"] and first["vat"] and plan["vat"] != first["vat"]
                if first is not plan and not apart:
                    yield max(self._revenue(plan), 0.0)
                    break

    def _buys(self, plan):
        """Return whether the customer has a day with a positive net."""
        days = {}
        for amount, day, _margin in plan["bought"]:
            days[day] = days.get(day, 0) + amount
        return any(net > 0 for net in days.values())
