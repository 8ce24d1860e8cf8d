from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError

# So many are worked on while the user waits; the cron does more.
AT_ONCE = 50


class CrmValuePlaybookLaunch(models.TransientModel):
    """Starts a playbook manually for selected customers, with a preview."""

    _name = "crm.value.playbook.launch"
    _inherit = ["crm.value.guarded"]
    _description = "Start a Playbook"

    profile_ids = fields.Many2many(
        "crm.value.profile", string="Customers", required=True
    )
    company_ids = fields.Many2many("res.company", compute="_compute_company_ids")
    stage_ids = fields.Many2many("crm.value.stage", compute="_compute_company_ids")
    playbook_id = fields.Many2one(
        "crm.value.playbook",
        required=True,
        ondelete="cascade",
        domain="['|', ('company_id', '=', False), ('company_id', 'in', company_ids), "
        "'|', ('stage_id', '=', False), ('stage_id', 'in', stage_ids)]",
    )
    description = fields.Text(related="playbook_id.description")
    send_mail = fields.Boolean(related="playbook_id.send_mail")
    step_count = fields.Integer(related="playbook_id.steps_count")
    customer_count = fields.Integer(string="Selected", compute="_compute_counts")
    start_count = fields.Integer(string="Will Start", compute="_compute_counts")
    running_count = fields.Integer(
        string="Skipped: Already Running", compute="_compute_counts"
    )
    foreign_count = fields.Integer(
        string="Skipped: Other Company", compute="_compute_counts"
    )
    mail_count = fields.Integer(string="Mails", compute="_compute_counts")
    held_text = fields.Text(string="Mails Held Back", compute="_compute_counts")

    @api.model
    def default_get(self, fields_list):
        """Take the customers chosen in the list, and suggest their stage's playbook."""
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "crm.value.profile":
            values.setdefault("profile_ids", self.env.context.get("active_ids", []))
        profiles = self.env["crm.value.profile"].browse(
            self.env.context.get("default_profile_ids")
            or self.env.context.get("active_ids", [])
        )
        if len(profiles.stage_id) == 1 and len(profiles.company_id) == 1:
            fitting = self.env["crm.value.playbook"]._by_stage(profiles.company_id)
            values["playbook_id"] = fitting.filtered(
                lambda playbook: playbook.stage_id == profiles.stage_id
            )[:1].id
        return values

    @api.depends("profile_ids")
    def _compute_company_ids(self):
        for wizard in self:
            wizard.company_ids = wizard.profile_ids.company_id
            wizard.stage_ids = wizard.profile_ids.stage_id

    @api.depends("profile_ids", "playbook_id")
    def _compute_counts(self):
        for wizard in self:
            ready, running, foreign = wizard._sort_out()
            wizard.customer_count = len(wizard.profile_ids)
            wizard.start_count = len(ready)
            wizard.running_count = len(running)
            wizard.foreign_count = len(foreign)
            held = wizard._held(ready)
            wizard.mail_count = (
                len(ready) - held.total() if wizard.playbook_id.send_mail else 0
            )
            labels = dict(
                self.env["crm.value.contact"]
                ._fields["reason"]
                ._description_selection(self.env)
            )
            wizard.held_text = "\n".join(
                f"{count} × {labels[reason]}" for reason, count in held.most_common()
            )

    def _sort_out(self):
        """Return the profiles (to start, that have it running, of other companies)."""
        self.ensure_one()
        chosen = self.profile_ids._origin
        company = self.playbook_id.company_id
        foreign = chosen.filtered(lambda p: company and p.company_id != company)
        starts = self.env["crm.value.playbook.start"]
        groups = starts._read_group(
            [
                ("playbook_id", "=", self.playbook_id.id),
                ("partner_id", "in", chosen.partner_id.ids),
                "|",
                ("date", "=", fields.Date.context_today(self)),
                *starts._running_domain(),
            ],
            ["company_id", "partner_id"],
        )
        busy = {(found.id, partner.id) for found, partner in groups}
        running = (chosen - foreign).filtered(
            lambda p: (p.company_id.id, p.partner_id.id) in busy
        )
        return chosen - foreign - running, running, foreign

    def _held(self, profiles):
        """Count why mails would be held back now, by reason."""
        if not self.playbook_id.send_mail:
            return Counter()
        topic = self.playbook_id._topic()
        return Counter(
            reason
            for company, of_company in profiles.grouped("company_id").items()
            for reason in self.env["crm.value.contact"]._suppression_reasons(
                company, [(partner, topic) for partner in of_company.partner_id]
            )
            if reason
        )

    def action_launch(self):
        """Start the playbook; a few customers get their activities at once."""
        self.profile_ids.check_access("read")
        ready, _running, _foreign = self._sort_out()
        if not ready:
            raise UserError(
                self.env._("There are no customers to start this playbook for.")
            )
        # Users read what is started; only this and the cron write it.
        starts = self.env["crm.value.playbook.start"].sudo()
        new = starts._begin_by_hand(self.playbook_id, ready)
        if len(new) <= AT_ONCE:
            new._work_safely("_take_steps")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_value.crm_value_playbook_start_action"
        )
        return {**action, "domain": [("id", "in", new.ids)], "context": {}}
