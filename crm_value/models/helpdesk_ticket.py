from odoo import api, models


class HelpdeskTicket(models.Model):
    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "crm.value.badge"]

    @api.model_create_multi
    def create(self, vals_list):
        """A new ticket makes its customer's value stale."""
        tickets = super().create(vals_list)
        self.env["crm.value.stale"]._mark_documents(tickets)
        return tickets

    def write(self, vals):
        """So does closing it, or moving it to another customer."""
        if not {"stage_id", "partner_id", "company_id"} & vals.keys():
            return super().write(vals)
        self.env["crm.value.stale"]._mark_documents(self)
        result = super().write(vals)
        if "partner_id" in vals or "company_id" in vals:
            self.env["crm.value.stale"]._mark_documents(self)
        return result
