from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...fields import NullableMoney
from ..campaign.const import DRAFT as CAMPAIGN_DRAFT
from ..campaign.const import KINDS
from .const import DRAFT, DRAFTED, RECKONED, STATES

ASKED = {"company_id", "kind", "target", "date", "budget", "segment_ids"}


class CrmValuePlan(models.Model):
    """A plan: so much margin by a day for so much money, and the plays that reach it.

    It proposes and makes drafts. Nothing is launched by it.
    """

    _name = "crm.value.plan"
    _inherit = ["crm.value.sealed", "crm.value.guarded"]
    _description = "Plan"
    _order = "date DESC, id DESC"

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users", string="Responsible", default=lambda self: self.env.user
    )
    kind = fields.Selection(KINDS, string="Goal", required=True, default="win_back")
    target = fields.Monetary(
        string="Margin to Bring",
        required=True,
        help="More than these customers would bring without it.",
    )
    date = fields.Date(
        string="Until",
        required=True,
        default=lambda self: fields.Date.add(fields.Date.context_today(self), months=6),
        help="All windows end on this day at the latest.",
    )
    budget = fields.Monetary(required=True)
    segment_ids = fields.Many2many(
        "crm.value.segment",
        string="Segments",
        domain="[('company_id', '=', company_id)]",
        help="Whom it may be for. Empty: all segments.",
    )
    line_ids = fields.One2many(
        "crm.value.plan.line", "plan_id", string="Plays", readonly=True, copy=False
    )
    state = fields.Selection(
        STATES, required=True, default=DRAFT, readonly=True, copy=False
    )
    # What it reaches
    reckoned_on = fields.Date(string="Worked Out On", readonly=True, copy=False)
    cost = NullableMoney(readonly=True, copy=False, aggregator="sum")
    expected = NullableMoney(
        string="Expected Margin", readonly=True, copy=False, aggregator="sum"
    )
    expected_low = NullableMoney(string="At Least", readonly=True, copy=False)
    expected_high = NullableMoney(string="At Most", readonly=True, copy=False)
    free_expected = NullableMoney(
        string="Expected Without a Budget",
        readonly=True,
        copy=False,
        help="If every play that brings more than it costs were paid for.",
    )
    free_cost = NullableMoney(string="Cost Without a Budget", readonly=True, copy=False)

    _target = models.Constraint("CHECK (target > 0)", "The goal is above zero.")
    _budget = models.Constraint("CHECK (budget >= 0)", "A budget is not negative.")

    @api.constrains("segment_ids", "company_id")
    def _check_segments(self):
        for plan in self:
            if plan.segment_ids.sudo().company_id - plan.company_id:
                raise ValidationError(
                    self.env._("A plan is for segments of its own company.")
                )

    def write(self, vals):
        """Forget what was worked out for another question."""
        changed = not self.env.su and vals.keys() & ASKED
        if changed and DRAFTED in self.mapped("state"):
            raise UserError(
                self.env._("Its campaigns are drafted: duplicate it to plan anew.")
            )
        result = super().write(vals)
        if changed:
            self.sudo()._forget()  # results are written by their own code alone
        return result

    def _forget(self):
        known = self.filtered(lambda plan: plan.state == RECKONED)
        known.line_ids.unlink()
        names = ("cost", "expected", "expected_low", "expected_high")
        names += ("free_expected", "free_cost", "reckoned_on")
        known.write({"state": DRAFT, **dict.fromkeys(names, False)})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_launched(self):
        campaigns = self.line_ids.campaign_ids
        if campaigns.filtered(lambda campaign: campaign.state != CAMPAIGN_DRAFT):
            raise UserError(
                self.env._("A plan is kept once a campaign of it was launched.")
            )

    def action_reckon(self):
        """Work out which plays reach the goal, for whom, when and at what cost."""
        self._check_plan()
        if self.state == DRAFTED:
            raise UserError(
                self.env._("Its campaigns are drafted: duplicate it to plan anew.")
            )
        self.sudo()._reckon()  # adds up all customers, which was asked above

    def action_draft(self):
        """Make a draft of a campaign for each play in the plan; launch nothing."""
        self._check_plan()
        lines = self.line_ids.filtered("is_taken")
        if self.state != RECKONED or not lines:
            raise UserError(self.env._("Work out a plan with a play in it first."))
        campaigns = self.env["crm.value.campaign"].create(
            [line._prepare_campaign_vals() for line in lines]
        )
        for campaign, line in zip(campaigns.sudo(), lines, strict=True):
            campaign.plan_line_id = line  # a handful; not for users to write
        self.sudo().state = DRAFTED
        return self.action_open_campaigns()

    def action_open_campaigns(self):
        """Open its campaigns."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_value.crm_value_campaign_action"
        )
        return {**action, "domain": [("plan_id", "=", self.id)], "context": {}}

    def action_open_plays(self):
        """Open the plays of its goal, with what is assumed of them."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_value.crm_value_play_action"
        )
        return {
            **action,
            "domain": [("company_id", "=", self.company_id.id)],
            "context": {
                "search_default_kind": self.kind,
                "default_kind": self.kind,
                "default_company_id": self.company_id.id,
            },
        }

    def _check_plan(self):
        self.ensure_one()
        self.check_access("write")
        self.lock_for_update()
        self.env.user._value_check_whole(self.company_id)
