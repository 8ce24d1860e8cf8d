from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_list, formatLang

from ... import words
from ...analytics.tier.tier import CONDITIONS
from ...fields import NullableFloat, NullableMoney

# In the order of the analytics' conditions.
LIMITS = tuple(f"min_{name}" for name in CONDITIONS)


class CrmValuePolicyTier(models.Model):
    """Thresholds of one loyalty tier in one version of the policy.

    An empty limit is not asked for. A tier that asks for nothing is given by hand only.
    """

    _name = "crm.value.policy.tier"
    _inherit = ["crm.value.policy.part"]
    _description = "Loyalty Tier Requirements"
    _order = "sequence, id"
    _rec_name = "tier_id"

    tier_id = fields.Many2one(
        "crm.value.tier", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="policy_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(
        related="tier_id.sequence", store=True, string="Rank of the Tier"
    )
    min_value_score = NullableFloat(string="Value Score", aggregator=None)
    min_revenue = NullableMoney(string="Revenue", aggregator=None)
    min_margin = NullableMoney(
        string="Margin", aggregator=None, groups="crm_value.group_officer"
    )
    min_points = NullableFloat(string="Points Earned", aggregator=None)
    min_purchases = NullableFloat(string="Purchases", aggregator=None)
    min_tenure_months = NullableFloat(
        string="Months as a Customer",
        aggregator=None,
        help="Whole months since the first purchase.",
    )
    combine = fields.Selection(
        [("all", "All thresholds"), ("any", "Any one threshold")],
        string="Must Meet",
        default="all",
        required=True,
    )
    keep_percent = fields.Float(
        string="Retention Share",
        default=0.8,
        required=True,
        help="Share of the thresholds that is enough to retain the tier when it ends.",
    )

    _once = models.Constraint(
        "UNIQUE (policy_id, tier_id)",
        "A policy can set the requirements of a tier only once.",
    )
    _keep = models.Constraint(
        "CHECK (keep_percent BETWEEN 0 AND 1)",
        "The retention share must lie between 0 and 100%.",
    )
    _limits = models.Constraint(
        "CHECK (LEAST(min_value_score, min_margin, min_revenue, min_points,"
        " min_purchases, min_tenure_months) > 0 AND min_value_score <= 100)",
        "A threshold must be above zero, and a value score at most 100. Leave empty"
        " what is not required.",
    )

    @api.constrains("policy_id", "tier_id")
    def _check_company(self):
        for line in self:
            if line.tier_id.company_id != line.policy_id.company_id:
                raise ValidationError(
                    self.env._(
                        "%(tier)s does not belong to the company of this policy.",
                        tier=line.tier_id.name,
                    )
                )

    def _entry(self):
        """Return the limits as the analytics see them, None: not asked for."""
        self.ensure_one()
        # Margins count for everybody, although only officers see the limit.
        mine = self.sudo()
        return tuple(None if mine[name] is False else mine[name] for name in LIMITS)

    def _describe(self):
        """Return what the tier asks for, in words."""
        self.ensure_one()
        asked = [
            self._describe_limit(name)
            for name, limit in zip(LIMITS, self._entry(), strict=True)
            if limit is not None
        ]
        if not asked:
            return self.env._("Manual assignment only")
        return self.env._(
            "%(limits)s; %(share)s of this to retain the tier",
            limits=format_list(
                self.env, asked, "standard" if self.combine == "all" else "or"
            ),
            share=words.percent(self.env, self.keep_percent),
        )

    def _describe_limit(self, name):
        """Return a limit with its label, without the number to who may not know it."""
        field = self._fields[name]
        label = field._description_string(self.env)
        if not self._has_field_access(field, "read"):
            return f"{label} ≥ …"
        if isinstance(field, NullableMoney):
            money = formatLang(self.env, self[name], currency_obj=self.currency_id)
            return f"{label} ≥ {money}"
        return f"{label} ≥ {self[name]:.15g}"
