"""Sheets of the valuation that an auditor asks for; formulas that live in the book.

Customer-based corporate valuation (McCarthy and Fader 2018, Customer-based corporate
valuation for publicly traded noncontractual firms, Journal of Marketing Research
55(5)): what was foretold is reconciled with what was reported, what lies beyond the
horizon and who is not yet a customer stand apart, and each assumption is varied.
"""

import numpy as np

from ...analytics.equity import valuation

HORIZONS = (6, 12, 24, 36, 48, 60)
RATES = (0.0, 0.05, 0.08, 0.1, 0.12, 0.15, 0.2)
FACTORS = (0.8, 0.9, 0.95, 1.0, 1.05, 1.1)
DISCOUNTED = "expected_margin*(1+{rate})^(-month_number/12)"
YEARS = 5


class Sheet:
    """Writes rows of one sheet, one below the other.

    :param row: the next row to write
    """

    def __init__(self, sheet, book):
        self.sheet, self.book, self.row = sheet, book, 0
        self.formats = book.formats
        sheet.set_column(0, 0, 38)
        sheet.set_column(1, 14, 17)

    def note(self, text):
        self.sheet.write(self.row, 0, text, self.formats["note"])
        self.row += 1

    def head(self, *labels):
        self.row += 1
        self.sheet.write_row(self.row, 0, labels, self.formats["head"])
        self.row += 1

    def line(self, *cells):
        """Write cells: (value, kind), or (formula, kind, its value)."""
        for column, (content, kind, *value) in enumerate(cells):
            shape = self.formats[kind]
            if value:
                self.sheet.write_formula(self.row, column, content, shape, value[0])
            elif content is not None:
                self.sheet.write(self.row, column, content, shape)
        self.row += 1
        return self.row  # as formulas count


def interval(sheet, book, row):
    """Write the interval of the total below the valuation."""
    page, (low, high) = Sheet(sheet, book), book.interval or (None, None)
    sheet.set_column(0, 7, 18)
    page.row = row
    if low is None:
        page.note(
            book.env._(
                "Interval of the total: not known, the history is too short for it."
            )
        )
        return
    factor = high / book.found.stored
    line = page.line(
        (book.env._("Factor of the 80% interval"), "text"), (factor, "factor_input")
    )
    total = book.total()
    page.line(
        (book.env._("Customer equity, low"), "text"),
        (f"=total_equity/B{line}", "money", total / factor),
    )
    page.line(
        (book.env._("Customer equity, high"), "text"),
        (f"=total_equity*B{line}", "money", total * factor),
    )
    page.note(
        book.env._(
            "From how far totals were off at past cut-offs of the back-test: customers "
            "move together, so the intervals of single customers do not add up to it."
        )
    )


def sensitivity(sheet, book):
    """Write the equity at other horizons, rates, retention and margins."""
    page = Sheet(sheet, book)
    page.note(
        book.env._(
            "One assumption at a time, the others as on the sheet Assumptions. The "
            "marked cells may be changed."
        )
    )
    page.note(
        book.env._(
            "Retention: factor on the share of customers that stays each year; what is "
            "expected of month i is multiplied by factor^(i/12)."
        )
    )
    for label, tried, kind, formula, worth in _varied(book):
        page.head(label, book.env._("Customer equity"), book.env._("Change"))
        for value in tried:
            line = page.row + 1
            found = worth(value)
            page.line(
                (value, kind),
                (formula.format(cell=f"A{line}"), "money", found),
                (
                    f"=IF(total_equity=0,0,B{line}/total_equity-1)",
                    "percent",
                    found / book.total() - 1 if book.total() else 0,
                ),
            )
    _grid(page, book)


def _varied(book):
    """Return [(label, values, kind, formula, function to its value)]."""
    margin = book.margin()
    policy = book.found.policy
    rate, horizon = policy.discount_rate, policy.horizon_months
    within = DISCOUNTED.format(rate="discount_rate")
    inside = "*(month_number<=horizon_months))"
    return [
        (
            book.env._("Horizon in months"),
            HORIZONS,
            "whole_input",
            f"=SUMPRODUCT({within}*(month_number<={{cell}}))",
            lambda value: valuation.worth(margin, rate, value),
        ),
        (
            book.env._("Annual discount rate"),
            RATES,
            "percent_input",
            f"=SUMPRODUCT({DISCOUNTED.format(rate='{cell}')}{inside}",
            lambda value: valuation.worth(margin, value, horizon),
        ),
        (
            book.env._("Retention, factor"),
            FACTORS,
            "percent_input",
            f"=SUMPRODUCT({within}*{{cell}}^(month_number/12){inside}",
            lambda value: valuation.worth(margin, rate, horizon, value),
        ),
        (
            book.env._("Margin, factor"),
            FACTORS,
            "percent_input",
            f"=SUMPRODUCT({within}{inside}*{{cell}}",
            lambda value: valuation.worth(margin, rate, horizon) * value,
        ),
    ]


