from odoo import api, models
from odoo.tools import SQL


class CrmValueTierReport(models.AbstractModel):
    """What is owed in points, and what of them was never claimed."""

    _inherit = "crm.value.tier.report"

    @api.model
    def _points(self, company, until):
        """Return what the company owes in points, None without a ledger."""
        program = company._points_program()
        if not program:
            return None
        worth = program.value_point_worth
        found = {**self._open_points(program), **self._old_points(program, until)}
        return {
            "name": program.name,
            "worth": worth,
            "expires": program.value_expiry != "none",
            **found,
            "liability": None if worth is False else found["owed"] * worth,
            "breakage": found["old_expired"] / found["old_issued"]
            if found["old_issued"]
            else None,
        }

    @api.model
    def _open_points(self, program):
        """Return the points on cards, and what is owed for each, never below zero."""
        [row] = self.env.execute_query_dict(
            SQL(
                """
                SELECT COUNT(*) AS cards,
                       COALESCE(SUM(GREATEST(card.points, 0)), 0)::float8 AS usable,
                       COALESCE(SUM(locked.points), 0)::float8 AS locked,
                       COALESCE(SUM(GREATEST(COALESCE(card.points, 0)
                           + COALESCE(locked.points, 0), 0)), 0)::float8 AS owed
                  FROM loyalty_card card
             LEFT JOIN (SELECT card_id, SUM(points) AS points
                          FROM crm_value_earning
                         WHERE state = 'locked'
                      GROUP BY card_id) locked ON locked.card_id = card.id
                 WHERE card.program_id = %s AND card.active
                """,
                program.id,
            )
        )
        return row

    @api.model
    def _old_points(self, program, until):
        """Return what became of the lots that are old enough to have expired."""
        [row] = self.env.execute_query_dict(
            SQL(
                """
                SELECT COUNT(DISTINCT lot.id) AS old_lots,
                       COALESCE(SUM(lot.issued), 0)::float8 AS old_issued,
                       COALESCE(SUM(gone.points), 0)::float8 AS old_expired
                  FROM loyalty_history lot
                  JOIN loyalty_card card ON card.id = lot.card_id
             LEFT JOIN (SELECT value_lot_id, SUM(used - issued) AS points
                          FROM loyalty_history
                         WHERE value_kind = 'expired'
                      GROUP BY value_lot_id) gone ON gone.value_lot_id = lot.id
                 WHERE card.program_id = %(program)s
                   AND lot.issued > 0
                   AND lot.value_lot_id IS NULL
                   AND lot.value_kind <> 'given_back'
                   AND %(expires)s
                   AND lot.value_date
                       <= %(until)s::date - make_interval(months => %(months)s)
                """,
                program=program.id,
                expires=program.value_expiry != "none",
                until=until,
                months=program.value_expiry_months,
            )
        )
        return row
