from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmValueOverride(models.Model):
    """Manual lifecycle stage."""

    _inherit = "crm.value.override"

    kind = fields.Selection(
        selection_add=[("stage", "Stage")], ondelete={"stage": "cascade"}
    )
    stage_id = fields.Many2one(
        "crm.value.stage",
        compute="_compute_what",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
    )

    _one_stage = models.Constraint(
        "CHECK ((kind = 'stage') = (stage_id IS NOT NULL))",
        "Choose the stage to set.",
    )

    @api.model
    def _kind_fields(self):
        return {**super()._kind_fields(), "stage": "stage_id"}

    @api.constrains("stage_id", "partner_id", "company_id")
    def _check_prospect(self):
        """Who has bought is no prospect any more, whatever anybody says."""
        prospects = self.filtered(lambda manual: manual.stage_id.code == "prospect")
        buyers = self.env["crm.value.profile"].search_fetch(
            [
                ("partner_id", "in", prospects.partner_id.ids),
                ("purchase_count", ">", 0),
            ],
            ["partner_id", "company_id"],
        )
        known = {(buyer.partner_id, buyer.company_id) for buyer in buyers}
        for override in prospects:
            if (override.partner_id, override.company_id) in known:
                raise ValidationError(
                    self.env._(
                        "%(customer)s has bought already and cannot be a prospect. "
                        "Choose another stage.",
                        customer=override.partner_id.display_name,
                    )
                )
