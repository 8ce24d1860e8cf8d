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
            self._complain(complaint, category, company)
        return result

    @api.model
    def _complain(self, complaint, category, company):
        opened = datetime.now().replace(microsecond=0) - timedelta(hours=complaint.age)
        ticket = self.env["helpdesk.ticket"].create(
            {
                "name": complaint.title,
                "description": complaint.title,
                "partner_id": self._ref(complaint.who).id,
                "company_id": company.id,
                "category_id": category.id,
                "create_date": opened,
            }
        )
        facts = {
            name: opened + timedelta(hours=hours)
            for name, hours in complaint.done.items()
        }
        ticket.write({**self._found_out(complaint.values), **facts})
        ticket.value_responded_at = facts["value_acknowledged_at"]
        if complaint.closed:
            ticket.write(
                {
                    "stage_id": self.env.ref(
                        "helpdesk_mgmt.helpdesk_ticket_stage_done"
                    ).id,
                    "value_close_reason": False
                    if "value_confirmed_at" in facts
                    else self.env._("Could not be reached for three weeks"),
                }
            )
            closed = opened + timedelta(hours=complaint.closed)
            ticket.write({"closed_date": closed, "value_resolved_at": closed})

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
