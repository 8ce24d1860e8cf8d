from odoo import api, fields, models

from ...models.campaign.const import BY_PLAYBOOK


class CrmValuePlaybookLaunch(models.TransientModel):
    """Leaves out customers for whom the playbook is held out."""

    _inherit = "crm.value.playbook.launch"

    held_out_count = fields.Integer(
        string="Skipped: Held Out", compute="_compute_held_out_count"
    )

    @api.depends("profile_ids", "playbook_id")
    def _compute_held_out_count(self):
        for wizard in self:
            wizard.held_out_count = len(wizard._held_out())

    def _sort_out(self):
        ready, running, foreign = super()._sort_out()
        held = self._held_out()
        return ready - held, running - held, foreign

    def _held_out(self):
        """Return the chosen profiles for whom the playbook is held out today."""
        found = self.env["crm.value.profile"]
        # Who starts playbooks need not see what is measured.
        members = self.env["crm.value.holdout.member"].sudo()
        for company, profiles in self.profile_ids._origin.grouped("company_id").items():
            today = self.env["crm.value.run"]._today(company)
            held = members._held_now(company, profiles.partner_id, today, BY_PLAYBOOK)
            held = held.filtered(
                lambda one: one.holdout_id.playbook_id == self.playbook_id
            )
            found += profiles.filtered(
                lambda one, held=held: one.partner_id in held.partner_id
            )
        return found
