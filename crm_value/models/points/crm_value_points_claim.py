from collections import Counter

from odoo import api, models
from odoo.tools import SQL

from .crm_value_points_earned import BOOKED


class CrmValuePoints(models.AbstractModel):
    """Claims what could not be taken back, once the points come back."""

    _inherit = "crm.value.points"

    @api.model
    def _claim_given_back(self, lines):
        """Take what is not claimed yet out of points that an order gives back.

        A purchase can be returned before or after the order that spent its points is
        cancelled: the customer ends with the same.
        """
        given = self._given_back(lines)
        if not given:
            return
        self.env["loyalty.history"].flush_model()
        cards = [card.id for card in given]
        unclaimed = SQL(BOOKED, cards=cards, wanted=SQL("unclaimed > 0"))
        left = {
            card.id: max(min(points, round(card.points * 100)), 0)
            for card, points in given.items()
        }
        vals_list = []
        for row in self.env.execute_query_dict(unclaimed):
            taken = min(left[row["card_id"]], row["unclaimed"])
            left[row["card_id"]] -= taken
            if taken:
                vals_list.append(self._prepare_earned_vals(row, -taken, -taken))
        self.env["loyalty.history"].create(vals_list)

    @api.model
    def _given_back(self, lines):
        """Return the hundredths given back by card, where the balance stays at zero."""
        given = Counter()
        for line in lines.filtered(lambda line: line.value_kind == "given_back"):
            if line.card_id.program_id.value_claim == "zero":
                given[line.card_id] += round(line.issued * 100)
        return given
