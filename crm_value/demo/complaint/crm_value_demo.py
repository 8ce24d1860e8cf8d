from datetime import datetime, timedelta

from odoo import Command, api, models

from .complaints import COMPLAINTS


class CrmValueDemo(models.AbstractModel):
    """Gives the demo a complaint under way, one confirmed and one closed early."""

    _inherit = "crm.value.demo"

    @api.model
    def _create_tickets(self, company, today):
        result = super()._create_tickets(company, today)
        category = self.env["helpdesk.ticket.category"].create(
            {
                "name": self.env._("Complaint"),
                "value_complaint": True,
                "company_id": company.id,
            }
        )
        self._name_records("demo_complaint_category", category)
        for complaint in COMPLAINTS:
            self._complain(complaint, category)
        return result

    @api.model
    def _complain(self, complaint, category):
        """Create a complaint as it came, then what has been done since."""
        opened = datetime.now().replace(microsecond=0) - timedelta(hours=complaint.age)
        ticket = self.env["helpdesk.ticket"].create(
            {
                "name": complaint.title,
                "description": complaint.title,
                "partner_id": self._ref(complaint.who).id,
                "company_id": category.company_id.id,
                "category_id": category.id,
                "create_date": opened,
            }
        )
        facts = {
            name: opened + timedelta(hours=hours)
            for name, hours in complaint.done.items()
        }
        answered = {"value_responded_at": facts["value_acknowledged_at"]}
        ticket.write({**self._found_out(complaint.values), **facts, **answered})
        if complaint.closed:
            self._close(ticket, opened + timedelta(hours=complaint.closed))

    @api.model
    def _close(self, ticket, moment):
        early = not ticket.value_confirmed_at
        reason = self.env._("Could not be reached for three weeks")
        done = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        ticket.value_close_reason = early and reason
        ticket.stage_id = done
        ticket.write({"closed_date": moment, "value_resolved_at": moment})

    @api.model
    def _found_out(self, values):
        """Return what was found out, with records for their XML ids."""
        found = dict(values)
        for name in ("value_cause_id", "value_product_ids"):
            if name in found:
                record = self.env.ref(f"crm_value.{found[name]}")
                many = name == "value_product_ids"
                found[name] = [Command.link(record.id)] if many else record.id
        return found
