"""Whatever the months held, the statement adds up: histories that hypothesis makes.

Needs ``hypothesis``, so Odoo's own loader does not import this file; pytest does.
"""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from ..common import TODAY
from .test_equity import APRIL, MARCH, MAY, EquityCommon

ENDS = (MARCH, APRIL, MAY, TODAY)
VALUES = st.one_of(
    st.just(False),
    st.integers(-(10**9), 10**11).map(lambda cents: cents / 100),
)
# What was stored at one end of a month: nothing, or a value and a relation.
STOOD = st.one_of(st.none(), st.tuples(VALUES, st.sampled_from(["active", "lost"])))
HISTORIES = st.lists(st.tuples(*[STOOD] * len(ENDS)), min_size=1, max_size=4)


@tagged("post_install", "-at_install")
class TestEquityProperties(EquityCommon):
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(HISTORIES, st.sets(st.sampled_from(ENDS), min_size=1))
    def test_statement_adds_up(self, histories, closed):
        """Every row, every sum; a month opens with what the one before closed with."""
        with self.env.cr.savepoint() as savepoint:
            self._write(histories, closed)
            self._check_bridge(self._rows())
            self._check_months(histories)
            savepoint.rollback()
        self.env.invalidate_all()

    def _write(self, histories, closed):
        for day in sorted(closed):
            self._closed(day)
        for number, history in enumerate(histories):
            customer = self._customer(f"C{number}")
            for day, stood in zip(ENDS, history, strict=True):
                if stood:
                    self._stood(customer, day, *stood)

    def _check_months(self, histories):
        months = {
            month["date"]: month
            for month in self.env["crm.value.equity"].get_statement()["months"]
        }
        level = 0.0
        for day, column in zip(ENDS, zip(*histories, strict=True), strict=True):
            total = sum(stood[0] or 0 for stood in column if stood)
            if day not in months:  # no run, or nobody before and after
                continue
            month = months[day]
            self.assertAlmostEqual(month["opening"], level, 2)
            moved = month["new"] + month["grown"] - month["shrunk"] - month["lost"]
            self.assertAlmostEqual(level + moved, month["closing"], 2)
            self.assertAlmostEqual(month["closing"], total, 2)
            level = total
