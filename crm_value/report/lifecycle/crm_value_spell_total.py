from odoo import api, fields, models
from odoo.tools import SQL


class CrmValueSpellTotal(models.Model):
    """How many customers spent how many days in a stage."""

    _name = "crm.value.spell.total"
    _inherit = ["crm.value.month.total"]
    _description = "Time in a Stage, Added Up"
    _is_result = True
    _of = "crm.value.spell"
    _keys = ("stage_id", "days", "days_unseen", "is_running")

    stage_id = fields.Many2one("crm.value.stage")
    days = fields.Integer(string="Days in Stage")
    days_unseen = fields.Integer(string="Days Before the History")
    is_running = fields.Boolean(string="Still There")

    @api.model
    def _wanted(self, company):
        """The whole history: it has a beginning, and no end before today."""
        begins = self._begins(company)
        if not begins:
            return []
        return [{"date_from": begins, "date_to": False, "is_open": True}]

    @api.model
    def _begins(self, company):
        """Return the first day on which a customer was seen in a stage."""
        [[day]] = self.env.execute_query(
            SQL(
                """
                SELECT LEAST(
                    (SELECT MIN(date) FROM crm_value_snapshot
                      WHERE month_end AND company_id = %(company)s
                        AND stage_id IS NOT NULL AND stage_since <= date),
                    (SELECT MIN(as_of) FROM crm_value_profile
                      WHERE company_id = %(company)s
                        AND stage_id IS NOT NULL AND stage_since <= as_of))
                """,
                company=company.id,
            )
        )
        return day

    @api.model
    def _rows(self, report, kept):
        return SQL(
            "SELECT * FROM (%s) spell WHERE company_id = %s",
            report._spells(SQL("%s::date", kept.date_from)),
            kept.company_id.id,
        )
