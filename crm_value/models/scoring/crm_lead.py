from odoo import models


class CrmLead(models.Model):
    """A lead shows the value of its customer."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "crm.value.badge"]
