from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.base.models.res_partner import _tz_get

MOST_GROUPS = 20
FIRST_ROWS = 5
FEW = 3  # texts of one kind that stand apart, each with its own lines
FIRST_PAIRS = 10


class CrmValueImport(models.Model):
    """What a check leaves: why lines are bad, what is to be decided, and the buttons.

    Reasons that are alike stand together, the most frequent first.
    """

    _inherit = "crm.value.import"

    problems = fields.Json(
        readonly=True,
        copy=False,
        groups="crm_value.group_officer",
        help="Rows of (reason of the first line, how many lines, the first rows, how "
        "many reasons are like it).",
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
    asking_total = fields.Monetary(
        string="Total If All Are Imported",
        currency_field="company_currency_id",
        readonly=True,
        copy=False,
        help="Of the lines that can be imported, and those that wait for an answer.",
    )

    error_count = fields.Integer(
        string="Lines with Errors", compute="_compute_error_count"
    )
    missing_question = fields.Char(compute="_compute_questions")
    missing_names = fields.Char(
        string="Customers Not in Odoo Yet",
        compute="_compute_missing_names",
        groups="crm_value.group_officer",
    )
    shared_question = fields.Char(compute="_compute_questions")
    conflict_question = fields.Char(compute="_compute_questions")
    shared_table = fields.Html(
        compute="_compute_shared_table",
        sanitize=False,
        groups="crm_value.group_officer",
    )
    company_tz = fields.Selection(
        _tz_get,
        string="Time Zone of the Company",
        compute="_compute_company_tz",
        inverse="_inverse_company_tz",
        help="Decides on which day an order counts, and when a month ends.",
    )
    asks_zone = fields.Boolean(compute="_compute_asks_zone")

    @api.depends(
        "missing_customer_count",
        "shared_customer_count",
        "conflict_count",
    )
    def _compute_questions(self):
        for record in self:
            record.missing_question = record._say_missing(record.missing_customer_count)
            record.shared_question = record._say_shared(record.shared_customer_count)
            record.conflict_question = record._say_conflicts(record.conflict_count)

    def _say_missing(self, count):
        if count == 1:
            return self.env._("One customer is not in Odoo yet. Create this customer?")
        return self.env._(
            "%(count)s customers are not in Odoo yet. Create them?", count=count
        )

    def _say_shared(self, count):
        if count == 1:
            return self.env._(
                "One customer has the e-mail address of another customer. Are they the "
                "same?"
            )
        return self.env._(
            "%(count)s customers have the e-mail address of another customer. Are "
            "they the same ones?",
            count=count,
        )

    def _say_conflicts(self, count):
        if count == 1:
            return self.env._(
                "One document is there with other figures. Which ones shall count?"
            )
        return self.env._(
            "%(count)s documents are there with other figures. Which ones shall count?",
            count=count,
        )

    @api.depends("bad_count", "asking_count")
    def _compute_error_count(self):
        for record in self:
            record.error_count = record.bad_count - record.asking_count

    @api.depends("state", "missing_customer_count", "create_missing")
    def _compute_missing_names(self):
        for record in self:
            asks = record.state == "checked" and not record.create_missing
            asks = asks and record.missing_customer_count > 0
            record.missing_names = asks and record._say_missing_names()

    def _say_missing_names(self):
        """Return the first customers that are not in Odoo, as the file names them."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT coalesce(name, email, ref, vat, key)
                FROM crm_value_import_customer
                WHERE import_id = %s AND outcome = 'missing' AND same_id IS NULL
                ORDER BY id LIMIT %s
                """,
                self.id,
                FIRST_PAIRS,
            )
        )
        names = ", ".join(name for (name,) in rows)
        others = self.missing_customer_count - len(rows)
        if others <= 0:
            return names
        return self.env._("%(names)s and %(count)s others", names=names, count=others)

    @api.depends("state", "shared_customer_count", "shared_email")
    def _compute_shared_table(self):
        for record in self:
            asks = record.state == "checked" and record.shared_customer_count
            record.shared_table = asks and record._render_shared()

    def _render_shared(self):
        """Return the first customers that share an e-mail, each beside the other."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT concat_ws(', ', named.name, coalesce(named.ref, named.vat)),
                    concat_ws(', ', coalesce(same.name, partner.name),
                        coalesce(same.ref, same.vat, partner.ref, partner.vat)),
                    named.email
                FROM crm_value_import_customer named
                LEFT JOIN crm_value_import_customer same ON same.id = named.same_id
                LEFT JOIN res_partner partner
                    ON partner.id = coalesce(named.partner_id, same.partner_id)
                WHERE named.import_id = %s AND named.outcome = 'shared'
                    AND (named.same_id IS NOT NULL OR named.partner_id IS NOT NULL)
                ORDER BY named.id LIMIT %s
                """,
                self.id,
                FIRST_PAIRS,
            )
        )
        labels = (
            self.env._("Customer"),
            self.env._("Other Customer"),
            self.env._("E-mail"),
        )
        return rows and _table(labels, rows)

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

    # --- the time zone, asked for where nobody has said it ---

    @api.depends("company_id.partner_id.tz")
    def _compute_company_tz(self):
        for record in self:
            record.company_tz = record.company_id.sudo().partner_id.tz

    def _inverse_company_tz(self):
        """Keep the zone of a company that has none; another one is for the settings."""
        for record in self.filtered("company_tz"):
            # Who may import need not be allowed to edit the company's contact.
            company = record.company_id.sudo().partner_id
            company.tz = company.tz or record.company_tz

    @api.depends("company_id.partner_id.tz")
    def _compute_asks_zone(self):
        for record in self:
            record.asks_zone = not record.company_id.sudo().partner_id.tz

    # --- reasons on the screen ---

    @api.depends("problems")
    def _compute_problem_table(self):
        for record in self:
            record.problem_table = (
                record._render_problems() if record.problems else False
            )

    def _render_problems(self):
        labels = self.env._("Reason"), self.env._("Lines"), self.env._("First Rows")
        return _table(
            labels,
            [
                (self._say_problem(reason, *others), count, ", ".join(map(str, rows)))
                for reason, count, rows, *others in self.problems
            ],
        )

    def _say_problem(self, reason, others=0):
        if not others:
            return reason
        return self.env._(
            "%(reason)s, and %(count)s like it", reason=reason, count=others
        )

    def _group_problems(self):
        """Note the reasons, each with its own lines.

        Many that differ only in what they quote are one, which says how many they are.
        """
        rows = self.env.execute_query(
            SQL(
                PROBLEMS,
                lines=self._judged_lines(),
                few=FEW,
                first=FIRST_ROWS,
                most=MOST_GROUPS,
            )
        )
        self._note({"problems": rows or False})


