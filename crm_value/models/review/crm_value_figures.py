from odoo import models

from ...const import OFFICER
from ...fields import NullableMoney


class CrmValueFigures(models.AbstractModel):
    """What is left of a customer's margin once it is served."""

    _inherit = "crm.value.figures"
    _field_part = "selling"

    net_margin = NullableMoney(
        string="Left After Serving",
        aggregator="sum",
        groups=OFFICER,
        help="Margin of the value window, less the cost to serve and the benefits that "
        "no discount shows. Costs that nobody knows are left out: below zero, it is "
        "certain that the customer costs more than it brings.",
    )
