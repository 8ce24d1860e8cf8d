from odoo import fields, models
from odoo.tools import SQL

from ...const import QUADRANTS


class CrmValueAnswer(models.Model):
    """Where the customer who answered stands today."""

    _inherit = "crm.value.answer"
    _depends = {
        "crm.value.profile": [
            "company_id",
            "partner_id",
            "quadrant",
            "rfm_segment",
            "stage_id",
            "tier_id",
        ],
    }

    stage_id = fields.Many2one("crm.value.stage", readonly=True)
    tier_id = fields.Many2one("crm.value.tier", readonly=True)
    rfm_segment = fields.Many2one(
        "crm.value.rfm.segment", string="RFM Segment", readonly=True
    )
    quadrant = fields.Selection(QUADRANTS, readonly=True)

    @property
    def _table_query(self):
        """PostgreSQL leaves the profiles out where nobody asks for them."""
        return SQL(
            """
            SELECT answer.*, profile.stage_id, profile.tier_id, profile.rfm_segment,
                   profile.quadrant
              FROM (%(answers)s) answer
         LEFT JOIN crm_value_profile profile
                ON profile.company_id = answer.company_id
               AND profile.partner_id = answer.commercial_partner_id
            """,
            answers=super()._table_query,
        )