def _table(labels, rows):
    """Return a table as HTML."""
    head = Markup().join(Markup("<th>%s</th>") % label for label in labels)
    lines = Markup().join(
        Markup("<tr>%s</tr>")
        % Markup().join(Markup("<td>%s</td>") % cell for cell in row)
        for row in rows
    )
    return Markup(
        "<table class='table table-sm'><thead><tr>%s</tr></thead>%s</table>"
    ) % (head, lines)


# A “; ” that is quoted parts no reasons.
PROBLEMS = """
WITH reason AS (
    SELECT DISTINCT number, text, regexp_replace(
        regexp_replace(text, '“[^”]*”', '“”', 'g'), '[0-9][0-9.,:-]*', '0', 'g'
    ) AS kind
    FROM (%(lines)s) judged
    CROSS JOIN LATERAL
        regexp_split_to_table(judged.reason, '; (?![^“]*”)') AS reason(text)
), kind AS (
    SELECT kind, count(DISTINCT text) AS texts FROM reason GROUP BY kind
)
SELECT (array_agg(text ORDER BY number))[1], count(DISTINCT number),
    (array_agg(DISTINCT number))[1:%(first)s], count(DISTINCT text) - 1
FROM reason JOIN kind USING (kind)
GROUP BY kind, CASE WHEN texts <= %(few)s THEN text END
ORDER BY 2 DESC, min(number) LIMIT %(most)s
"""
