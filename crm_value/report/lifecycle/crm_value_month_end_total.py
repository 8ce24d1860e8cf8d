from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...const import OFFICER
from ...fields import NullableMoney
from ...models.forecast.const import RELATIONS
from ...models.scoring.const import QUADRANTS

KEYS = ("date", "month_end", "stage_id", "relation", "quadrant", "is_valued")


class CrmValueMonthEndTotal(models.Model):
    """How many customers there were at each month end, and what they were worth."""

    _name = "crm.value.month.end.total"
    _inherit = ["crm.value.month.total"]
    _description = "Customers at Month Ends, Added Up"
    _is_result = True
    _of = "crm.value.snapshot"
    _keys = KEYS
    _sums = ("clv",)

    key = fields.Char(groups=OFFICER)  # tells whose value is known
    date = fields.Date()
    month_end = fields.Boolean()
    stage_id = fields.Many2one("crm.value.stage")
    relation = fields.Selection(RELATIONS)
    quadrant = fields.Selection(QUADRANTS)
    is_valued = fields.Boolean(string="Lifetime Value Known", groups=OFFICER)
    clv = NullableMoney(string="Lifetime Value", aggregator="sum", groups=OFFICER)

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """Say nothing where nobody's value is known: that is not zero."""
        added_up = super()._read_group_select(aggregate_spec, query)
        if aggregate_spec != "clv:sum":
            return added_up
        known = self._field_to_sql(self._table, "is_valued", query)
        return SQL("CASE WHEN BOOL_OR(%s) THEN %s END", known, added_up)

    @api.model
    def _domain_of(self, domain):
        """Return the report's domain in the words of what is kept."""
        return super()._domain_of(domain).map_conditions(_in_our_words)

    @api.model
    def _answers(self, domain, names):
        """Nothing is kept of days that are no month ends."""
        domain = Domain(domain)
        is_and = getattr(domain, "OPERATOR", None) == "&"
        parts = domain.children if is_and else [domain]
        return any(map(_is_end, parts)) and super()._answers(domain, names)

    @api.model
    def _found_pairs(self, company):
        """Return the month ends of a company; each stands alone."""
        self.env["crm.value.snapshot"].flush_model()
        self.env["crm.value.run"].flush_model()
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT DISTINCT NULL::date AS date_from, as_of AS date_to,
                       FALSE AS is_open
                  FROM crm_value_run run
                 WHERE company_id = %(company)s AND EXISTS (
                       SELECT FROM crm_value_snapshot
                        WHERE company_id = %(company)s AND date = run.as_of
                          AND month_end)
              ORDER BY as_of DESC
                """,
                company=company.id,
            )
        )

    @api.model
    def _rows(self, report, kept):
        report.flush_model()
        of_snapshots = [name for name in self._keys if name != "is_valued"]
        return SQL(
            "SELECT company_id, %s, clv, clv IS NOT NULL AS is_valued"
            " FROM crm_value_snapshot"
            " WHERE company_id = %s AND date = %s AND month_end",
            self._list(of_snapshots),
            kept.company_id.id,
            kept.date_to,
        )


class CrmValueSnapshot(models.Model):
    """Month ends ask for what is kept, where that is all it needs."""

    _name = "crm.value.snapshot"
    _inherit = ["crm.value.snapshot", "crm.value.month.asking"]
    _total = "crm.value.month.end.total"


def _is_end(part):
    """Return whether a part of a domain keeps to month ends."""
    if getattr(part, "field_expr", None) != "month_end":
        return False
    value = part.value
    return (
        list(value) == [True]
        if part.operator == "in"
        else (part.operator == "=" and value is True)
    )


def _in_our_words(condition):
    """Return whether the value is known as a column of its own, as it is here."""
    if condition.field_expr != "clv":
        return condition
    unknown = condition.value is False or condition.value in ([False], {False})
    if condition.operator in ("!=", "not in") and unknown:
        return Domain("is_valued", "=", True)
    return condition  # clv is nothing to filter by: the report answers
