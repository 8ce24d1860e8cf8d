from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

MOST_GROUPS = 20
FIRST_ROWS = 5


class CrmValueImport(models.Model):
    """What a check leaves: why lines are bad, what is to be decided, and the buttons.

    Reasons that are alike stand together, the most frequent first.
    """

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
    missing_customer_count = fields.Integer(
        string="Customers Not in Odoo", readonly=True, copy=False
    )
    shared_customer_count = fields.Integer(
        string="Customers Whose E-mail Another One Has", readonly=True, copy=False
    )
    conflict_count = fields.Integer(
        string="Documents That Differ", readonly=True, copy=False
    )

    missing_question = fields.Char(compute="_compute_questions")
    shared_question = fields.Char(compute="_compute_questions")
    conflict_question = fields.Char(compute="_compute_questions")

    @api.depends(
        "line_count",
        "missing_customer_count",
        "shared_customer_count",
        "conflict_count",
    )
    def _compute_questions(self):
        for record in self:
            record.missing_question = self.env._(
                "%(lines)s lines: %(count)s customers are not in Odoo yet. Create "
                "them?",
                lines=record.line_count,
                count=record.missing_customer_count,
            )
            record.shared_question = self.env._(
                "%(count)s customers have the e-mail address of another customer. Are "
                "they the same ones?",
                count=record.shared_customer_count,
            )
            record.conflict_question = self.env._(
                "%(count)s documents are there with other figures. Which ones shall "
                "count?",
                count=record.conflict_count,
            )

    def action_create_customers(self):
        """Create the customers that are not in Odoo when importing."""
        self._decide(create_missing=True)

    def action_same_customer(self):
        """Take numbers that share an e-mail for one customer."""
        self._decide(shared_email="same")

    def action_customers_apart(self):
        """Take numbers that share an e-mail for customers of their own."""
        self._decide(shared_email="apart")

    def action_replace_documents(self):
        """Let the file replace documents that are there with other figures."""
        self._decide(documents_there="replace")

    def action_keep_both_documents(self):
        """Add the file's lines to documents that are there with other figures."""
        self._decide(documents_there="both")

    def action_skip_documents(self):
        """Leave documents as they are where the file has other figures."""
        self._decide(documents_there="skip")

    def _decide(self, **decision):
        """Note a decision about what the check found, and judge the lines anew."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "checked":
            raise UserError(self.env._("Check the file first."))
        self._note(decision)
        self._check_rights()
        self._schedule("resolve")

    # --- reasons on the screen ---

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
