from odoo import api, fields, models
from odoo.fields import Domain

from ...const import OFFICER
from .crm_value_segment_offer import EDITIONS

SIZES = [edition for edition, _label in EDITIONS]


class CrmValueProfile(models.Model):
    """Says which edition of the offer a customer gets, by its segments and stage."""

    _inherit = "crm.value.profile"

    segment_offer = fields.Text(
        string="What to Offer",
        compute="_compute_segment_offer",
        groups=OFFICER,
        help="By segment, for the stage the customer is in. Choose the smallest that "
        "is of use.",
    )

    @api.depends("stage_id")
    @api.depends_context("lang")
    def _compute_segment_offer(self):
        offers = self.env["crm.value.segment.offer"].search(
            [
                ("company_id", "in", self.company_id.ids),
                ("stage_id", "in", self.stage_id.ids),
                ("segment_id.active", "=", True),
            ]
        )
        inside = {
            segment: self.search(
                segment._profile_domain() & Domain("id", "in", self.ids)
            )
            for segment in offers.segment_id  # a handful, each a filter of its own
        }
        offers = offers.sorted(lambda one: SIZES.index(one.edition))
        for profile in self:
            profile.segment_offer = "\n".join(
                self.env._(
                    "%(segment)s – %(offer)s",
                    segment=one.segment_id.name,
                    offer=one._say(),
                )
                for one in offers
                if one.stage_id == profile.stage_id
                and profile in inside[one.segment_id]
            )
