from odoo import api, fields, models


class CrmValuePlaybookStep(models.Model):
    """One step of a playbook taken for a customer: the activity it became."""

    _name = "crm.value.playbook.step"
    _description = "Step of a Started Playbook"
    _order = "date_deadline, id"
    _rec_name = "summary"

    start_id = fields.Many2one(
        "crm.value.playbook.start", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="start_id.company_id", store=True, index=True)
    template_id = fields.Many2one("mail.activity.plan.template", ondelete="set null")
    origin_id = fields.Integer(string="Step ID at the Time", required=True)
    summary = fields.Char()
    date_deadline = fields.Date(string="Due Date")
    activity_id = fields.Many2one("mail.activity", index=True, ondelete="set null")
    user_id = fields.Many2one(
        related="activity_id.user_id", string="Assigned to", store=True
    )
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("dropped", "Dropped")],
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
