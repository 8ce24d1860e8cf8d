from odoo import models
from odoo.fields import Domain


class MailActivitySchedule(models.TransientModel):
    """Offers no playbook that starts at a stage at which the customers are not."""

    _inherit = "mail.activity.schedule"

    def _get_plan_available_base_domain(self):
        """Leave out the plans of other stages; other documents are not concerned."""
        domain = super()._get_plan_available_base_domain()
        if self.res_model != "res.partner":
            return domain
        contacts = self._get_applied_on_records()
        profiles = (
            self.env["crm.value.profile"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", contacts.commercial_partner_id.ids),
                    ("company_id", "=", self.env.company.id),
                ]
            )
        )
        if not profiles:
            return domain
        others = (
            self.env["crm.value.playbook"]
            .sudo()
            .search([("stage_id", "not in", [False, *profiles.stage_id.ids])])
        )
        return Domain.AND([domain, [("id", "not in", others.plan_id.ids)]])
