from datetime import timedelta

from odoo import fields, models


class CrmValueRecovery(models.Model):
    """Who sees to an answer, and until when."""

    _inherit = "crm.value.recovery"

    def _owner(self):
        """Return who sees to it: the salesperson, or else who stands in."""
        for user in (
            self.customer_id.user_id,
            self.partner_id.user_id,
            self.rule_id.user_id,
            self.rule_id.team_id.user_id,
        ):
            if user.active and self.company_id in user.company_ids:
                return user
        return self.env["res.users"]

    def _due_at(self):
        """Return when it must be done, by the hours the company works."""
        hours = self._due_hours()
        now = fields.Datetime.now()
        calendar = self.company_id.resource_calendar_id
        planned = calendar and calendar.plan_hours(hours, now, compute_leaves=True)
        return planned or now + timedelta(hours=hours)

    def _due_hours(self):
        """Return the working hours until it is due: those of the rule or of the tier.

        The stricter ones; a tier that promises no response target promises nothing.
        """
        tiers = self.env["crm.value.tier"]._by_customer(
            self.company_id, self.customer_id
        )
        tier = tiers.get((self.company_id.id, self.customer_id.id))
        promised = tier.response_hours if tier else 0.0
        return min(self.rule_id.due_hours, promised or self.rule_id.due_hours)
