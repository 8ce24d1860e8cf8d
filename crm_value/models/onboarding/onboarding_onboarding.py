from odoo import api, models
from odoo.exceptions import AccessError

PANEL = "crm_value.onboarding_first_steps"
MANAGER = "crm_value.group_manager"


class OnboardingOnboarding(models.Model):
    """The first steps of customer value: Odoo's own records, shown on the overview.

    Odoo's records are its administrator's; a manager of customer value works these few
    by the methods here. The company is the current one.
    """

    _inherit = "onboarding.onboarding"

    @api.model
    def get_value_steps(self):
        """Return the panel: what each step says today, and how it stands."""
        panel = self._value_panel()
        if not panel or panel.is_onboarding_closed:
            return None
        panel._search_or_create_progress()
        steps = [step._value_told() for step in panel.step_ids]
        return {
            "name": panel.name,
            "steps": steps,
            "text_completed": panel.text_completed
            if all(step["state"] != "open" for step in steps)
            else False,
        }

    @api.model
    def action_value_close(self):
        """Close the first steps of the current company."""
        panel = self._value_panel()
        panel._search_or_create_progress()
        panel.action_close()

    @api.model
    def action_value_reopen(self):
        """Show the first steps of the current company again."""
        panel = self._value_panel()
        progress = panel._search_or_create_progress()
        progress.is_onboarding_closed = False
        return self.env.ref("crm_value.crm_value_overview_action")._get_action_dict()

    @api.model
    def _value_panel(self):
        """Return the panel, with all rights for who may configure customer value."""
        if not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("Managers of customer value take the first steps.")
            )
        # Its records are the administrator's, who may have deleted it.
        panel = self.env.ref(PANEL, raise_if_not_found=False) or self
        return panel.sudo()

    @api.model
    def _value_is_open(self):
        """Return whether the user is shown the panel."""
        if not self.env.user.has_group(MANAGER):
            return False
        panel = self._value_panel()
        return bool(panel) and not panel.is_onboarding_closed
