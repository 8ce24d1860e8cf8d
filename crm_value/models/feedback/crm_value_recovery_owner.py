from datetime import timedelta

from odoo import fields, models


class CrmValueRecovery(models.Model):
    """Who sees to an answer, and until when."""

    _inherit = "crm.value.recovery"

    def _owner(self):
        """Return who sees to it: the salesperson, who stands in, at last a manager."""
        salespeople = self.customer_id.user_id | self.partner_id.user_id
        chosen = salespeople | self.rule_id._standing_in() | self.rule_id._managers()
        return self.rule_id._working_here(chosen).filtered(self._may_own)[:1]

    def _may_own(self, user):
        """Return whether somebody may read what was answered."""
        readers = self.survey_id.restrict_user_ids
        manages = user.has_group("crm_value.group_manager")
        return not readers or user in readers or manages

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
