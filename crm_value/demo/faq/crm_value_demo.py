from odoo import api, models

from .questions import QUESTIONS


class CrmValueDemo(models.AbstractModel):
    """Lets the demo desk have written down what is asked often, and used it."""

    _inherit = "crm.value.demo"

    @api.model
    def _create_tickets(self, company, today):
        result = super()._create_tickets(company, today)
        self._create_questions(company)
        return result

    @api.model
    def _create_questions(self, company):
        tickets = self.env["helpdesk.ticket"].search(
            [("company_id", "=", company.id), ("closed", "=", True)], order="id"
        )
        faqs = self.env["crm.value.faq"].create(
            [
                {"question": question, "answer": answer, "company_id": company.id}
                for question, answer, *_judged in QUESTIONS
            ]
        )
        self.env["crm.value.faq.use"].create(
            [
                {"faq_id": faq.id, "ticket_id": ticket.id, "is_marked": at < bad}
                for faq, (_q, _a, used, bad) in zip(faqs, QUESTIONS, strict=True)
                for at, ticket in enumerate(tickets[:used])
            ]
        )
        self._name_records("demo_faq", faqs)
