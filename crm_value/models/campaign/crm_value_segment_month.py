from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, date_utils

MONTHS = 13


class CrmValueSegment(models.Model):
    """Tells who was in a segment at each month end, from the figures kept of that day.

    So a new segment has its past at once, and no month is told twice.
    """

    _inherit = "crm.value.segment"

    @api.readonly
    def get_months(self):
        """Return how many were in it at each month end, how many came and left."""
        self.ensure_one()
        self.check_access("read")
        rows = self._month_rows()
        if rows is None:
            return {"unknown": True, "months": []}
        before, months = None, []
        for day, total, count, came in rows:
            stayed = count - came
            months.append(
                {
                    "date": fields.Date.to_string(day),
                    "count": count,
                    "share": count / total if total else False,
                    "came": came if before is not None else False,
                    "left": before - stayed if before is not None else False,
                }
            )
            before = count
        return {"unknown": False, "months": months}

    def open_month(self, date, which):
        """Open who was in it at a month end, came since the one before, or left."""
        self.ensure_one()
        self.check_access("read")
        ends = {
            row[0]: fields.Date.to_string(row[0]) for row in self._month_rows() or []
        }
        day = next((day for day, said in ends.items() if said == date), None)
        found = self._month_domain()
        if not day or which not in ("count", "came", "left"):
            raise UserError(self.env._("There is no such month end."))
        before = date_utils.subtract(date_utils.start_of(day, "month"), days=1)
        now, then = (found & Domain("date", "=", one) for one in (day, before))
        if which == "came":
            now &= ~self._same_customers(then)
        elif which == "left":
            now = then & ~self._same_customers(now)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_value.crm_value_snapshot_action"
        )
        domain = [("id", "in", [*self.env["crm.value.snapshot"]._search(now)])]
        return {**action, "name": self.name, "domain": domain, "context": {}}

    def _same_customers(self, domain):
        query = self.env["crm.value.snapshot"]._search(domain)
        return Domain("origin_id", "in", query.subselect("origin_id"))

    def _month_domain(self):
        """Return the domain of the month ends in it, None where they cannot tell."""
        try:
            domain = self._read_domain()
            domain.validate(self.env["crm.value.snapshot"])
        except (ValueError, SyntaxError, TypeError):
            return None
        return domain & self._month_ends()

    def _month_ends(self):
        day = self.env["crm.value.run"]._today(self.company_id)
        since = date_utils.subtract(date_utils.start_of(day, "month"), months=MONTHS)
        return (
            Domain("company_id", "=", self.company_id.id)
            & Domain("month_end", "=", True)
            & Domain("date", ">=", since)
        )

    def _month_rows(self):
        """Return (month end, all customers, in it, of whom came), or None."""
        domain = self._month_domain()
        if domain is None:
            return None
        snapshots = self.env["crm.value.snapshot"]
        totals = snapshots._read_group(self._month_ends(), ["date:day"], ["__count"])
        query = snapshots._search(domain)
        columns = (SQL.identifier(query.table, name) for name in ("date", "origin_id"))
        inside = self.env.execute_query(SQL(INSIDE, inside=query.select(*columns)))
        found = {day: (count, came) for day, count, came in inside}
        return [(day, total, *found.get(day, (0, 0))) for day, total in sorted(totals)]


INSIDE = """
    WITH inside (day, customer) AS (%(inside)s)
    SELECT now.day, COUNT(*), COUNT(*) FILTER (WHERE before.customer IS NULL)
      FROM inside now
      LEFT JOIN inside before ON before.customer = now.customer
       AND before.day = date_trunc('month', now.day)::date - 1
  GROUP BY now.day
"""
