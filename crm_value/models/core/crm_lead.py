from odoo import models


class CrmLead(models.Model):
    """A new lead makes a prospect; a lost one may end it."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "crm.value.document"]

    _value_fields = frozenset(
        {"partner_id", "company_id", "user_id", "active", "expected_revenue"}
    )

    def _value_company(self):
        """Return the salesperson's company where the lead has none."""
        return self.company_id or self.user_id.company_id
