from odoo import models

FOLLOWED = ("res.partner", "crm.lead", "sale.order")


class MailActivity(models.Model):
    """Planning a follow-up, or doing it, changes when a customer is contacted next."""

    _name = "mail.activity"
    _inherit = ["mail.activity", "crm.value.marker"]

    _value_fields = frozenset({"date_deadline", "active", "res_id", "res_model_id"})

    def _mark_value_stale(self):
        """Queue those that have a profile: an activity alone makes no customer."""
        partners = self.env["res.partner"].union(
            *(
                self._value_followed(model, of_model.mapped("res_id"))
                for model, of_model in self.grouped("res_model").items()
                if model in FOLLOWED
            )
        )
        if not partners:
            return
        # Whose profile it is does not depend on who plans.
        profiles = self.env["crm.value.profile"].sudo()
        profiles = profiles.search([("partner_id", "in", partners.ids)])
        for company, of_company in profiles.grouped("company_id").items():
            self.env["crm.value.stale"]._mark(of_company.partner_id, company)

    def _value_followed(self, model, ids):
        """Return the customers of followed records, whoever may read them."""
        records = self.env[model].sudo().browse(ids).exists()
        contacts = records if model == "res.partner" else records.partner_id
        return contacts.commercial_partner_id
