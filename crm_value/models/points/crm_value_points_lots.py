from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL

from ...analytics.points import points


class CrmValuePoints(models.AbstractModel):
    """What is left of which points, and when they expire."""

    _inherit = "crm.value.points"

    @api.model
    def _open_lots(self, cards):
        """Return the lots of cards that have something left, the oldest first.

        :return: (list of dicts with ``line``, ``card``, ``earning``, ``date``,
            hundredths ``left``, ``expires_on``, number of ``expired`` lines;
            hundredths used beyond all lots by id of the card)
        """
        self.env["loyalty.history"].flush_model()
        rows = self.env.execute_query_dict(SQL(LOTS, cards=cards.ids))
        used = dict(self.env.execute_query(SQL(USED, cards=cards.ids)))
        position = {card: n for n, card in enumerate(cards.ids)}
        rows.sort(key=lambda row: (position[row["card"]], row["date"], row["line"]))
        left, beyond = points.lots_left(
            [position[row["card"]] for row in rows],
            [row["points"] for row in rows],
            [used.get(card, 0) for card in cards.ids],
        )
        ends = self._ends(cards)
        for row, rest in zip(rows, left.tolist(), strict=True):
            row["left"] = rest
            row["expires_on"] = ends[row["card"]](row["date"])
        return (
            [row for row in rows if row["left"]],
            dict(zip(cards.ids, beyond.tolist(), strict=True)),
        )

    @api.model
    def _ends(self, cards):
        """Return by id of the card how the date of points tells when they expire."""
        quiet = cards.filtered(lambda c: c.program_id.value_expiry == "inactivity")
        active = dict(self.env.execute_query(SQL(LAST_ACTIVE, cards=quiet.ids)))
        return {card.id: self._end(card, active.get(card.id)) for card in cards}

    @api.model
    def _end(self, card, last_active):
        program = card.program_id
        months = relativedelta(months=program.value_expiry_months)
        first = program.value_expiry_from or date.min
        if program.value_expiry == "age":
            return lambda day: max(day + months, first)
        if program.value_expiry == "inactivity" and last_active:
            return lambda _day: max(last_active + months, first)
        return lambda _day: False


# What is taken back, earned again or expired belongs to the points it came from.
LOTS = """
    SELECT lot.id AS line, lot.card_id AS card, lot.value_earning_id AS earning,
           lot.value_date AS date, COALESCE(tied.expired, 0) AS expired,
           ROUND((lot.issued + COALESCE(tied.points, 0))::numeric * 100)::int AS points
      FROM loyalty_history lot
      LEFT JOIN LATERAL (
           SELECT SUM(line.issued - line.used) AS points,
                  COUNT(*) FILTER (WHERE line.value_kind = 'expired') AS expired
             FROM loyalty_history line
            WHERE line.value_lot_id = lot.id) tied ON TRUE
     WHERE lot.card_id = ANY(%(cards)s) AND lot.value_lot_id IS NULL
       AND lot.issued > 0 AND lot.value_kind <> 'given_back'
"""
USED = """
    SELECT card_id, ROUND(SUM(CASE value_kind WHEN 'given_back' THEN used - issued
               ELSE used END)::numeric * 100)::int
      FROM loyalty_history
     WHERE card_id = ANY(%(cards)s) AND value_lot_id IS NULL
     GROUP BY card_id
"""
LAST_ACTIVE = """
    SELECT card_id, MAX(value_date)
      FROM loyalty_history
     WHERE card_id = ANY(%(cards)s)
       AND value_kind IN ('earned', 'spent', 'opening', 'manual', 'other')
     GROUP BY card_id
"""
