from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ... import words
from ...const import OFFICER
from .const import BY_PLAYBOOK, BY_YEAR
from .crm_value_segment_offer import EDITIONS

SIZES = [edition for edition, _label in EDITIONS]


class CrmValueProfile(models.Model):
    """Says what a customer is offered, and what it is held out of.

    The edition goes by its segments and its stage; held out is who is drawn, of all
    promotion for a year or of a playbook.
    """

    _inherit = "crm.value.profile"

    segment_offer = fields.Text(
        string="What to Offer",
        compute="_compute_segment_offer",
        groups=OFFICER,
        help="By segment, for the stage the customer is in. Choose the smallest that "
        "is of use.",
    )
    held_out_note = fields.Char(string="Held Out", compute="_compute_held_out_note")

    @api.depends("stage_id")
    @api.depends_context("lang")
    def _compute_segment_offer(self):
        offers = self.env["crm.value.segment.offer"].search(
            [
                ("company_id", "in", self.company_id.ids),
                ("stage_id", "in", self.stage_id.ids),
                ("segment_id.active", "=", True),
            ]
        )
        inside = {
            segment: self.search(
                segment._profile_domain() & Domain("id", "in", self.ids)
            )
            for segment in offers.segment_id  # a handful, each a filter of its own
        }
        offers = offers.sorted(lambda one: SIZES.index(one.edition))
        for profile in self:
            profile.segment_offer = "\n".join(
                self.env._(
                    "%(segment)s – %(offer)s",
                    segment=one.segment_id.name,
                    offer=one._say(),
                )
                for one in offers
                if one.stage_id == profile.stage_id
                and profile in inside[one.segment_id]
            )

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
