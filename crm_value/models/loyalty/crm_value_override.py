from odoo import api, fields, models

from .const import LOYALTY_KINDS


class CrmValueOverride(models.Model):
    """A loyalty type set manually: people know more than documents.

    Convenience and monopoly are known in no other way.
    """

    _inherit = "crm.value.override"

    kind = fields.Selection(
        selection_add=[("loyalty_kind", "Loyalty Type")],
        ondelete={"loyalty_kind": "cascade"},
    )
    loyalty_kind = fields.Selection(
        LOYALTY_KINDS,
        string="Loyalty Type",
        compute="_compute_what",
        store=True,
        readonly=False,
        precompute=True,
    )

    _one_loyalty_kind = models.Constraint(
        "CHECK ((kind = 'loyalty_kind') = (loyalty_kind IS NOT NULL))",
        "Choose the loyalty type.",
    )

    @api.model
    def _kind_fields(self):
        return {**super()._kind_fields(), "loyalty_kind": "loyalty_kind"}
