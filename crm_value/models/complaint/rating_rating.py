from odoo import fields, models

from ..service.crm_value_ticketing import TICKET

GREAT, BAD = "top", "ko"  # of Odoo's three grades: the middle one says neither


class RatingRating(models.Model):
    """What a customer's rating says of a complaint is heard."""

    _inherit = "rating.rating"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("consumed"):
            for rating in self:  # one customer, one answer
                if rating.res_model == TICKET and rating.rating_text in (GREAT, BAD):
                    ticket = self.env[TICKET].browse(rating.res_id)
                    is_great = rating.rating_text == GREAT
                    ticket._value_hear(is_great, fields.Datetime.now())
        return result
