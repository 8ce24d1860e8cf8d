from odoo import fields, models


class OnboardingProgressStep(models.Model):
    """Remembers what somebody said of a step that nothing else tells."""

    _inherit = "onboarding.progress.step"

    value_mark = fields.Selection(
        [("skipped", "Skipped"), ("kept", "Said to Be Done")], string="Mark"
    )
