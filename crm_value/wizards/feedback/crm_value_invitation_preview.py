from datetime import timedelta

from odoo import Command, api, fields, models

from ...models.feedback.const import SUPPRESSION_REASONS
from ...models.feedback.crm_value_invitation_eligibility import DEFERRED
from ...models.feedback.crm_value_invitation_source import RECENT_DAYS
from ...words import days as in_days

MOST = 500


class CrmValueInvitationPreview(models.TransientModel):
    """Preview of a rule: whom it would invite had it been active for the last month.

    It does what the rule would do, looks at it, and takes it back.
    """

    _name = "crm.value.invitation.preview"
    _inherit = ["crm.value.guarded"]
    _description = "Invitation Preview"

    rule_id = fields.Many2one("crm.value.invitation.rule", required=True)
    line_ids = fields.One2many(
        "crm.value.invitation.preview.line", "preview_id", string="People"
    )
    day_count = fields.Integer(string="Days", default=RECENT_DAYS)
    event_count = fields.Integer(string="Event")
    invited_count = fields.Integer(string="Would Be Invited")
    staff = fields.Boolean(compute="_compute_words")
    words = fields.Char(compute="_compute_words")

    @api.depends("rule_id.person", "event_count", "invited_count")
    def _compute_words(self):
        for preview in self:
            preview.staff = preview.rule_id.person == "staff"
            preview.words = self.env._(
                "Had the rule been active for %(days)s: events found %(events)s, mails "
                "sent now %(mails)s.",
                days=in_days(self.env, preview.day_count),
                events=preview.event_count,
                mails=preview.invited_count,
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Compute the lines of the preview."""
        previews = super().create(vals_list)
        for preview in previews:
            preview._look()
        return previews

    def _look(self):
        self.rule_id.check_access("write")
        # Whoever sets the rule may see whom it asks.
        rows = self.sudo()._try_rule()
        shown = [] if self.staff else rows[:MOST]
        self.write(
            {
                "event_count": len(rows),
                "invited_count": sum(not row["reason"] for row in rows),
                "line_ids": [Command.create(row) for row in shown],
            }
        )

    def _try_rule(self):
        """Return the lines: planned and judged in a savepoint that is rolled back."""
        self.env.flush_all()
        with self.env.cr.savepoint(flush=False) as savepoint:
            rows = self._try_rule_for_good()
            self.env.flush_all()
            savepoint.rollback()
        self.env.invalidate_all()
        return rows

    def _try_rule_for_good(self):
        rule = self.rule_id
        today = self.env["crm.value.run"]._today(rule.company_id)
        rule.running = True
        invitations = self.env["crm.value.invitation"]
        invitations.search(
            [("rule_id", "=", rule.id), ("state", "in", ("planned", "skipped"))]
        ).unlink()
        planned = invitations._plan_rule(rule, today - timedelta(days=self.day_count))
        if not planned:
            return []
        due = planned.filtered(lambda i: i.state == "planned")
        reasons = {i.id: i.reason for i in planned - due}
        reasons.update(due._reasons_with_cap())
        return [
            {
                "partner_id": invitation.partner_id.id,
                "customer_id": invitation.customer_id.id,
                "event_date": invitation.event_date,
                "reason": reasons[invitation.id],
            }
            for invitation in planned
        ]


class CrmValueInvitationPreviewLine(models.TransientModel):
    """One person in the preview, or the reason for not inviting it."""

    _name = "crm.value.invitation.preview.line"
    _inherit = ["crm.value.guarded"]
    _description = "Invitation Preview Line"
    _order = "event_date DESC, id"

    preview_id = fields.Many2one(
        "crm.value.invitation.preview", required=True, ondelete="cascade"
    )
    partner_id = fields.Many2one("res.partner", string="Contact", ondelete="cascade")
    customer_id = fields.Many2one("res.partner", ondelete="cascade")
    event_date = fields.Date()
    reason = fields.Selection(
        [*SUPPRESSION_REASONS, (DEFERRED, "Waiting for a ticket to be closed")],
        string="Reason Not Invited",
    )
