from odoo import api, fields, models
from odoo.fields import Domain


class CrmValueProfile(models.Model):
    """The place of a customer on a worklist, and who has decided about it."""

    _inherit = "crm.value.profile"

    decision_id = fields.Many2one(
        "crm.value.decision",
        string="Off the List by",
        compute="_compute_decision_id",
        search="_search_decision_id",
        help="The decision in force about the list the customer is on.",
    )
    decision_until = fields.Date(
        related="decision_id.date_until", string="Off the List until"
    )
    is_due = fields.Boolean(
        string="Due Today",
        compute="_compute_is_due",
        search="_search_is_due",
        help="The next best date is past or today; on a day off, the next working day.",
    )
    email = fields.Char(related="partner_id.email")
    phone = fields.Char(related="partner_id.phone")

    @api.depends("worklist", "stage_id")
    def _compute_decision_id(self):
        today = fields.Date.context_today(self)
        found = self.env["crm.value.decision"]._in_force(self, today)
        for profile in self:
            profile.decision_id = found.get(profile, False)

    def _search_decision_id(self, operator, value):
        if operator not in ("in", "not in") or set(value) != {False}:
            return NotImplemented
        today = fields.Date.context_today(self)
        decided = self.env["crm.value.decision"]._profiles_off_list(today)
        return Domain("id", "not in" if operator == "in" else "in", decided)

    @api.depends("next_contact_date")
    def _compute_is_due(self):
        today = fields.Date.context_today(self)
        for company, profiles in self.grouped("company_id").items():
            last = company._next_workday(today)
            for profile in profiles:
                day = profile.next_contact_date
                profile.is_due = bool(day) and day <= last

    def _search_is_due(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        today = fields.Date.context_today(self)
        return Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("next_contact_date", "<=", company._next_workday(today))
            for company in self.env.companies
        )

    def action_plan_activity(self):
        """Plan a follow-up on the customers."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan a Follow-up"),
            "res_model": "mail.activity.schedule",
            "view_mode": "form",
            "target": "new",
            "context": {
                "active_model": "res.partner",
                "active_ids": self.partner_id.ids,
                "active_id": self.partner_id[:1].id,
            },
        }

    def action_write_mail(self):
        """Write to the customers: one message on the contact, or many at once."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write a Mail"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": "res.partner",
                "default_res_ids": self.partner_id.ids,
                "default_partner_ids": self.partner_id.ids if len(self) == 1 else [],
                "default_composition_mode": "comment"
                if len(self) == 1
                else "mass_mail",
            },
        }
