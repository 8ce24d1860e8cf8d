from odoo import api, models


class CrmValueOverview(models.AbstractModel):
    """Tells the overview whether the first steps stand above it."""

    _inherit = "crm.value.overview"

    @api.model
    @api.readonly
    def get_overview(self, month=None, company_id=None):
        """Return also whether the user is shown the first steps of the company."""
        found = super().get_overview(month=month, company_id=company_id)
        panels = self._of_company(company_id).env["onboarding.onboarding"]
        return {**found, "first_steps": panels._value_is_open()}
