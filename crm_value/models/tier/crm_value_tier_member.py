from odoo import fields, models
from odoo.exceptions import UserError


class CrmValueTier(models.Model):
    """What a tier asks for by the policy in force, and who is in it."""

    _inherit = "crm.value.tier"

    policy_id = fields.Many2one(
        "crm.value.policy", string="Policy in Force", compute="_compute_policy_id"
    )
    policy_line_id = fields.Many2one(
        "crm.value.policy.tier", string="Limits", compute="_compute_policy_id"
    )
    limits_text = fields.Char(
        string="Asks for", compute="_compute_policy_id", help="By the policy in force."
    )
    member_count = fields.Integer(string="Members", compute="_compute_member_count")

    def _compute_policy_id(self):
        policies = self.env["crm.value.policy"].search(
            [("state", "=", "published"), ("company_id", "in", self.company_id.ids)]
        )
        templates = self.env["crm.value.policy"]._template()
        found = policies.grouped("company_id")
        for tier in self:
            policy = found.get(tier.company_id, templates.browse())
            policy = policy if tier.company_id else templates
            line = policy.tier_ids.filtered(lambda row, tier=tier: row.tier_id == tier)
            tier.policy_id = policy
            tier.policy_line_id = line
            tier.limits_text = (
                line._describe()
                if line
                else self.env._("Not named by the policy in force: by hand only")
            )

    def _compute_member_count(self):
        counts = dict(
            self.env["crm.value.membership"]._read_group(
                [("tier_id", "in", self.ids), ("date_to", "=", False)],
                ["tier_id"],
                ["__count"],
            )
        )
        for tier in self:
            tier.member_count = counts.get(tier, 0)

    def action_open_members(self):
        """Open the customers in this tier."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_value.crm_value_member_action"
        )
        return {**action, "domain": [("tier_id", "=", self.id)], "context": {}}

    def action_open_policy(self):
        """Open the policy that says what the tier asks for."""
        self.ensure_one()
        if not self.policy_id:
            raise UserError(self.env._("No policy is in force yet."))
        return self.policy_id._get_records_action()