def _grid(page, book):
    """Write the equity at each retention and discount rate."""
    margin = book.margin()
    horizon = book.found.policy.horizon_months
    page.head(book.env._("Retention, factor, by discount rate"))
    page.line((None, "text"), *((rate, "percent_input") for rate in RATES))
    top = page.row
    for factor in FACTORS:
        line = page.row + 1
        cells = [
            (
                f"=SUMPRODUCT(expected_margin*(1+{letter}{top})^(-month_number/12)"
                f"*A{line}^(month_number/12)*(month_number<=horizon_months))",
                "money",
                valuation.worth(margin, rate, horizon, factor),
            )
            for letter, rate in zip("BCDEFGH", RATES, strict=True)
        ]
        page.line((factor, "percent_input"), *cells)


def beyond(sheet, book):
    """Write how customers thin out by year, and what lies beyond the horizon."""
    page = Sheet(sheet, book)
    page.note(
        book.env._(
            "Customer equity ends with the horizon. What today's customers may bring "
            "after it stands here, apart: it is less certain the further it is away."
        )
    )
    page.head(
        book.env._("Year"),
        book.env._("Expected margin"),
        book.env._("Present value of it"),
        book.env._("Share of the year before"),
    )
    margin = book.margin()
    rate, horizon = book.found.policy.discount_rate, book.found.policy.horizon_months
    present = valuation.discount_factors(rate, margin.size) * margin
    years, worths = (flow.reshape(-1, 12).sum(axis=1) for flow in (margin, present))
    for at in range(YEARS):
        line = page.row + 1
        inside = f"*(month_number>12*(A{line}-1))*(month_number<=12*A{line}))"
        within = DISCOUNTED.format(rate="discount_rate")
        cells = [
            (at + 1, "whole"),
            (f"=SUMPRODUCT(expected_margin{inside}", "money", float(years[at])),
            (f"=SUMPRODUCT({within}{inside}", "money", float(worths[at])),
        ]
        if at and years[at - 1]:
            share = float(years[at] / years[at - 1])
            cells.append((f"=B{line}/B{line - 1}", "percent", share))
        page.line(*cells)
    _sums_beyond(page, valuation.beyond(margin, rate, horizon))


def _sums_beyond(page, found):
    (until, after), last = found, page.row
    page.row += 1
    rows = [
        (page.book.env._("Within the horizon: customer equity"), "=total_equity", None)
    ]
    within = DISCOUNTED.format(rate="discount_rate")
    rows.append(
        (
            page.book.env._("After the horizon, until the end of year 5"),
            f"=SUMPRODUCT({within}*(month_number>horizon_months))",
            until,
        )
    )
    if np.isfinite(after):
        fall = f"(B{last}/B{last - 1}/(1+discount_rate))"
        rows.append(
            (
                page.book.env._("After year 5, falling on as in that year"),
                f"=C{last}*{fall}/(1-{fall})" if after else "=0*total_equity",
                after,
            )
        )
    for label, formula, value in rows:
        value = page.book.total() if value is None else value
        page.line((label, "text"), (formula, "money", float(value)))
    if not np.isfinite(after):
        page.note(
            page.book.env._(
                "After year 5: without a bound, as margins do not fall and money keeps."
            )
        )


def newcomers(sheet, book):
    """Write what customers not yet acquired may be worth, apart from the equity."""
    page, found = Sheet(sheet, book), book.newcomers
    page.note(
        book.env._(
            "Not part of customer equity: these customers are not there yet. As many a "
            "month as in the last twelve, as far as the history has them, each worth "
            "what the model expects of one after its first purchase."
        )
    )
    page.head(book.env._("Month"), book.env._("New customers"))
    top = page.row + 1
    for day, count in found.monthly:
        page.line((day, "date"), (count, "whole"))
    total = f"=SUM(B{top}:B{top + len(found.monthly) - 1})/{len(found.monthly)}"
    mean = float(np.mean([count for _day, count in found.monthly]))
    first = _acquisition(page, found, (total, "number", mean))
    factors = valuation.discount_factors(book.found.policy.discount_rate, 12)
    page.row += 1
    each = page.line(
        (book.env._("One new customer, less its acquisition cost"), "text"),
        (
            f"=B{first + 1}+B{first + 2}-B{first + 3}",
            "money",
            found.value + found.first,
        ),
    )
    page.line(
        (book.env._("Customers not yet acquired, present value"), "text"),
        (
            f"=B{first}*B{each}*SUMPRODUCT((1+discount_rate)^(-month_number/12)"
            f"*(month_number<=B{first + 4}))",
            "total",
            mean * (found.value + found.first) * float(factors.sum()),
        ),
    )


