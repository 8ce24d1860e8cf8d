from odoo import api, models
from odoo.tools import SQL


class CrmValueFacts(models.AbstractModel):
    """Points are granted when they are earned: what they pay is no discount again."""

    _inherit = "crm.value.facts"

    @api.model
    def _payment_programs(self):
        return SQL("(%s OR program.value_ledger)", super()._payment_programs())
