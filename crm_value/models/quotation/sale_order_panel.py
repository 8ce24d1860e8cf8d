from odoo import api, models

from ..complaint.const import DONE
from ..service.crm_value_ticketing import TICKET


class SaleOrder(models.Model):
    """Whoever writes a quotation sees the customer's matters beside it.

    A confirmed order is no place for them any more.
    """

    _name = "sale.order"
    _inherit = ["sale.order", "crm.value.panel"]

    @api.depends("state")
    def _compute_value_panel(self):
        return super()._compute_value_panel()

    def _value_asked(self):
        quotations = self.filtered(lambda order: order.state in ("draft", "sent"))
        return super(SaleOrder, quotations)._value_asked()

    def _value_open_tickets(self):
        """Whoever sells is told how many are open, also of those it may not read."""
        return super(SaleOrder, self.sudo())._value_open_tickets()

    def _value_other_tickets(self, tickets):
        uses = self.env.user.has_group("crm_value.group_part_service")
        return tickets if uses else self.env[TICKET]

    def _value_tickets_told(self, others, **texts):
        """Name complaints: they come before anything that is to be sold."""
        told = super()._value_tickets_told(others, **texts)
        complaints = others.sudo().filtered(
            lambda ticket: ticket.value_duty not in (False, DONE[0])
        )
        if not complaints:
            return told
        texts["complaints"] = len(complaints)
        text = self.env._(
            "%(tickets)s open, since %(date)s; complaints among them: %(complaints)s",
            **texts,
        )
        first = self.env._("Speak about the open complaint before you offer anything.")
        return {"text": text, "first": (15, first), "tone": "warning"}
