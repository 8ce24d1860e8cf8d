from odoo import api, fields, models
from odoo.fields import Domain

RUNNING = ["|", ("state", "=", "waiting"), ("open_count", ">", 0)]


class CrmValuePlaybookStart(models.Model):
    """A playbook started for one customer, run by the cron and kept as history."""

    _name = "crm.value.playbook.start"
    _inherit = ["crm.value.work"]
    _description = "Started Playbook"
    _is_result = True
    _value_part = "playbook"
    _order = "date DESC, id DESC"
    _rec_name = "playbook_id"
    _job = "crm_value.ir_cron_playbook"

    playbook_id = fields.Many2one(
        "crm.value.playbook", required=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    origin_id = fields.Integer(
        aggregator=None, string="Original Customer ID", required=True
    )
    date = fields.Date(required=True)
    stage_id = fields.Many2one(
        "crm.value.stage",
        string="Stage Entered",
        ondelete="restrict",
        help="Empty if started manually.",
    )
    transition_id = fields.Many2one(
        "crm.value.transition", index="btree_not_null", ondelete="set null"
    )
    user_id = fields.Many2one(
        "res.users", string="Started By", help="Empty if started by a stage change."
    )
    salesperson_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("done", "Started"),
            ("stopped", "Stopped"),
            ("failed", "Failed"),
            ("held", "Held Out"),
        ],
        default="waiting",
        required=True,
    )
    message = fields.Char()
    step_ids = fields.One2many("crm.value.playbook.step", "start_id", string="Steps")
    step_count = fields.Integer(
        string="Total Steps", compute="_compute_open_count", store=True
    )
    open_count = fields.Integer(
        string="Open Steps", compute="_compute_open_count", store=True
    )
    contact_ids = fields.One2many(
        "crm.value.contact", "start_id", string="Automatic Contacts"
    )
    needs_owner = fields.Boolean(
        compute="_compute_needs_owner",
        search="_search_needs_owner",
        help="An open step has no owner.",
    )

    _once = models.UniqueIndex("(company_id, origin_id, playbook_id, date)")
    _waiting_idx = models.Index("(id) WHERE state = 'waiting'")
    _open_idx = models.Index("(company_id, partner_id) WHERE open_count > 0")

    @api.depends("step_ids.state")
    def _compute_open_count(self):
        for start in self:
            start.step_count = len(start.step_ids)
            start.open_count = len(
                start.step_ids.filtered(lambda step: step.state == "open")
            )

    @api.depends("step_ids.state", "step_ids.user_id")
    def _compute_needs_owner(self):
        for start in self:
            start.needs_owner = any(
                step.state == "open" and not step.user_id for step in start.step_ids
            )

    def _search_needs_owner(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = Domain(
            "step_ids", "any", [("state", "=", "open"), ("user_id", "=", False)]
        )
        return found if True in value else ~found

    @api.model
    def _running_domain(self):
        return RUNNING

    def action_open_activities(self):
        """Open the activities it has made, done ones as well."""
        self.ensure_one()
        return self.step_ids.activity_id._get_records_action(
            name=self.env._("Activities"), context={"active_test": False}
        )

    def action_open_customer(self):
        """Open the customer, whose chatter shows the activities."""
        self.ensure_one()
        return self.partner_id._get_records_action()

    def action_stop(self):
        """Cancel every open step: who may start a playbook may stop it."""
        self.check_access("read")
        self.sudo()._stop(  # users read, only the work writes
            self.env._("Stopped by %(user)s.", user=self.env.user.name)
        )

    def action_retry(self):
        """Queue failed playbooks again."""
        self.check_access("read")
        failed = self.sudo().filtered(lambda start: start.state == "failed")
        failed.write({"state": "waiting", "message": False})
        self._trigger()


class CrmValuePlaybookStep(models.Model):
    """One step of a started playbook, and the activity it became."""

    _name = "crm.value.playbook.step"
    _description = "Step of a Started Playbook"
    _order = "date_deadline, id"
    _rec_name = "summary"

    start_id = fields.Many2one(
        "crm.value.playbook.start", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="start_id.company_id", store=True, index=True)
    template_id = fields.Many2one("mail.activity.plan.template", ondelete="set null")
    origin_id = fields.Integer(
        string="Original Step ID", required=True, aggregator=None
    )
    summary = fields.Char()
    date_deadline = fields.Date(string="Due Date")
    activity_id = fields.Many2one("mail.activity", index=True, ondelete="set null")
    user_id = fields.Many2one(
        related="activity_id.user_id", string="Assigned To", store=True
    )
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("dropped", "Cancelled")],
        compute="_compute_state",
        store=True,
    )

    _once = models.UniqueIndex("(start_id, origin_id)")

    @api.depends("activity_id", "activity_id.active")
    def _compute_state(self):
        for step in self:
            activity = step.activity_id
            step.state = (
                ("open" if activity.active else "done") if activity else "dropped"
            )

    def _drop(self):
        """Delete the activities: they no longer make sense."""
        self.activity_id.unlink()
