from odoo import api, models
from odoo.tools import format_date
from odoo.tools.i18n import format_list

from ...models.scoring.const import QUADRANTS

MIGRATION = "crm.value.migration"
BY = ["move", "stage_id_from", "stage_id_to", "quadrant_from", "quadrant_to"]
SUMS = ["__count", "kept_from:sum", "kept_to:sum", "churned:sum"]


class CrmValueSectionLifecycle(models.AbstractModel):
    """Who moved in a month: customers by stage and quadrant, who came and who left."""

    _name = "crm.value.section.lifecycle"
    _inherit = ["crm.value.section"]
    _description = "Customers Who Moved"
    _rank = 20

    @api.model
    def _told(self, month):
        """Tell who moved between two month ends; of a first one, who is where."""
        if not month["date_from"]:
            return self._first_month(month)
        pair = {name: month[name] for name in ("date_from", "date_to")}
        report = self.env[MIGRATION]
        rows = report._source_of(pair)._read_group(report._pair_domain(pair), BY, SUMS)
        stages = [(stage["id"], stage["name"]) for stage in report._shown_stages()]
        charts = [
            self._flow(
                self.env._("Which stages did customers enter and leave?"),
                "stage_id",
                stages,
                [(row[1].id, row[2].id, *row[5:]) for row in rows],
                month,
            ),
            self._flow(
                self.env._("Which quadrants did customers enter and leave?"),
                "quadrant",
                self._quadrants(),
                [(row[3], row[4], *row[5:]) for row in rows],
                month,
            ),
        ]
        return {
            "question": self.env._("Who moved?"),
            "answer": self._say_moved(rows, stages),
            "notes": self._notes(month),
            "tiles": self._counts(rows, month),
            "charts": [chart for chart in charts if chart],
            "links": [
                self._screen(
                    self.env._("Migration"), "crm_value.crm_value_migration_action"
                )
            ],
        }

    @api.model
    def _first_month(self, month):
        """Tell who is where today: there is no month end that anybody came from."""
        if not month["is_latest"]:
            return None
        profiles = self.env["crm.value.profile"]
        found = profiles._read_group(self._own(), ["stage_id"], ["__count"])
        tiles = [
            self._tile(
                stage.name,
                self._number(count),
                opens=self._rows_of(
                    stage.name, profiles._name, self._own(("stage_id", "=", stage.id))
                ),
            )
            for stage, count in found
            if stage
        ]
        return tiles and {
            "question": self.env._("Who is where?"),
            "notes": [
                self.env._(
                    "These are today's numbers. Who rose and who fell is told from the "
                    "next month end on."
                )
            ],
            "tiles": tiles,
        }

    @api.model
    def _quadrants(self):
        labels = self.env["crm.value.profile"]._chart_labels("quadrant")
        return [(code, labels[code]) for code, _label in QUADRANTS]

    @api.model
    def _say_moved(self, rows, stages):
        """Say how many changed to a better and to a worse stage, or who stayed where.

        :param stages: [(id, name)]
        """
        counts = {"improved": 0, "worsened": 0}
        for move, *_places, count, _before, _now, _lost in rows:
            if move in counts:
                counts[move] += count
        if not any(counts.values()):
            return self._say_stayed(rows, stages)
        return self.env._(
            "To a better stage: %(better)s; to a worse one: %(worse)s",
            better=self._number(counts["improved"]),
            worse=self._number(counts["worsened"]),
        )

    @api.model
    def _notes(self, month):
        """Return what whom nothing is told of worth would not learn otherwise."""
        gone = month["is_latest"] and not self._is_officer() and self._say_gone()
        return [gone] if gone else []

    @api.model
    def _say_gone(self):
        """Say since when nobody has bought, where all customers are lost."""
        profiles = self.env["crm.value.profile"]
        bought = self._own(("purchase_count", ">", 0))
        if profiles.search_count([*bought, ("relation", "!=", "lost")], limit=1):
            return False
        [(count, day)] = profiles._read_group(
            bought, [], ["__count", "last_purchase_date:max"]
        )
        if not count:
            return False
        return self.env._(
            "All customers are lost: the last purchase was on %(date)s.",
            date=format_date(self.env, day),
        )

    @api.model
    def _say_stayed(self, rows, stages):
        """Say where they all are, as nobody came to another stage."""
        counts = {}
        for _move, _before, now, *_quadrants, count, _kept, _is, _lost in rows:
            counts[now.id] = counts.get(now.id, 0) + count
        places = [
            self.env._(
                "%(stage)s %(count)s", stage=name, count=self._number(counts[key])
            )
            for key, name in stages
            if key in counts
        ]
        if not places:
            return self.env._("No customer came to another stage")
        return self.env._(
            "No customer came to another stage; they are: %(places)s",
            places=format_list(self.env, places),
        )

    @api.model
    def _counts(self, rows, month):
        """Return how many customers are active, were new, and were lost."""
        before, now, lost = (
            sum(row[place] or 0 for row in rows) for place in (6, 7, 8)
        )
        new = sum(row[5] for row in rows if row[0] == "new")
        return [
            self._tile(
                self.env._("Active customers"),
                self._number(now),
                self.env._("%(count)s a month before", count=self._number(before)),
                self._moved(self.env._("Active customers"), month, ("kept_to", "=", 1)),
            ),
            self._tile(
                self.env._("New"),
                self._number(new),
                self.env._("in this month"),
                opens=self._moved(self.env._("New"), month, ("move", "=", "new")),
            ),
            self._tile(
                self.env._("Lost"),
                self._number(lost),
                self.env._("in this month"),
                opens=self._moved(self.env._("Lost"), month, ("churned", "=", 1)),
            ),
        ]

    @api.model
    def _moved(self, title, month, *domain):
        """Return what opens the customers of the month that a mark counts."""
        days = [(name, "=", str(month[name])) for name in ("date_from", "date_to")]
        return self._rows_of(title, MIGRATION, self._own(*days, *domain))

    @api.model
    def _flow(self, question, name, places, rows, month):
        """Return bars of who came to and who left each place, None if nobody did.

        :param places: [(value of the field, label)]
        :param rows: (from, to, count, …)
        """
        came, left = dict.fromkeys(dict(places), 0), dict.fromkeys(dict(places), 0)
        for before, after, count, *_sums in rows:
            for place, counts in ((after, came), (before, left)):
                if before != after and place in counts:
                    counts[place] += count
        shown = [place for place in places if came[place[0]] or left[place[0]]]
        if not shown:
            return None
        ways = (
            (self.env._("Came In"), "up", came, "to", "from", 1),
            (self.env._("Left"), "total", left, "from", "to", -1),
        )
        series = [
            self._series(
                label,
                color,
                [
                    (
                        sign * counts[key],
                        self._number(counts[key]),
                        self._moved(
                            f"{label}: {place}",
                            month,
                            (f"{name}_{end}", "=", key),
                            (f"{name}_{other}", "!=", key),
                        ),
                        False,
                    )
                    for key, place in shown
                ],
            )
            for label, color, counts, end, other, sign in ways
        ]
        chart = self._chart(question, [label for _key, label in shown], *series)
        return {**chart, "stacked": True}
