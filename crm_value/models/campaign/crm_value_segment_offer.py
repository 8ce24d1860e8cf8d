from odoo import fields, models

EDITIONS = [
    ("basic", "Basic"),
    ("enhanced", "Enhanced"),
    ("complete", "Complete"),
    ("classic", "Classic"),
]


class CrmValueSegmentOffer(models.Model):
    """Which edition of the offer a segment's customers get in a stage of their life."""

    _name = "crm.value.segment.offer"
    _inherit = ["crm.value.guarded"]
    _description = "Offer of a Segment"
    _is_result = True  # what it stands on could not go before it
    _order = "segment_id, stage_sequence, id"
    _rec_name = "edition"

    segment_id = fields.Many2one(
        "crm.value.segment", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="segment_id.company_id", store=True)
    stage_id = fields.Many2one(
        "crm.value.stage", string="Lifecycle Stage", required=True, ondelete="restrict"
    )
    stage_sequence = fields.Integer(related="stage_id.sequence", store=True)
    edition = fields.Selection(
        EDITIONS,
        required=True,
        default="basic",
        help="The smallest that is of use to them at this stage.",
    )
    description = fields.Text(
        string="What It Holds", translate=True, help="What they are offered by it."
    )

    _once = models.UniqueIndex(
        "(segment_id, stage_id)", "A segment has one offer for each stage."
    )

    def _say(self):
        """Return the edition, with what it holds where somebody has said so."""
        self.ensure_one()
        label = dict(self._fields["edition"]._description_selection(self.env))
        edition = label[self.edition]
        if not self.description:
            return edition
        return self.env._(
            "%(edition)s: %(what)s", edition=edition, what=self.description
        )
