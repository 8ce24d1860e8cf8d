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
        profiles, playbooks = (
            self.env[f"crm.value.{name}"].sudo() for name in ("profile", "playbook")
        )
        found = profiles._read_group(
            [
                ("partner_id", "in", contacts.commercial_partner_id.ids),
                ("company_id", "=", self.env.company.id),
            ],
            ["stage_id"],
        )
        if not found:
            return domain
        stages = [False, *(stage.id for (stage,) in found if stage)]
        others = playbooks.search([("stage_id", "not in", stages)])
        return Domain.AND([domain, [("id", "not in", others.plan_id.ids)]])
