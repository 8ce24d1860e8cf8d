from odoo import api, models
from odoo.tools import SQL


class CrmValueFacts(models.AbstractModel):
    """Prospects, by what leads are worth on which nobody has entered an amount."""

    _inherit = "crm.value.facts"

    @api.model
    def _lead_amount(self):
        entered = super()._lead_amount()
        return SQL("COALESCE(%s, lead.value_expected)", entered)
