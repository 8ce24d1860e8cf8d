from odoo import api, fields, models

from ..service.crm_value_ticketing import TICKET


class CrmValueFaqUse(models.Model):
    """A frequent question whose answer was sent on a ticket, and whether it helped.

    Nobody has any right on it: what is known of a use is told on its ticket.
    """

    _name = "crm.value.faq.use"
    _description = "Use of a Frequent Question"
    _is_result = True

    faq_id = fields.Many2one(
        "crm.value.faq", required=True, index=True, ondelete="cascade"
    )
    ticket_id = fields.Many2one(TICKET, required=True, index=True, ondelete="cascade")
    reopened_before = fields.Integer(help="How often the ticket had been reopened.")
    is_marked = fields.Boolean(help="Somebody said that it did not help.")
    is_unhelpful = fields.Boolean(compute="_compute_is_unhelpful", store=True)

    _once = models.UniqueIndex("(faq_id, ticket_id)")

    @api.depends("is_marked", "reopened_before", "ticket_id.value_reopened")
    def _compute_is_unhelpful(self):
        """A ticket that was reopened since, also by a bad answer, was not helped."""
        for use in self:
            reopened = use.ticket_id.value_reopened > use.reopened_before
            use.is_unhelpful = use.is_marked or reopened
