"""A slow ledger of points, written for tests and from the rules alone.

It reads the documents one by one, counts in fractions, and keeps its own entries.
"""

from collections import defaultdict
from fractions import Fraction

from dateutil.relativedelta import relativedelta

SETTLED = {"paid", "in_payment", "reversed"}


def cents(number):
    return Fraction(round(number * 100))


def rounded(fraction):
    return (2 * fraction + 1) // 2


class Reference:
    """The points of some customers in one program.

    An entry is [customer, kind, source, lot, hundredths, unclaimed]; a lot is the
    source that brought points, with the day of its first entry.
    """

    def __init__(self, program):
        self.program = program
        self.entries = []
        self.days = {}
        self.promises = {}
        self.seen = {}
        self.activity = []
        self.open = {}  # lots by order, as they were settled last

    # --- events that leave no document ---

    def promise(self, order, customer):
        # Each line in the currency of the company, which owes the points.
        points = sum(
            self._in_company_currency(order, line.price_total)
            for line in self._products(order)
        )
        base = sum(line.price_subtotal for line in self._products(order))
        rate = Fraction(1)
        self.promises[order] = [customer, cents(points) * rate, base]

    def _in_company_currency(self, order, amount):
        currency = order.company_id.currency_id
        return currency.round(amount / order.currency_rate)

    def promise_again(self, order):
        """An order that is changed or confirmed again promises what it is by then."""
        if order in self.promises and order.state == "sale":
            self.promise(order, self.promises[order][0])

    def by_hand(self, customer, points, today):
        self.activity.append([customer, today])
        source = ("hand", len(self.entries))
        kind = "in" if points > 0 else "use"
        self._add(customer, kind, source, source if points > 0 else None, cents(points))
        if points > 0:
            self.days[source] = today

    def merge(self, old, new):
        for entry in self.entries:
            entry[0] = new if entry[0] == old else entry[0]
        for promise in [*self.promises.values(), *self.activity]:
            promise[0] = new if promise[0] == old else promise[0]

    # --- what documents say ---

    def settle(self, today):
        given = defaultdict(int)
        for order, (customer, _points, _base) in self.promises.items():
            change = self._settle_spent(order, customer)
            given[customer] += max(change, 0)
            if change < 0:
                self.activity.append([customer, today])
        for customer, points in given.items():
            self._claim(customer, points)
        due = []
        self.open = {
            order: self._lots(order, points, base)
            for order, (_customer, points, base) in self.promises.items()
        }
        for order, (customer, _points, _base) in self.promises.items():
            for move, lot in self.open[order].items():
                due.append((customer, (order.id, move.id), lot, move))
        seen = {source for _c, source, _l, _m in due}
        for customer, source in self._earned_sources():
            if source not in seen:
                due.append((customer, source, (0, 0), None))
        for _customer, source, _lot, _move in due:
            self.seen.setdefault(source, len(self.seen))
        changes = [
            (self._target(source, lot, move, today) - self._net(source), *row)
            for row in due
            for _customer, source, lot, move in [row]
        ]
        for change, customer, source, _lot, _move in sorted(
            (row for row in changes if row[0]),
            key=lambda row: (row[0] < 0, self.seen[row[2]]),
        ):
            self._book(customer, source, change, today)

    def _products(self, order):
        return order.order_line.filtered(
            lambda line: not line.reward_id and not line.is_downpayment
        )

    def _settle_spent(self, order, customer):
        rewards = order.order_line.filtered("reward_id")
        due = sum(map(self._cost, rewards))
        booked = sum(e[4] for e in self.entries if e[2] == ("order", order.id))
        change = -rounded(due) - booked
        if change:
            self._add(customer, "use", ("order", order.id), None, change)
        return change

    def _claim(self, customer, given):
        """Take out of points given back what could not be taken back before."""
        if self.program.value_claim != "zero":
            return
        sources = {e[3] for e in self.entries if e[0] == customer and e[1] == "earn"}
        for source in sorted(sources, key=self.seen.get):
            owed = sum(e[5] for e in self.entries if e[3] == source)
            taken = max(min(owed, given, self.balance(customer)), 0)
            if taken:
                self._add(customer, "earn", source, source, -taken, -taken)
                given -= taken

    def _cost(self, line):
        """Return what a reward costs: what invoices give of it, else what it says."""
        items = line.invoice_lines.filtered(lambda item: item.parent_state == "posted")
        given = {
            item: Fraction(item.price_subtotal)
            * (-1 if item.move_id.move_type == "out_invoice" else 1)
            for item in items
        }
        first = sum(
            money
            for item, money in given.items()
            if money > 0 and not item.move_id.reversed_entry_id
        )
        if not first:
            sold = line.state == "sale" and line.product_uom_qty
            return cents(line.points_cost) if sold else 0
        ordered = Fraction(-line.price_subtotal) or first
        again = max(first - ordered, 0)
        credited = first - sum(given.values())
        kept = 1 - (credited - again) / min(first, ordered)
        return cents(line.points_cost) * min(max(kept, 0), 1)

    def _money(self, order):
        """Return what each document bills of an order's products, credit below zero.

        Lines of a credit note that belong to no order count by the order's share of
        the invoice.
        """
        lines = self._products(order)
        moves = lines.invoice_lines.move_id.filtered(lambda m: m.state == "posted")
        money = {
            move: sum(
                cents(item.price_subtotal) * self._sign(move)
                for item in move.invoice_line_ids
                if item.sale_line_ids & lines
            )
            for move in moves
        }
        for move in moves:  # billed net of down payments, a credit note can bill
            whole = sum(
                cents(item.price_subtotal) * self._sign(move)
                for item in move.invoice_line_ids
                if not item.is_downpayment
            )
            for credit in move.reversal_move_ids.filtered(
                lambda m: m.state == "posted" and m.move_type == "out_refund"
            ):
                loose = sum(
                    cents(item.price_subtotal)
                    for item in credit.invoice_line_ids
                    if not item.sale_line_ids
                )
                if loose and whole:
                    money.setdefault(credit, Fraction(0))
                    money[credit] -= money[move] * loose / whole
        return {move: amount for move, amount in money.items() if amount}

    def _sign(self, move):
        return -1 if move.move_type == "out_refund" else 1

    def _lots(self, order, points, base):
        """Return (points as invoiced, points after credit) by invoice."""
        money = self._money(order)
        moves = order.env["account.move"].union(*money)

        def credit(move):
            """Return what a credit note takes away, its own reversals gone."""
            again = sum(
                max(money[m] - credits_of(m), 0)
                for m in moves
                if m.reversed_entry_id == move and m.payment_state in SETTLED
            )
            return max(-money[move] - again, 0)

        def credits_of(move):
            return sum(
                credit(m) for m in moves if m.reversed_entry_id == move and money[m] < 0
            )

        invoices = moves.filtered(
            lambda m: money[m] > 0 and m.reversed_entry_id not in money
        ).sorted(lambda m: (m.invoice_date, m.id))
        credited = dict.fromkeys(invoices, Fraction(0))
        loose = Fraction(0)
        for move in moves.filtered(lambda m: money[m] < 0):
            against = move.reversed_entry_id
            if against in credited:
                credited[against] += credit(move)
            elif against not in money:
                loose += credit(move)
        for move in moves - invoices:
            if money[move] > 0:  # bills a credit note again
                loose += max(credits_of(move) - money[move], 0)
        for invoice in invoices:
            loose += max(credited[invoice] - money[invoice], 0)
            credited[invoice] = min(credited[invoice], money[invoice])
        for invoice in reversed(invoices):
            more = min(loose, money[invoice] - credited[invoice])
            credited[invoice] += more
            loose -= more
        result, so_far, given = {}, Fraction(0), Fraction(0)
        alive = order.state == "sale" and base > 0
        for invoice in invoices:
            so_far += money[invoice]
            total = rounded(points * so_far / cents(base)) if alive else 0
            own, given = total - given, total
            lost = money[invoice] and own * credited[invoice] / money[invoice]
            result[invoice] = (own, own - rounded(Fraction(lost)))
        return result

    def _target(self, source, lot, move, today):
        entitled = lot[1]
        if move is None or move.payment_state not in SETTLED:
            return 0
        window = relativedelta(days=self.program.value_return_days)
        if move.invoice_date + window > today:
            return 0
        own = [e for e in self.entries if e[3] == source]
        while own and own[-1][1] != "expired":
            own.pop()
        return max(min(entitled, sum(e[4] - e[5] for e in own)), 0) if own else entitled

    def locked(self, customer, today):
        total = 0
        for order, (owner, _points, _base) in self.promises.items():
            if owner != customer:
                continue
            for move, lot in self.open[order].items():
                window = relativedelta(days=self.program.value_return_days)
                ripe = move.invoice_date + window <= today
                if not ripe or move.payment_state not in SETTLED:
                    total += lot[1]
        return total

    # --- entries ---

    def _add(self, customer, kind, source, lot, points, unclaimed=0):
        self.entries.append([customer, kind, source, lot, points, unclaimed])

    def _earned_sources(self):
        return list(dict.fromkeys((e[0], e[2]) for e in self.entries if e[1] == "earn"))

    def _net(self, source):
        return sum(e[4] - e[5] for e in self.entries if e[3] == source)

    def _book(self, customer, source, change, today):
        self.days.setdefault(source, today)
        owed = sum(e[5] for e in self.entries if e[3] == source)
        if change > 0:
            self.activity.append([customer, self.days[source]])
            forgiven = min(owed, change)
            self._add(customer, "earn", source, source, change - forgiven, -forgiven)
            return
        there = -change
        if self.program.value_claim == "zero":
            there = min(there, max(self.balance(customer), 0))
        self._add(customer, "earn", source, source, -there, -change - there)

    def balance(self, customer):
        return sum(e[4] for e in self.entries if e[0] == customer)

    def lots(self, customer):
        """Return what is left by lot: each point used takes the oldest that is left."""
        left = defaultdict(int)
        for owner, _kind, _source, lot, points, _unclaimed in self.entries:
            if owner == customer and lot:
                left[lot] += points
        used = -sum(e[4] for e in self.entries if e[0] == customer and not e[3])
        rank = {source: n for n, source in enumerate(self.days)}
        for lot in sorted(left, key=lambda lot: (self.days[lot], rank[lot])):
            taken = min(used, left[lot])
            left[lot] -= taken
            used -= taken
        return {lot: points for lot, points in left.items() if points}

    def expire(self, customers, today):
        months = relativedelta(months=self.program.value_expiry_months)
        if self.program.value_expiry == "none":
            return
        for customer in customers:
            active = [day for owner, day in self.activity if owner == customer]
            for lot, points in self.lots(customer).items():
                by_age = self.program.value_expiry == "age"
                if (self.days[lot] if by_age else max(active)) + months <= today:
                    self._add(customer, "expired", lot, lot, -points)
