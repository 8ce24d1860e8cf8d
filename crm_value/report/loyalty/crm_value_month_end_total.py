from odoo import fields, models

from ...models.loyalty.const import LOYALTY_CLASSES
from ..lifecycle.crm_value_month_end_total import KEYS


class CrmValueMonthEndTotal(models.Model):
    """Month ends are added up by loyalty class, too."""

    _inherit = "crm.value.month.end.total"
    _keys = (*KEYS, "loyalty_class")

    loyalty_class = fields.Selection(LOYALTY_CLASSES)
