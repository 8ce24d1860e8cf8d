from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL

MOST_GROUPS = 20
FIRST_ROWS = 5


class CrmValueImport(models.Model):
    """Why lines are bad, on the screen: alike reasons together, frequent ones first."""

    _inherit = "crm.value.import"

    problems = fields.Json(
        readonly=True,
        copy=False,
        groups="crm_value.group_officer",
        help="Rows of (reason of the first line, how many lines, the first rows).",
    )
    problem_table = fields.Html(
        string="Reasons",
        compute="_compute_problem_table",
        sanitize=False,
        groups="crm_value.group_officer",
    )

    @api.depends("problems")
    def _compute_problem_table(self):
        for record in self:
            record.problem_table = (
                record._render_problems() if record.problems else False
            )

    def _render_problems(self):
        labels = [self.env._("Reason"), self.env._("Lines"), self.env._("First Rows")]
        head = Markup().join(Markup("<th>%s</th>") % label for label in labels)
        rows = Markup().join(
            Markup("<tr><td>%s</td><td>%s</td><td>%s</td></tr>")
            % (reason, count, ", ".join(map(str, numbers)))
            for reason, count, numbers in self.problems
        )
        return Markup(
            "<table class='table table-sm'><thead><tr>%s</tr></thead>%s</table>"
        ) % (head, rows)

    def _group_problems(self):
        """Note reasons that differ only in what they quote as one, with its rows."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT (array_agg(reason.text ORDER BY number))[1], count(*),
                    (array_agg(number ORDER BY number))[1:%(first)s]
                FROM (%(lines)s) judged
                CROSS JOIN LATERAL
                    unnest(string_to_array(judged.reason, '; ')) AS reason(text)
                GROUP BY regexp_replace(
                    regexp_replace(reason.text, '“[^”]*”', '“”', 'g'),
                    '[0-9][0-9.,:-]*', '0', 'g'
                )
                ORDER BY 2 DESC, min(number) LIMIT %(most)s
                """,
                lines=self._judged_lines(),
                first=FIRST_ROWS,
                most=MOST_GROUPS,
            )
        )
        self._note({"problems": rows or False})
