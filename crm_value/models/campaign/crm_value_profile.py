from odoo import api, fields, models
from odoo.tools import format_date

from ... import words
from .const import BY_PLAYBOOK, BY_YEAR


class CrmValueProfile(models.Model):
    """Says why a customer gets no promotion, or why a playbook does not start."""

    _inherit = "crm.value.profile"

    held_out_note = fields.Char(string="Held Out", compute="_compute_held_out_note")

    @api.depends("partner_id", "company_id")
    @api.depends_context("lang")
    def _compute_held_out_note(self):
        for company, profiles in self.grouped("company_id").items():
            notes = profiles._say_held_out(company)
            for profile in profiles:
                profile.held_out_note = notes.get(profile.partner_id.id, False)

    def _say_held_out(self, company):
        """Return {customer id: what it is held out of, and until when}."""
        # Everybody who looks after a customer may know; what it brings is not told.
        members = self.env["crm.value.holdout.member"].sudo()
        today = self.env["crm.value.run"]._today(company)
        year, playbook = (
            members._held_now(company, self.partner_id, today, kind)
            for kind in (BY_YEAR, BY_PLAYBOOK)
        )
        told = {}
        for member in year + playbook:
            told.setdefault(member.partner_id.id, []).append(self._say_held(member))
        return {one: words.clauses(self.env, said) for one, said in told.items()}

    @api.model
    def _say_held(self, member):
        day = format_date(self.env, member.date_end)
        if member.holdout_id._is_year():
            return self.env._(
                "Held out of all promotion until %(day)s, by chance, so that it can be "
                "measured what marketing brings",
                day=day,
            )
        return self.env._(
            "The playbook “%(name)s” does not start for this customer until %(day)s: "
            "held out by chance, so that it can be measured what it brings",
            name=member.holdout_id.playbook_id.name,
            day=day,
        )
