from odoo import fields, models

from ...given import number


class HelpdeskTicket(models.Model):
    """A ticket is replied to with answers of frequent questions."""

    _inherit = "helpdesk.ticket"

    value_faq_use_ids = fields.One2many(
        "crm.value.faq.use", "ticket_id", copy=False, groups="base.group_system"
    )

    def action_insert_faq(self, faq_id):
        """Open a reply that has the answer of a frequent question."""
        self.ensure_one().check_access("write")
        faq = self.env["crm.value.faq"].browse(number(faq_id) or ())
        faq.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reply"),
            "res_model": "mail.compose.message",
            "views": [[False, "form"]],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_body": faq.answer,
                "default_partner_ids": self.partner_id.ids,
                "default_value_faq_id": faq.id,
            },
        }

    def mark_faq(self, faq_id, is_unhelpful):
        """Note whether an answer that was sent on the ticket did not help."""
        self.ensure_one().check_access("write")
        # Who works on the ticket judges what was sent on it.
        uses = self.sudo().value_faq_use_ids
        uses.filtered(lambda use: use.faq_id.id == faq_id).is_marked = is_unhelpful

    def _value_use(self, faq):
        """Count the answer that was sent on these tickets, once each."""
        # Nobody writes the count by hand; what is open to the sender was checked.
        for ticket in self.sudo():
            if faq not in ticket.value_faq_use_ids.faq_id:
                ticket.value_faq_use_ids.create(
                    {
                        "faq_id": faq.id,
                        "ticket_id": ticket.id,
                        "reopened_before": ticket.value_reopened,
                    }
                )
