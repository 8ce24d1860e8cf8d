from odoo import fields, models
from odoo.tools import SQL


class CrmValueMonthStale(models.Model):
    """Customer whose months are to be stored anew: its documents have changed.

    Kept when a scoring has dealt with the change, and deleted with the months.
    """

    _name = "crm.value.month.stale"
    _description = "Customer Whose Months Changed"
    _is_result = True
    _log_access = False
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")

    def _seen(self, company, limit):
        """Return (ids of the marks of some customers, ids of these customers)."""
        rows = self.env.execute_query(
            SQL(
                "SELECT id, partner_id FROM crm_value_month_stale"
                " WHERE company_id = %s ORDER BY id LIMIT %s",
                company.id,
                limit,
            )
        )
        return [row[0] for row in rows], sorted({row[1] for row in rows})

    def _drop(self, ids):
        """Delete marks that have been dealt with."""
        self.env.cr.execute(
            SQL("DELETE FROM crm_value_month_stale WHERE id = ANY(%s)", ids)
        )


class CrmValueStale(models.Model):
    _inherit = "crm.value.stale"

    def _forget(self, ids):
        """Remember for the months whom a scoring has dealt with."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_value_month_stale (partner_id, company_id)
                SELECT DISTINCT partner_id, company_id FROM crm_value_stale
                 WHERE id = ANY(%s)
                """,
                ids,
            )
        )
        return super()._forget(ids)
