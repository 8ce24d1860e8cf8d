"""Whatever comes in whatever order, months say what a slow reader of documents says.

Needs ``hypothesis``, so Odoo's own loader does not import this file; pytest does.
"""

from collections import defaultdict
from contextlib import suppress
from datetime import date, timedelta
from itertools import count, product
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import freeze_time, tagged
from odoo.tools.date_utils import end_of

from .test_months import FACTS, MonthsCommon

FIRST = date(2025, 12, 1)
DAYS = st.integers(0, 195).map(lambda days: FIRST + timedelta(days=days))
PURCHASES = st.tuples(
    st.integers(0, 2),  # customer
    DAYS,
    st.integers(-2000, 20000).map(lambda cents: cents / 100),
    st.sampled_from([None, "Web", "POS", "Fair"]),
    st.sampled_from(["", "Widget", "Gadget"]),
    st.sampled_from([False, 1.0, 2.5]),
)
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("buy"), PURCHASES),
        st.tuples(st.just("remove"), st.integers(0, 9)),
        st.tuples(st.sampled_from(["now", "late", "kill", "again"]), st.none()),
    ),
    min_size=1,
    max_size=12,
)
# What month ends say: which are not kept, and who was lost at which.
UNKNOWN = st.sets(st.integers(0, 5), max_size=3)
LOST = st.sets(st.tuples(st.integers(0, 2), st.integers(0, 5)))
CHANNELS = {None: "import", "Web": "online", "POS": "pos", "Fair": "import"}


