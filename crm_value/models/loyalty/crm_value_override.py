from odoo import api, fields, models

from .const import LOYALTY_KINDS, RELATION_LEVELS


class CrmValueOverride(models.Model):
    """A loyalty type set manually: people know more than documents.

    Convenience and monopoly are known in no other way.
    """

    _inherit = "crm.value.override"

    kind = fields.Selection(
        selection_add=[
            ("loyalty_kind", "Loyalty Type"),
            ("relation_level", "Relationship Level"),
        ],
        ondelete={"loyalty_kind": "cascade", "relation_level": "cascade"},
    )
    loyalty_kind = fields.Selection(
        LOYALTY_KINDS,
        string="Loyalty Type",
        compute="_compute_what",
        store=True,
        readonly=False,
        precompute=True,
    )

    relation_level = fields.Selection(
        RELATION_LEVELS,
        string="Relationship Level",
        compute="_compute_what",
        store=True,
        readonly=False,
        precompute=True,
    )

    _one_loyalty_kind = models.Constraint(
        "CHECK ((kind = 'loyalty_kind') = (loyalty_kind IS NOT NULL))",
        "Choose the loyalty type.",
    )

    _one_relation_level = models.Constraint(
        "CHECK ((kind = 'relation_level') = (relation_level IS NOT NULL))",
        "Choose the relationship level.",
    )

    @api.model
    def _kind_fields(self):
        return {
            **super()._kind_fields(),
            "loyalty_kind": "loyalty_kind",
            "relation_level": "relation_level",
        }
