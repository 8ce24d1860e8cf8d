from odoo import fields, models


class CrmValueProfile(models.Model):
    """Shows the running playbooks of a customer, and starts one."""

    _inherit = "crm.value.profile"

    playbook_count = fields.Integer(
        string="Running Playbooks", compute="_compute_playbook_count"
    )

    def _compute_playbook_count(self):
        starts = self.env["crm.value.playbook.start"]
        groups = starts._read_group(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", self.company_id.ids),
                *starts._running_domain(),
            ],
            ["company_id", "partner_id"],
            ["__count"],
        )
        counts = {(c.id, partner.id): count for c, partner, count in groups}
        for profile in self:
            key = (profile.company_id.id, profile.partner_id.id)
            profile.playbook_count = counts.get(key, 0)

    def action_open_playbooks(self):
        """Open the playbooks that were started for this customer."""
        return self._open_history("crm_value.crm_value_playbook_start_action")

    def action_start_playbook(self):
        """Ask which playbook to start for these customers."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_value.crm_value_playbook_launch_action"
        )
        action["context"] = {"default_profile_ids": self.ids}
        return action
