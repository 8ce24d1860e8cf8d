from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import OURS, USER
from ..scoring.const import QUADRANTS

FROZEN = frozenset({"value_created_tier_id", "value_created_quadrant"})


class CrmLead(models.Model):
    """A lead knows what its customer was when it came.

    Odoo learns probabilities from leads that were closed long ago. What their customers
    are today is what came of it; only what they were then may be learnt from.
    """

    _inherit = "crm.lead"

    value_created_tier_id = fields.Many2one(
        "crm.value.tier",
        string="Tier at Creation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=USER,
        help="The customer's tier when the lead was created; it does not change.",
    )
    value_created_quadrant = fields.Selection(
        QUADRANTS,
        string="Quadrant at Creation",
        readonly=True,
        copy=False,
        groups=USER,
        help="The customer's quadrant when the lead was created; it does not change.",
    )
    value_industry_id = fields.Many2one(
        "res.partner.industry",
        string="Industry",
        compute="_compute_value_industry_id",
        store=True,
        readonly=False,
        precompute=True,
        groups=USER,
        help="The customer's, or what is entered where there is no customer yet.",
    )

    @api.depends("partner_id")
    def _compute_value_industry_id(self):
        """Take the customer's industry; keep what was entered where it has none."""
        for lead in self:
            known = lead.partner_id.commercial_partner_id.industry_id
            lead.value_industry_id = known or lead.value_industry_id

    @api.model_create_multi
    def create(self, vals_list):
        """Note what the customers are now, whatever the caller says they are."""
        leads = super().create(
            [
                {name: one for name, one in vals.items() if name not in FROZEN}
                for vals in vals_list
            ]
        )
        leads.sudo()._value_freeze()  # whoever creates a lead need not see the figures
        return leads

    def write(self, vals):
        """Refuse to change what was noted at the creation."""
        if FROZEN & vals.keys() and self.env.context.get("value_freeze") is not OURS:
            raise UserError(
                self.env._("What the customer was at the creation of a lead is kept.")
            )
        return super().write(vals)

    def _value_freeze(self):
        """Note tier and quadrant of the customers, one write for those alike."""
        companies = self.company_id | self.user_id.company_id
        profiles = self.env["crm.value.profile"]._by_customer(
            companies, self.partner_id
        )

        def now(lead):
            customer = lead.partner_id.commercial_partner_id
            profile = profiles.get((lead._value_company().id, customer.id))
            return (profile.tier_id.id, profile.quadrant) if profile else (False, False)

        for (tier, quadrant), leads in self.grouped(now).items():
            others = leads.filtered(
                lambda lead, noted=(tier, quadrant): (
                    (lead.value_created_tier_id.id, lead.value_created_quadrant)
                    != noted
                )
            )
            if others:
                others.with_context(value_freeze=OURS).write(
                    {"value_created_tier_id": tier, "value_created_quadrant": quadrant}
                )

    def _prepare_customer_values(self, partner_name, is_company=False, parent_id=False):
        """Hand the industry over to the customer that is made of the lead."""
        values = super()._prepare_customer_values(
            partner_name, is_company=is_company, parent_id=parent_id
        )
        if not parent_id:
            values["industry_id"] = self.sudo().value_industry_id.id
        return values
