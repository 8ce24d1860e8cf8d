from odoo import api, fields, models
from odoo.exceptions import ValidationError


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
        """Return the segments in the form of ``analytics.rfm.segment_table``."""
        return tuple((segment.id, *segment._ranges()) for segment in self)