def _acquisition(page, found, monthly):
    """Write what new customers are valued by; return the first line of it.

    What it costs to acquire one is not known: the cell is there to be filled.
    """
    shape = page.formats["money_input"]
    page.head(page.book.env._("Assumption"), page.book.env._("Value"))
    first = page.line((page.book.env._("New customers a month"), "text"), monthly)
    page.line(
        (page.book.env._("Lifetime value of one after the first purchase"), "text"),
        (found.value, "money_input"),
    )
    page.line(
        (page.book.env._("Margin of the first purchase"), "text"),
        (found.first, "money_input"),
    )
    page.line((page.book.env._("Acquisition cost of one: not known, enter it"), "text"))
    page.sheet.write_blank(page.row - 1, 1, None, shape)
    page.line(
        (page.book.env._("Months of acquisition that count"), "text"),
        (12, "whole_input"),
    )
    return first


def reconciliation(sheet, book):
    """Write what the models of past month ends expected, and what was reported."""
    page = Sheet(sheet, book)
    page.note(
        book.env._(
            "What the model in force at each month end expected of its customers until "
            "the next, against what came. Closed months keep what was said then."
        )
    )
    page.head(
        book.env._("Month end"),
        book.env._("Until"),
        book.env._("Prediction Rule"),
        book.env._("Customers"),
        book.env._("Expected revenue"),
        book.env._("Came from them"),
        book.env._("Difference"),
        book.env._("Expected too much"),
        book.env._("From new customers"),
        book.env._("Reported revenue"),
        book.env._("Not reconciled"),
        book.env._("Expected until today"),
        book.env._("Came until today"),
        book.env._("Expected too much until today"),
    )
    top = page.row + 1
    for past in book.past:
        page.line(*_past_cells(past, page.row + 1))
    if book.past:
        _past_total(page, book.past, top)
    page.row += 1
    page.note(
        book.env._(
            "Not reconciled: revenue of partners without a purchase, and documents "
            "entered, changed or erased since the runs. Reported: from run to run."
        )
    )


def _past_cells(past, line):
    """Return the cells of one month end; its differences are formulas."""
    return (
        (past.day, "date"),
        (past.until, "date"),
        (past.rule, "text"),
        (past.customers, "whole"),
        (past.expected, "money"),
        (past.came, "money"),
        (f"=F{line}-E{line}", "money", past.came - past.expected),
        _too_much(f"E{line}", f"F{line}", past.expected, past.came),
        (past.from_new, "money"),
        (past.reported, "money"),
        (
            f"=ROUND(J{line}-F{line}-I{line},2)",
            "money",
            round(past.reported - past.came - past.from_new, 2) + 0.0,
        ),
        (past.expected_since, "money"),
        (past.came_since, "money"),
        _too_much(f"L{line}", f"M{line}", past.expected_since, past.came_since),
    )


def _past_total(page, past, top):
    """Write the sums of the months, which lie one after the other."""
    names = ("expected", "came", None, None, "from_new", "reported")
    sums = {n: sum(getattr(one, n) for one in past) for n in names if n}
    line, bottom = page.row + 1, page.row
    cells = [(page.book.env._("Total"), "bold"), *[(None, "text")] * 3]
    for letter, name in zip("EFGHIJ", names, strict=True):
        formula = f"=SUM({letter}{top}:{letter}{bottom})"
        cells.append((formula, "total", sums[name]) if name else (None, "text"))
    cells[6] = (f"=F{line}-E{line}", "total", sums["came"] - sums["expected"])
    cells[7] = _too_much(f"E{line}", f"F{line}", sums["expected"], sums["came"])
    page.line(*cells)


def _too_much(expected, came, value, actual):
    """Return the cell of the share by which too much was expected."""
    share = value / actual - 1 if actual > 0 else 0.0
    return (f"=IF({came}<=0,0,{expected}/{came}-1)", "percent", share)
