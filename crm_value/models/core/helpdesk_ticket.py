from odoo import models


class HelpdeskTicket(models.Model):
    """Opening, closing or moving a ticket changes the value of its customer."""

    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "crm.value.document"]

    _value_fields = frozenset({"stage_id", "partner_id", "company_id", "category_id"})

    _value_partner_idx = models.Index("(partner_id) WHERE partner_id IS NOT NULL")
    # Who calls, whose ticket or quotation is shown: what else is open of it?
    _value_customer_idx = models.Index(
        "(commercial_partner_id) WHERE commercial_partner_id IS NOT NULL"
    )
