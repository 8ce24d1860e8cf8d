from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmValueTier(models.Model):
    """A loyalty tier of a company, such as Silver or Gold.

    Tiers without a company are what new companies start from.
    """

    _name = "crm.value.tier"
    _inherit = ["crm.value.template", "crm.value.guarded"]
    _description = "Loyalty Tier"
    _order = "company_id, sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
        help="Empty: template for new companies.",
    )
    sequence = fields.Integer(default=10, help="The higher, the better the tier.")
    color = fields.Integer()
    active = fields.Boolean(default=True)
    matters = fields.Boolean(
        string="Log on the Contact",
        default=True,
        help="Post a note on the contact, for its followers, when this tier is "
        "reached or lost.",
    )
    description = fields.Text(translate=True, help="Shown to the customer.")
    policy_id = fields.Many2one(
        "crm.value.policy", string="Policy in Force", compute="_compute_policy_id"
    )
    limits_text = fields.Char(
        string="Requirements",
        compute="_compute_policy_id",
        help="According to the policy in force.",
    )
    member_count = fields.Integer(string="Members", compute="_compute_member_count")

    @api.depends("name", "company_id.name")
    @api.depends_context("allowed_company_ids", "lang")
    def _compute_display_name(self):
        """Say the company where the tiers of several are shown."""
        several = len(self.env.companies) > 1
        for tier in self:
            tier.display_name = (
                f"{tier.name} ({tier.company_id.name})"
                if several and tier.company_id
                else tier.name
            )

    @api.model
    def _by_customer(self, companies, partners):
        """Return the tiers of commercial partners by (company id, partner id).

        Whoever sells needs the price of a tier, not to be told the customer's value.
        """
        profiles = (
            self.env["crm.value.profile"]
            .sudo()
            .search_fetch(
                [
                    ("company_id", "in", companies.ids),
                    ("partner_id", "in", partners.commercial_partner_id.ids),
                    ("tier_id.active", "=", True),
                ],
                ["company_id", "partner_id", "tier_id"],
            )
        )
        return {(p.company_id.id, p.partner_id.id): p.tier_id for p in profiles}

    def _is_above(self, other):
        """Return whether this tier is the better of two; any is above none."""
        return not other or (self.sequence, self.id) > (other.sequence, other.id)

    # --- What a tier asks for by the policy in force, and who is in it ---

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
            tier.limits_text = (
                line._describe()
                if line
                else self.env._(
                    "Not part of the policy in force: manual assignment only"
                )
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

    def _yearly_cost(self):
        """Return what a year's benefits cost, by id of the tier: nothing is known.

        Whoever grants benefits extends this.

        :return: {tier id: (cost for each unit of revenue, orders)}; the cost is None
            where no order was confirmed in the tier
        """
        return dict.fromkeys(self.ids, (None, 0))

    def action_open_members(self):
        """Open the customers in this tier."""
        self.ensure_one()
        self.check_access("read")
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