class Killed(Exception):
    """The process ended here."""


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestMonthsProperties(MonthsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.numbers = count()
        cls.customers = [cls._customer(name) for name in "ABC"]
        categories = cls.env["product.category"].create([{"name": "W"}, {"name": "G"}])
        cls.product.categ_id = categories[0]
        gadget = {"name": "Gadget", "type": "consu", "categ_id": categories[1].id}
        cls.env["product.product"].create(gadget)
        cls.categories = {"": False, "Widget": categories[0], "Gadget": categories[1]}
        for customer in cls.customers:
            cls._transaction(customer, 1, FIRST)
        cls._night()
        snapshots = cls.env["crm.value.snapshot"].search(
            [("company_id", "=", cls.company.id), ("month_end", "=", True)]
        )
        cls.ends = sorted(set(snapshots.mapped("date")))

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(EVENTS, UNKNOWN, LOST)
    def test_any_order_of_events_gives_the_same_facts(self, events, unknown, lost):
        with self.env.cr.savepoint() as savepoint:
            self._say_of_ends(unknown, lost)
            for event, value in events:
                getattr(self, f"_{event}")(value)
            self._refresh()
            self._store()
            self.assertEqual(self._found(), self._expected())
            self._check_customers()
            savepoint.rollback()
        self.env.invalidate_all()

    def _buy(self, purchase):
        customer, day, amount, channel, product, quantity = purchase
        self._transaction(
            self.customers[customer],
            amount,
            day,
            channel=channel,
            product_name=product,
            quantity=quantity,
            source_key=f"bought {next(self.numbers)}",
        )

    def _remove(self, at):
        self._bought()[at : at + 1].unlink()

    def _now(self, _nothing):
        self._refresh()
        self._store()

    def _late(self, _nothing):
        """A month that is stored late: it is missing so far."""
        months = self.env["crm.value.month"].search([], limit=2)
        self.env[FACTS].search([("month", "in", months.mapped("date"))]).unlink()
        months.unlink()

    def _again(self, _nothing):
        self.env["crm.value.month"].search([]).unlink()

    def _kill(self, _nothing):
        """A rebuild of all months that ends after three of them."""
        self._again(None)
        months = type(self.env["crm.value.month"])
        note, noted = months._note, []

        def killed(model, *args):
            if len(noted) == 3:
                raise Killed
            noted.append(note(model, *args))

        with patch.object(months, "_note", killed), suppress(Killed):
            self.__class__._store()

    def _bought(self):
        return self.env["crm.value.transaction"].search(
            [("company_id", "=", self.company.id)], order="id"
        )

    # --- the slow reader ---

    def _found(self):
        return {
            (
                row.month,
                row.partner_id.name,
                row.categ_id.id or False,
                row.channel,
            ): (
                round(row.revenue, 2),
                round(row.returned, 2),
                round(row.quantity, 2) if row.quantity is not False else None,
                row.purchases,
                row.age,
            )
            for row in self._rows()
            if not row.lost_id or row.revenue or row.returned or row.buyer_id
        }

    def _expected(self):
        sums, days, first = defaultdict(list), defaultdict(dict), {}
        for bought in self._bought():
            category = self.categories[bought.product_name or ""]
            name, month = bought.partner_id.name, bought.date.replace(day=1)
            key = (
                month,
                name,
                category.id if category else False,
                CHANNELS[bought.channel or None],
            )
            sums[key].append(bought)
            part = days[name, bought.date]
            part[key] = part.get(key, 0) + bought.amount
        counted = defaultdict(int)
        for (name, day), parts in days.items():
            if sum(parts.values()) > 0.005:
                counted[self._largest(parts)] += 1
                first[name] = min(day.replace(day=1), first.get(name, day))
        return {
            key: (
                round(sum(row.amount for row in rows), 2),
                round(sum(max(-row.amount, 0) for row in rows), 2),
                self._quantity(rows),
                counted[key],
                self._age(first.get(key[1]), key[0]),
            )
            for key, rows in sums.items()
        }

    def _largest(self, parts):
        order = ["office", "online", "pos", "import"]
        return min(
            parts,
            key=lambda key: (-round(parts[key], 6), key[2] or 0, order.index(key[3])),
        )

    def _quantity(self, rows):
        known = [row.quantity for row in rows if row.quantity is not False]
        return round(sum(known), 2) if known else None

    def _age(self, first, month):
        return "first" if first and first <= month else False

    def _say_of_ends(self, unknown, lost):
        """Have the month ends say who was lost, and drop those not known."""
        self.known = {end for at, end in enumerate(self.ends) if at not in unknown}
        self.lost = {(self.customers[who].id, self.ends[at]) for who, at in lost}
        stages = {
            stage.code: stage.id for stage in self.env["crm.value.stage"].search([])
        }
        self.env.flush_all()
        for customer, end in product(self.customers, self.ends):
            stage = "lost" if (customer.id, end) in self.lost else "stability"
            self.env.cr.execute(
                "UPDATE crm_value_snapshot SET stage_id = %s"
                " WHERE month_end AND origin_id = %s AND date = %s",
                (stages[stage], customer.id, end),
            )
        self.env.cr.execute(
            "DELETE FROM crm_value_snapshot WHERE date <> ALL(%s)", (list(self.known),)
        )
        self.env.invalidate_all()
        self._again(None)

    def _check_customers(self):
        """Different customers of each month, unknown where nobody can know."""
        found = self._sums("month:month", "new_id", "kept_id", "back_id", "lost_id")
        bought, first = self._bought_in()
        for month in {row.month for row in self._rows()}:
            before, end = month - timedelta(days=1), end_of(month, "month")
            buyers = bought.get(month, set())
            new = {who for who in buyers if first[who] == month}
            back = {who for who in buyers - new if (who, before) in self.lost}
            fell = {
                who
                for who, begun in first.items()
                if begun <= month
                and (who, end) in self.lost
                and (who, before) not in self.lost
            }
            told = before in self.known
            expected = (
                len(new),
                len(buyers - new - back) if told else False,
                len(back) if told else False,
                len(fell) if told and end in self.known else False,
            )
            self.assertEqual(found[month.strftime("%Y-%m")], expected, month)
            self.assertEqual(
                [type(count) for count in found[month.strftime("%Y-%m")]],
                [type(count) for count in expected],
                "zero is not unknown",
            )

    def _bought_in(self):
        """Return {month: who bought}, {who: month of the first purchase}."""
        days = defaultdict(float)
        for row in self._bought():
            days[row.partner_id.id, row.date] += row.amount
        bought, first = defaultdict(set), {}
        for (who, day), amount in sorted(days.items(), key=lambda item: item[0][1]):
            if amount > 0.005:
                month = day.replace(day=1)
                bought[month].add(who)
                first.setdefault(who, month)
        return bought, first
