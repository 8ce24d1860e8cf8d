from odoo import api, models


class CrmValueFacts(models.AbstractModel):
    """Reads what some customers bought, day by day, as a run reads it."""

    _inherit = "crm.value.facts"

    @api.model
    def _days_of(self, company, partners, last):
        """Return the purchases by day of customers, under the published policy.

        :param partners: array of customers' ids
        :param last: the last day that counts
        """
        policy = self.env["crm.value.policy"]._published(company)
        run = self.env["crm.value.run"].new(
            {"company_id": company.id, "policy_id": policy.id}
        )
        return self._gather_days(run._scope(last, partner_ids=tuple(partners.tolist())))
