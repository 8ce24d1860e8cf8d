from odoo import fields, models
from odoo.exceptions import UserError


class CrmValueIndexResultPart(models.AbstractModel):
    """A line of a result; fixed with it."""

    _name = "crm.value.index.result.part"
    _description = "Part of a Satisfaction Result"

    result_id = fields.Many2one(
        "crm.value.index.result", required=True, index=True, ondelete="cascade"
    )

    def write(self, vals):
        """Refuse changes of what is finished."""
        if self.result_id.filtered(lambda result: result.state == "done"):
            raise UserError(self.env._("A finished result never changes."))
        return super().write(vals)
