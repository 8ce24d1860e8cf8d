from odoo import api, models
from odoo.tools import SQL


class CrmValuePoints(models.AbstractModel):
    """Checks that the ledger is right, and reports where it is not.

    Nothing is ever corrected here: a difference means that somebody wrote past the
    ledger, and a person has to say what is right.
    """

    _inherit = "crm.value.points"

    @api.model
    def _check(self, cards):
        """Report cards whose balance is not the sum of their lines or lots."""
        self.env.flush_all()
        lots, beyond = self._open_lots(cards)
        left = {card: -used for card, used in beyond.items()}
        for lot in lots:
            left[lot["card"]] += lot["left"]
        rows = self.env.execute_query_dict(SQL(SUMS, cards=cards.ids))
        found = []
        for row in rows:
            if row["lines"] != row["balance"]:
                found.append((row["id"], "balance", row["balance"], row["lines"]))
            if left[row["id"]] != row["lines"]:
                found.append((row["id"], "lots", left[row["id"]], row["lines"]))
            if row["astray"]:
                found.append((row["id"], "customer", 0, 0))
        self.env["crm.value.points.issue"]._report(
            [
                (card, kind, found / 100, expected / 100)
                for card, kind, found, expected in found
            ]
        )


SUMS = """
    SELECT card.id, ROUND(COALESCE(card.points, 0)::numeric * 100)::bigint AS balance,
           COALESCE(ROUND(SUM(line.issued - line.used)::numeric * 100), 0)::bigint
               AS lines,
           customer.commercial_partner_id <> customer.id AS astray
      FROM loyalty_card card
      LEFT JOIN res_partner customer ON customer.id = card.partner_id
      LEFT JOIN loyalty_history line ON line.card_id = card.id
     WHERE card.id = ANY(%(cards)s)
     GROUP BY card.id, customer.id
"""
