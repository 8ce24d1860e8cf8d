from odoo import api, fields, models

from ...fields import NullableMoney
from .const import ACTIVITY, ARMS, MAIL, TREATED

REACHED = [("planned", "Planned"), ("sent", "Reached"), ("held", "Not Reached")]
OF_STARTS = {"waiting": "planned", "done": "sent", "stopped": "held", "failed": "held"}


class CrmValueCampaignMember(models.Model):
    """A customer of a campaign: frozen at the launch, drawn once, measured once."""

    _name = "crm.value.campaign.member"
    _description = "Customer of a Campaign"
    _log_access = False
    _order = "campaign_id DESC, id"
    _rec_name = "partner_id"

    campaign_id = fields.Many2one(
        "crm.value.campaign", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="cascade"
    )
    origin_id = fields.Integer(
        aggregator=None, string="Original Customer ID", required=True
    )
    arm = fields.Selection(ARMS, string="Group", required=True)
    left_out = fields.Selection(
        [
            ("cap", "Frequency cap reached"),
            ("opt_out", "Opted out"),
            ("no_address", "No e-mail address"),
            ("duplicate", "Another customer has the same address"),
            ("year", "Held out of all promotion"),
            ("playbook", "Held out of the playbook"),
        ],
        string="Left Out Because",
    )
    stratum = fields.Char(help="Quadrant, and third of the margin before the launch.")
    margin_before = NullableMoney(
        string="Margin Before", aggregator="avg", help="In as many days before."
    )
    margin_after = NullableMoney(
        string="Margin in the Window", aggregator="avg", help="Known after its end."
    )
    is_bought = fields.Boolean(string="Bought")
    is_merged = fields.Boolean(
        string="Merged",
        help="Merged with another customer of the campaign, whose group counts.",
    )
    activity_id = fields.Many2one(
        "mail.activity", index="btree_not_null", ondelete="set null"
    )
    contact_ids = fields.One2many(
        "crm.value.contact", "campaign_member_id", string="Mails"
    )
    reached = fields.Selection(REACHED, compute="_compute_reached")

    _once = models.UniqueIndex("(campaign_id, origin_id)")

    @api.depends(
        "contact_ids.state", "campaign_id.means", "activity_id", "activity_id.active"
    )
    def _compute_reached(self):
        starts = self.campaign_id._starts()
        for member in self:
            means = member.campaign_id.means
            if means == MAIL:
                member.reached = member.contact_ids[:1].state
            elif means == ACTIVITY:
                member.reached = member.arm == TREATED and member._activity_state()
            else:
                found = starts.get((member.campaign_id.id, member.origin_id))
                member.reached = found and OF_STARTS.get(found.state)

    def _activity_state(self):
        """Return how far the salesperson is; a deleted activity has reached nobody."""
        activity = self.sudo().activity_id  # its owner's, and shown as a state alone
        if not activity:
            return "held"
        return "planned" if activity.active else "sent"
