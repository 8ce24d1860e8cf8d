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
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
    "month": {"num_format": "yyyy-mm", "align": "left"},
}


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
            self._months(self._sheet(self.env._("Months")))
            self._links(self._sheet(self.env._("Arrows")))
            self._actions(self._sheet(self.env._("Initiatives")))
        return self.output.getvalue()

    def _sheet(self, title):
        sheet = self.book.add_worksheet(title[:31])
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def _table(self, sheet, header, kinds, rows):
        """Write a table; what is not known stays an empty cell."""
        sheet.write_row(0, 0, header, self.formats["head"])
        sheet.set_column(0, 2, 28)
        sheet.set_column(3, len(header) - 1, 14)
        sheet.freeze_panes(1, 0)
        count = 0
        for count, row in enumerate(rows, start=1):
            for column, (kind, value) in enumerate(zip(kinds, row, strict=True)):
                if value is not None and value is not False:
                    sheet.write(count, column, value, self.formats[kind])
        sheet.autofilter(0, 0, max(count, 1), len(header) - 1)

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
        header = [env._("Strategy"), env._("Objective"), env._("Scorecard Measure")]
        header += [env._("Perspective"), env._("Unit"), env._("First Value")]
        header += [env._("Last Value"), env._("Goal"), env._("Red Flag")]
        header += [env._("Score"), env._("Signal"), env._("Months Known")]
        header += [env._("Below Goal"), env._("Score of the Objective")]
        kinds = ["text"] * 5 + ["number"] * 4 + ["score"] + ["text"] * 3 + ["score"]
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
        self._table(sheet, header, kinds, rows)

    def _months(self, sheet):
        env = self.env
        header = [env._("Strategy"), env._("Objective"), env._("Scorecard Measure")]
        header += [
            env._("Month"),
            env._("Value of the Month"),
            env._("Counted"),
            env._("Goal"),
        ]
        header += [env._("Red Flag"), env._("Score"), env._("Closed")]
        kinds = ["text"] * 3 + ["month", "number", "text"]
        kinds += ["number", "number", "score", "text"]
        rows = (
            [
                strategy.display_name,
                one["objective"].name,
                line["measure"].name,
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
        )
        self._table(sheet, header, kinds, rows)

    def _links(self, sheet):
        env, label = self.env, self.page["label"]
        header = [env._("Strategy"), env._("Cause"), env._("Effect")]
        header += [env._("Expected Effect"), env._("Lag (months)"), env._("Verdict")]
        header += [env._("What was seen"), env._("Compared"), env._("p of All Arrows")]
        kinds = ["text"] * 8 + ["number"]
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
        self._table(sheet, header, kinds, rows)

    def _actions(self, sheet):
        env = self.env
        header = [env._("Scorecard Measure"), env._("What to Do"), env._("Who")]
        header += [env._("Until"), env._("Done")]
        names = ("measure", "task", "user", "deadline", "done")
        rows = (
            [action[name] for name in names]
            for told in self.page["versions"]
            for action in told["actions"]
        )
        self._table(sheet, header, ["text"] * 3 + ["date"] * 2, rows)
