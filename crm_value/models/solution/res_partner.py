from odoo import fields, models

from .const import SELLING


class ResPartner(models.Model):
    """A contact keeps what it was found to need, for the next quotation."""

    _inherit = "res.partner"

    value_need_line_ids = fields.One2many(
        "crm.value.need.line", "partner_id", string="Needs", groups=SELLING
    )

    def action_value_solutions(self):
        """Look for what meets the contact's needs."""
        return self.env["crm.value.solution"]._open(self)
