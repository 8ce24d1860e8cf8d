from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.worklist.const import DECISIONS, OUTCOMES

WEEK = timedelta(days=7)
MONTH = relativedelta(months=1)


class CrmValueProfileDecide(models.TransientModel):
    """Asks what came of it, until when to snooze a customer, or why to reject it."""

    _name = "crm.value.profile.decide"
    _description = "Decision on Worklist Customers"

    profile_ids = fields.Many2many("crm.value.profile", required=True)
    profile_count = fields.Integer(compute="_compute_profile_count")
    profile_name = fields.Char(compute="_compute_profile_count")
    kind = fields.Selection(DECISIONS, required=True)
    date_until = fields.Date(
        string="Until",
        default=lambda self: fields.Date.context_today(self) + WEEK,
    )
    reason_id = fields.Many2one("crm.value.decision.reason", string="Why")
    outcome = fields.Selection(OUTCOMES, string="What Came of It")
    note = fields.Char()

    @api.depends("profile_ids")
    def _compute_profile_count(self):
        for wizard in self:
            wizard.profile_count = len(wizard.profile_ids)
            wizard.profile_name = wizard.profile_ids[:1].display_name

    def action_week(self):
        """Come back in a week."""
        return self._snooze(fields.Date.context_today(self) + WEEK)

    def action_month(self):
        """Come back in a month."""
        return self._snooze(fields.Date.context_today(self) + MONTH)

    def action_until(self):
        """Come back on the chosen day."""
        return self._snooze(self.date_until)

    def _snooze(self, day):
        if not day or day <= fields.Date.context_today(self):
            raise UserError(self.env._("Choose a day after today to come back to it."))
        return self.profile_ids._decide("snooze", lambda _p: day)

    def action_done(self):
        """Take the customers off until they are due again, and say what came of it."""
        if not self.outcome:
            raise UserError(self._say_lacking("outcome"))
        return self.profile_ids._done(outcome=self.outcome, note=self.note)

    def action_reject(self):
        """Take the customers off the list, for the reason given."""
        if not self.reason_id:
            raise UserError(self._say_lacking("reason_id"))
        return self.profile_ids._reject(self.reason_id, self.note)

    def _say_lacking(self, name):
        """Return what is to be chosen first, by the name that the dialog shows."""
        return self.env._(
            "Choose an answer below “%(field)s” first.",
            field=self._fields[name]._description_string(self.env),
        )
