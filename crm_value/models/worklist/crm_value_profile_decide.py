from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

REJECT_DAYS = 180


class CrmValueProfile(models.Model):
    """Working a list: done, later, or not at all, for one customer or many."""

    _inherit = "crm.value.profile"

    def action_done(self):
        """Note that the customers have been worked; they rest until they are due."""
        today = fields.Date.context_today(self)

        def until(profile):
            rested = today + timedelta(days=profile.policy_id.rest_days or 30)
            return max(rested, profile.next_contact_date or rested)

        return self._decide("done", until)

    def action_snooze(self):
        """Ask until when."""
        return self._open_decide("snooze", self.env._("Come Back to It Later"))

    def action_reject(self):
        """Ask why."""
        return self._open_decide("reject", self.env._("Leave Off the List"))

    def _open_decide(self, kind, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "crm.value.profile.decide",
            "view_mode": "form",
            "target": "new",
            "context": {
                "dialog_size": "medium",
                "default_kind": kind,
                "default_profile_ids": self.ids,
            },
        }

    def _reject(self, reason, note):
        """Take the customers off until they change stage, half a year at most."""
        until = fields.Date.context_today(self) + timedelta(days=REJECT_DAYS)
        return self._decide("reject", lambda _p: until, reason_id=reason.id, note=note)

    def _decide(self, kind, until, **values):
        """Decide about the customers that wait on a list; say so, with a way back.

        :param until: function from a profile to the day the decision ends
        """
        waiting = self.filtered(lambda p: p.worklist and not p.decision_id)
        if not waiting:
            raise UserError(self._say_decided())
        decisions = self.env["crm.value.decision"].create(
            [
                {
                    "partner_id": profile.partner_id.id,
                    "company_id": profile.company_id.id,
                    "worklist": profile.worklist,
                    "stage_id": profile.stage_id.id,
                    "kind": kind,
                    "date_until": until(profile),
                    **values,
                }
                for profile in waiting
            ]
        )
        waiting.invalidate_recordset(["decision_id"])
        return {
            "type": "ir.actions.client",
            "tag": "crm_value_decided",
            "params": {
                "message": waiting._say_decision(decisions, len(self) - len(waiting)),
                "decision_ids": decisions.ids,
            },
        }

    def _say_decided(self):
        """Return why nothing is left to be decided."""
        decision = self.decision_id[:1]
        if not decision:
            return self.env._("The customer is on no list any more. Reload the list.")
        return self.env._(
            "%(user)s has decided about %(customer)s already. Reload the list.",
            user=decision.user_id.name,
            customer=decision.partner_id.display_name,
        )

    def _say_decision(self, decisions, skipped):
        """Return what was decided, in words."""
        labels = decisions._labels("kind")
        until = min(decisions.mapped("date_until"))
        message = self.env._(
            "%(customer)s: %(decision)s, off the list until %(date)s.",
            customer=self.partner_id.display_name
            if len(self) == 1
            else self.env._("%(count)s customers", count=len(self)),
            decision=labels[decisions[0].kind],
            date=format_date(self.env, until),
        )
        if not skipped:
            return message
        return message + self.env._(
            " Left as they are: %(count)s, decided before.", count=skipped
        )
