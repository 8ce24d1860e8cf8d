import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...fields import NullableFloat, NullableMoney
from .const import (
    DAYS,
    DRAFT,
    KINDS,
    MEANS,
    RUNNING,
    SEEDS,
    SHARE,
    STATES,
    STOPPED,
    TREATED,
    VERDICTS,
)

AFTER_LAUNCH = {"name", "offer", "cost_fixed", "cost_contact", "utm_id"}


class CrmValueCampaign(models.Model):
    """A campaign with a control group: what it brings is measured, not believed.

    A share of the customers, drawn by chance, gets nothing. What those who may get it
    buy more is what the campaign brings, whoever opened or answered a mail.
    """

    _name = "crm.value.campaign"
    _inherit = ["crm.value.work", "crm.value.sealed", "crm.value.guarded"]
    _description = "Campaign"
    _is_result = True  # what it stands on could not go before it
    _value_part = "strategy"
    _order = "date_start DESC NULLS FIRST, id DESC"
    _job = "crm_value.ir_cron_campaign"

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    utm_id = fields.Many2one(
        "utm.campaign",
        string="Name on Orders",
        ondelete="restrict",
        copy=False,
        help="Quotations and invoices name it. Made by the launch where it is empty.",
    )
    kind = fields.Selection(KINDS, string="Goal", required=True, default="sell")
    segment_id = fields.Many2one(
        "crm.value.segment", required=True, index=True, ondelete="restrict"
    )
    offer = fields.Text(help="What these customers are offered.")
    means = fields.Selection(MEANS, string="Reached By", required=True, default="mail")
    mail_template_id = fields.Many2one(
        "mail.template", domain=[("model", "=", "res.partner")], ondelete="restrict"
    )
    playbook_id = fields.Many2one("crm.value.playbook", ondelete="restrict")
    user_id = fields.Many2one(
        "res.users", string="Responsible", default=lambda self: self.env.user
    )
    cost_fixed = fields.Monetary(string="Fixed Cost")
    cost_contact = fields.Monetary(string="Cost per Customer")
    days = fields.Integer(
        string="Window",
        required=True,
        default=DAYS,
        help="For so many days it is counted what the customers buy. As many days "
        "before the launch are what it is compared with.",
    )
    share = fields.Float(
        string="Held Out",
        required=True,
        default=SHARE,
        aggregator=None,
        help="Share of the customers, drawn by chance, who do not get it.",
    )
    seed = fields.Integer(
        readonly=True,
        copy=False,
        required=True,
        aggregator=None,
        default=lambda self: secrets.randbelow(SEEDS),
        help="By it the same draw can be made again.",
    )
    state = fields.Selection(
        STATES, required=True, default=DRAFT, readonly=True, copy=False
    )
    message = fields.Char(readonly=True, copy=False)
    date_start = fields.Date(string="Launched On", readonly=True, copy=False)
    date_end = fields.Date(string="Last Day", readonly=True, copy=False)
    measured_on = fields.Date(readonly=True, copy=False)
    member_ids = fields.One2many("crm.value.campaign.member", "campaign_id")
    # What came of it
    treated_count = fields.Integer(
        string="Get It", readonly=True, copy=False, aggregator=None
    )
    held_count = fields.Integer(
        string="Customers Held Out", readonly=True, copy=False, aggregator=None
    )
    verdict = fields.Selection(VERDICTS, readonly=True, copy=False)
    cost = NullableMoney(readonly=True, copy=False, aggregator="sum")
    gain = NullableMoney(
        string="Brought",
        readonly=True,
        copy=False,
        aggregator="sum",
        help="Margin of all who may get it, more than what they would have brought.",
    )
    gain_low = NullableMoney(string="At Least", readonly=True, copy=False)
    gain_high = NullableMoney(string="At Most", readonly=True, copy=False)
    lift = NullableMoney(
        string="Brought per Customer", readonly=True, copy=False, aggregator=None
    )
    lift_error = NullableFloat(
        string="Standard Error", readonly=True, copy=False, aggregator=None
    )
    chance = NullableFloat(
        string="By Chance Alone",
        readonly=True,
        copy=False,
        aggregator=None,
        help="How often the draw alone would give a difference as large.",
    )
    gain_trimmed = NullableMoney(
        string="Without the Largest",
        readonly=True,
        copy=False,
        aggregator="sum",
        help="The same where the largest one percent of amounts count as if they were "
        "at its edge. Where the two differ, a few customers decide.",
    )
    roi = NullableFloat(string="Return", readonly=True, copy=False, aggregator=None)
    roi_low = NullableFloat(readonly=True, copy=False, aggregator=None)
    roi_high = NullableFloat(readonly=True, copy=False, aggregator=None)
    response = NullableFloat(
        string="Bought", readonly=True, copy=False, aggregator=None
    )
    response_held = NullableFloat(
        string="Bought of Those Held Out", readonly=True, copy=False, aggregator=None
    )
    break_even = NullableFloat(
        string="Break-Even",
        readonly=True,
        copy=False,
        aggregator=None,
        help="Share of the customers who would have to buy because of it, for the "
        "cost to come in.",
    )
    ratio_chance = NullableFloat(
        string="Sizes of Both Groups", readonly=True, copy=False, aggregator=None
    )

    _costs = models.Constraint(
        "CHECK (cost_fixed >= 0 AND cost_contact >= 0)", "A cost is not negative."
    )
    _company_idx = models.Index("(company_id, state, date_end)")

    def write(self, vals):
        """Leave what was launched as it was."""
        changed = self._unsealed(vals).keys() - AFTER_LAUNCH
        if not self.env.su and changed and self.filtered(lambda c: c.state != DRAFT):
            raise UserError(
                self.env._("What was launched stays as it was. Duplicate it.")
            )
        return super().write(vals)

    @api.constrains("days", "share")
    def _check_plan(self):
        for campaign in self:
            if not 7 <= campaign.days <= 730:
                raise ValidationError(self.env._("The window is a week to two years."))
            if not 0.05 <= campaign.share <= 0.5:
                raise ValidationError(
                    self.env._(
                        "Hold out at least 5% and at most half of the customers."
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_launched(self):
        if self.filtered(lambda campaign: campaign.state != DRAFT):
            raise UserError(
                self.env._("What was launched is kept: the next one learns from it.")
            )

    @api.onchange("segment_id")
    def _onchange_segment_id(self):
        """Propose the segment's playbook."""
        if self.segment_id.playbook_id and not self.playbook_id:
            self.playbook_id = self.segment_id.playbook_id
            self.means = "playbook"

    def action_stop(self):
        """Call it off: nobody else gets it, and nothing is measured."""
        self._check_manager()
        self.ensure_one()
        if self.state != RUNNING:
            raise UserError(self.env._("Only what is running can be called off."))
        campaign = self.sudo()  # mails and starts are written by their own code alone
        members = campaign.member_ids.filtered(lambda member: member.arm == TREATED)
        members.contact_ids._hold_planned()
        starts = campaign._starts()
        found = (starts.get((self.id, member.origin_id)) for member in members)
        self.env["crm.value.playbook.start"].sudo().union(*filter(None, found))._stop(
            self.env._("The campaign “%(name)s” was called off.", name=self.name)
        )
        campaign.write({"state": STOPPED})

    def action_open_members(self):
        """Open its customers, with who gets it and who does not."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_value.crm_value_campaign_member_action"
        )
        action["domain"] = [("campaign_id", "=", self.id)]
        return action

    def _check_manager(self):
        self.check_access("write")
        if not self.env.user.has_group("crm_value.group_manager"):
            raise AccessError(self.env._("A manager launches campaigns and ends them."))
        self.env.user._value_check_whole(self.company_id)
