from markupsafe import Markup

from odoo import api, models

from ...const import OFFICER
from .onboarding_onboarding import MANAGER

BUTTON = Markup('<p><a name="%s" type="action" class="btn btn-primary">%s</a></p>')


class CrmValueProfile(models.Model):
    """Lists of customers, where nobody is known yet, offer what helps."""

    _inherit = "crm.value.profile"

    @api.model
    def get_empty_list_help(self, help_message):
        """Say of a company without customers what brings them, with its button."""
        known = [("company_id", "in", self.env.companies.ids)]
        if not self.has_access("read") or self.search_count(known, limit=1):
            return super().get_empty_list_help(help_message)
        return self._nobody_yet()

    @api.model
    def _nobody_yet(self):
        """Return the help of lists in a company whose customers are not known yet."""
        title = self.env._("Nothing is known of customers yet")
        text = self.env._(
            "Customers are valued each night from posted invoices and confirmed "
            "orders. What was sold before Odoo can be brought in."
        )
        found = Markup('<p class="o_view_nocontent_smiling_face">%s</p><p>%s</p>')
        return found % (title, text) + self._nobody_button()

    @api.model
    def _nobody_button(self):
        """Return the button that helps who is looking, nothing for who can do none."""
        if self.env.user.has_group(MANAGER):
            action = "crm_value.onboarding_reopen_action"
            return BUTTON % (action, self.env._("First Steps"))
        if self.env.user.has_group(OFFICER):
            action = "crm_value.crm_value_import_action"
            return BUTTON % (action, self.env._("Import Purchases"))
        return Markup()
