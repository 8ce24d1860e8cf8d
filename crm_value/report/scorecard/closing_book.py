"""The closing report of a strategy as a workbook: what was reached, month by month."""

import io

import xlsxwriter

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
SHAPES = {
    "title": {"bold": True, "font_size": 14},
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
    "text": {},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "number": {"num_format": "#,##0.00"},
    "score": {"num_format": "0.0"},
    "small": {"num_format": "0.000"},
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
    "month": {"num_format": "yyyy-mm", "align": "left"},
}
# The value in F against the goal in H and the red flag in I.
SCORE = "=MAX(0,MIN(10,10/3*(1+(F{row}-I{row})/(H{row}-I{row}))))"


class ClosingBook:
    """Writes a statement, a sheet for each question.

    :param page: what the printed report shows
    """

    def __init__(self, env, page):
        self.env, self.page = env, page
        self.output = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.output, OPTIONS)
        self.formats = {
            name: self.book.add_format(shape) for name, shape in SHAPES.items()
        }

    def content(self):
        """Return the workbook as bytes."""
        with self.book:
            self._strategies(self._sheet(self.env._("Strategy")))
            self._measures(self._sheet(self.env._("Scorecard Measures")))
            self._months(self._sheet(self.env._("Month by Month")))
            self._links(self._sheet(self.env._("Arrows")))
            self._actions(self._sheet(self.env._("Initiatives")))
        return self.output.getvalue()

    def _sheet(self, title):
        sheet = self.book.add_worksheet(title[:31])
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def _table(self, sheet, columns, rows):
        """Write a table; what is not known stays an empty cell.

        :param columns: (label, format, width) of each
        """
        for at, (label, _kind, width) in enumerate(columns):
            sheet.write(0, at, label, self.formats["head"])
            sheet.set_column(at, at, width)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        count = 0
        for count, row in enumerate(rows, start=1):
            for at, ((_label, kind, _width), value) in enumerate(
                zip(columns, row, strict=True)
            ):
                if value is not None and value is not False:
                    sheet.write(count, at, value, self.formats[kind])
        sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)

    def _strategies(self, sheet):
        env, label = self.env, self.page["label"]
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 90)
        sheet.write(
            0, 0, env._("Closing report of the strategy"), self.formats["title"]
        )
        sheet.write(1, 0, env._("Period"), self.formats["head"])
        sheet.write(1, 1, self.page["period"])
        row = 3
        for told in self.page["versions"]:
            strategy = told["strategy"]
            facts = [
                (env._("Strategy"), strategy.display_name),
                (env._("Status"), label(strategy, "state")),
                (env._("Value Proposition"), label(strategy, "proposition")),
                (env._("Mission"), strategy.mission or ""),
                (env._("What Changed and Why"), strategy.change_reason or ""),
            ]
            for name, text in facts:
                sheet.write(row, 0, name, self.formats["head"])
                sheet.write(row, 1, text, self.formats["wrapped"])
                row += 1
            row += 1

    def _lines(self):
        """Yield (version, objective, line) of each measure."""
        for told in self.page["versions"]:
            for perspective in told["perspectives"]:
                for one in perspective["objectives"]:
                    for line in one["measures"]:
                        yield told["strategy"], one, line

    def _measures(self, sheet):
        env, label = self.env, self.page["label"]
        columns = [
            (env._("Strategy"), "text", 28),
            (env._("Objective"), "text", 28),
            (env._("Scorecard Measure"), "text", 28),
            (env._("Perspective"), "text", 18),
            (env._("Unit"), "text", 10),
            (env._("First Value"), "number", 13),
            (env._("Last Value"), "number", 13),
            (env._("Goal"), "number", 13),
            (env._("Red Flag"), "number", 13),
            (env._("Score"), "score", 8),
            (env._("Signal"), "text", 22),
            (env._("Months Known"), "text", 10),
            (env._("Below Goal"), "text", 10),
            (env._("Score of the Objective"), "score", 14),
        ]
        rows = (
            [
                strategy.display_name,
                one["objective"].name,
                line["measure"].name,
                label(one["objective"], "perspective"),
                label(line["measure"], "unit"),
                *(line[name] for name in ("first", "last", "goal", "red", "score")),
                self.page["light"](line["light"]),
                line["known"],
                line["below"],
                one["score"],
            ]
            for strategy, one, line in self._lines()
        )
        self._table(sheet, columns, rows)

    def _months(self, sheet):
        """Write what each measure was in each month; scores are formulas."""
        env, label = self.env, self.page["label"]
        columns = [
            (env._("Strategy"), "text", 28),
            (env._("Objective"), "text", 28),
            (env._("Scorecard Measure"), "text", 28),
            (env._("Unit"), "text", 10),
            (env._("Month"), "month", 10),
            (env._("Value of the Month"), "number", 13),
            (env._("Counted"), "text", 10),
            (env._("Goal"), "number", 13),
            (env._("Red Flag"), "number", 13),
            (env._("Score"), "score", 8),
            (env._("Closed"), "text", 10),
        ]
        rows = [
            [
                strategy.display_name,
                one["objective"].name,
                line["measure"].name,
                label(line["measure"], "unit"),
                month.month,
                month.value,
                month.n or None,
                month.goal,
                month.red,
                month.score,
                "✓" if month.closed else None,
            ]
            for strategy, one, line in self._lines()
            for month in line["months"]
        ]
        self._table(sheet, columns, rows)
        for at, row in enumerate(rows, start=1):
            if row[9] is not False:
                formula = SCORE.format(row=at + 1)
                sheet.write_formula(at, 9, formula, self.formats["score"], row[9])

    def _links(self, sheet):
        env, label = self.env, self.page["label"]
        columns = [
            (env._("Strategy"), "text", 28),
            (env._("Cause"), "text", 28),
            (env._("Effect"), "text", 28),
            (env._("Expected Effect"), "text", 18),
            (env._("Lag (months)"), "text", 10),
            (env._("Verdict"), "text", 16),
            (env._("What was seen"), "wrapped", 80),
            (env._("Compared"), "text", 10),
            (env._("p of All Arrows"), "small", 12),
        ]
        rows = (
            [
                told["strategy"].display_name,
                link.cause_id.name,
                link.effect_id.name,
                label(link, "sign"),
                link.lag,
                label(link, "verdict"),
                one["sentence"],
                link.n or None,
                link.p_adjusted,
            ]
            for told in self.page["versions"]
            for one in told["links"]
            for link in one["link"]
        )
        self._table(sheet, columns, rows)

    def _actions(self, sheet):
        env = self.env
        columns = [
            (env._("Scorecard Measure"), "text", 28),
            (env._("What to Do"), "wrapped", 60),
            (env._("Who"), "text", 24),
            (env._("Until"), "date", 12),
            (env._("Done"), "date", 12),
        ]
        names = ("measure", "task", "user", "deadline", "done")
        rows = (
            [action[name] for name in names]
            for told in self.page["versions"]
            for action in told["actions"]
        )
        self._table(sheet, columns, rows)
