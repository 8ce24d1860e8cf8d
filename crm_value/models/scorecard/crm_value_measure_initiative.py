from datetime import timedelta

from odoo import api, fields, models

from ... import words
from .sources import BY_KEY

ENTER = "crm_value.mail_activity_enter"
INITIATIVE = "crm_value.mail_activity_initiative"
DUE = timedelta(days=10)  # to enter a month
MONTHS = 2  # off target, until something is proposed


class CrmValueMeasure(models.Model):
    """What people do about a measure: enter it, and act where it is off target."""

    _inherit = "crm.value.measure"

    is_asked = fields.Boolean(
        string="Entered Manually",
        compute="_compute_is_asked",
        search="_search_is_asked",
        help="Nothing computes it here, so that its owner is asked for each month.",
    )
    initiative_count = fields.Integer(
        string="Initiatives Under Way", compute="_compute_initiative_count"
    )

    @api.depends("source")
    def _compute_is_asked(self):
        sources = self.env["crm.value.measure.source"]
        for measure in self:
            measure.is_asked = not measure.source or bool(
                sources._say_missing(measure.source)
            )

    @api.model
    def _search_is_asked(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        sources = self.env["crm.value.measure.source"]
        missing = [key for key in BY_KEY if sources._say_missing(key)]
        return [("source", "in", [False, *missing])]

    @api.depends("activity_ids.activity_type_id")
    def _compute_initiative_count(self):
        kind = self.env.ref(INITIATIVE)
        for measure in self:
            measure.initiative_count = len(
                measure.activity_ids.filtered(lambda one: one.activity_type_id == kind)
            )

    # --- asked for ---

    def _remind(self, month):
        """Ask the owners for a month, each in the own language."""
        for measure in self.filtered("owner_id"):
            owner = measure.owner_id
            spoken = measure.with_context(lang=owner.lang)
            spoken.activity_schedule(
                ENTER,
                date_deadline=fields.Date.context_today(self) + DUE,
                summary=spoken.env._(
                    "Enter %(month)s: %(measure)s",
                    month=words.month(spoken.env, month),
                    measure=spoken.name,
                ),
                user_id=owner.id,
            )

    def _stop_reminding(self):
        """Take back requests where no month is open any more."""
        open_months = self.env["crm.value.measure.month"].search(
            [
                ("measure_id", "in", self.ids),
                ("value", "=", False),
                ("closed", "=", False),
            ]
        )
        (self - open_months.measure_id).activity_unlink([ENTER])

    # --- off target ---

    def _note_off_target(self):
        """Keep whether the last two known months missed the goal of their time."""
        months = self.env["crm.value.measure.month"].search(
            [("measure_id", "in", self.ids), ("score", "!=", False)],
            order="month DESC, id DESC",
        )
        by_measure = months.grouped("measure_id")
        for measure in self:
            last = by_measure.get(measure, months.browse())[:MONTHS]
            missed = len(last) == MONTHS and "good" not in last.mapped("light")
            if measure.off_target != missed:
                measure._ours().off_target = missed

    def action_plan_initiative(self):
        """Plan what is proposed, for the owner; whoever asks may change it after."""
        self.check_access("write")
        today = fields.Date.context_today(self)
        for measure in self:
            measure.activity_schedule(
                INITIATIVE,
                date_deadline=today + timedelta(days=30),
                summary=self.env._("Back on target: %(name)s", name=measure.name),
                note=measure.initiative or "",
                user_id=(measure.owner_id or self.env.user).id,
            )
