from math import inf

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...analytics.policy.rules import Segment

LOST = {"any": None, "not": False, "only": True}


class CrmValueRfmSegment(models.Model):
    """RFM segment: a named range of scores; the first that matches applies."""

    _name = "crm.value.rfm.segment"
    _inherit = ["crm.value.shared"]
    _description = "RFM Segment"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    description = fields.Text(
        translate=True, help="Who they are and what to do with them."
    )
    active = fields.Boolean(default=True)
    r_min = fields.Integer(string="R from", default=1, required=True)
    r_max = fields.Integer(string="R to", default=5, required=True)
    f_min = fields.Integer(string="F from", default=1, required=True)
    f_max = fields.Integer(string="F to", default=5, required=True)
    m_min = fields.Integer(string="M from", default=1, required=True)
    m_max = fields.Integer(string="M to", default=5, required=True)
    purchases_min = fields.Integer(
        string="Purchases from",
        default=1,
        required=True,
        help="Since ever: in a shop where most buy once, few purchases can have the "
        "best frequency score.",
    )
    purchases_max = fields.Integer(string="Purchases to", help="0: no limit.")
    age_min = fields.Integer(
        string="Days from", help="Days since the first purchase, at least."
    )
    age_max = fields.Integer(
        string="Days to", help="Days since the first purchase, at most; 0: no limit."
    )
    lost = fields.Selection(
        [
            ("not", "Not lost"),
            ("only", "Only lost"),
            ("any", "Lost or not"),
        ],
        string="Lost Customers",
        default="not",
        required=True,
        help="By lifecycle stage: a lost customer belongs to no hopeful segment.",
    )

    _counts = models.Constraint(
        "CHECK (purchases_min >= 0 AND age_min >= 0 "
        "AND (purchases_max = 0 OR purchases_max >= purchases_min) "
        "AND (age_max = 0 OR age_max >= age_min))",
        "Purchases and days are not negative, the lower limit first.",
    )

    @api.constrains("r_min", "r_max", "f_min", "f_max", "m_min", "m_max")
    def _check_ranges(self):
        for segment in self:
            for low, high in segment._ranges():
                if not 1 <= low <= high <= 5:
                    raise ValidationError(
                        self.env._(
                            "Segment %(name)s: each range goes from 1 to 5, "
                            "the lower limit first.",
                            name=segment.name,
                        )
                    )

    def _ranges(self):
        self.ensure_one()
        return (
            (self.r_min, self.r_max),
            (self.f_min, self.f_max),
            (self.m_min, self.m_max),
        )

    def _as_rules(self):
        """Return the segments as the analytics see them, in their order."""
        return tuple(
            Segment(
                segment.id,
                *segment._ranges(),
                purchases=(segment.purchases_min, segment.purchases_max or inf),
                age=(segment.age_min, segment.age_max or inf),
                lost=LOST[segment.lost],
            )
            for segment in self
        )
