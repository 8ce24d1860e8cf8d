from odoo import api, fields, models

PLAIN = (
    "basis",
    "window_days",
    "default_margin_rate",
    "ticket_cost",
    "history_months",
    "horizon_months",
    "discount_rate",
    "lost_below",
    "explore_purchases",
    "explore_days",
    "decline_gap",
    "decline_share",
    "stage_window_days",
    "lost_gap",
    "lost_days",
    "stable_purchases",
    "stable_days",
    "stable_growth",
    "risk_days",
    "risk_limit",
    "loyalty_behaviour_cut",
    "loyalty_attitude_cut",
    "attitude_months",
    "loyalty_price_share",
    "loyalty_incentive_share",
    "answer_half_life",
    "answer_days",
    "satisfaction_cut",
    "contact_cap",
    "contact_days",
    "rest_days",
    "rfm_window_days",
    "rfm_money",
    "value_weight",
    "quadrant_cut",
    "current_cut",
    "potential_cut",
    "tier_window_months",
    "tier_period_months",
    "tier_grace_days",
    "tier_landing",
    "tier_upgrade",
    "tier_warn_days",
    "tier_mails",
    "pareto_share",
    "pareto_share_b",
)


class CrmValuePolicyCompare(models.TransientModel):
    """Two versions of a policy side by side."""

    _name = "crm.value.policy.compare"
    _description = "Compare Two Policy Versions"

    policy_id = fields.Many2one("crm.value.policy", string="Version", required=True)
    company_id = fields.Many2one(related="policy_id.company_id")
    other_id = fields.Many2one(
        "crm.value.policy",
        string="Against",
        required=True,
        domain="[('company_id', '=', company_id), ('id', '!=', policy_id)]",
    )
    line_ids = fields.One2many(
        "crm.value.policy.compare.line", "wizard_id", compute="_compute_line_ids"
    )

    @api.model
    def default_get(self, fields_list):
        """Compare with the version before."""
        values = super().default_get(fields_list)
        policy = self.env["crm.value.policy"].browse(values.get("policy_id"))
        if policy:
            values["other_id"] = policy.search(
                [
                    ("company_id", "=", policy.company_id.id),
                    ("version", "<", policy.version),
                ],
                order="version DESC",
                limit=1,
            ).id
        return values

    @api.depends("policy_id", "other_id")
    def _compute_line_ids(self):
        for wizard in self:
            new, old = self._describe(wizard.policy_id), self._describe(wizard.other_id)
            wizard.line_ids = [(5,)] + [
                (
                    0,
                    0,
                    {
                        "name": name,
                        "rule_before": old.get(name, ""),
                        "rule_after": new.get(name, ""),
                    },
                )
                for name in {**old, **new}
                if old.get(name) != new.get(name)
            ]

    @api.model
    def _describe(self, policy):
        """Return every rule of a policy as label → text."""
        rules = {}
        for name in PLAIN:
            field = policy._fields[name]
            labels = (
                dict(field._description_selection(self.env))
                if field.type == "selection"
                else {}
            )
            value = policy[name]
            rules[field._description_string(self.env)] = labels.get(value, str(value))
        for line in policy.line_ids:
            rules[line.indicator_id.name] = self._describe_line(line)
        for tier in policy.tier_ids:
            rules[tier.tier_id.name] = tier._describe()
        for limit in policy.limit_ids:
            label = dict(limit._fields["dimension"]._description_selection(self.env))
            rules[label[limit.dimension]] = " / ".join(
                f"{v:.15g}" for v in limit._limits()
            )
        return rules

    @api.model
    def _describe_line(self, line):
        """Return how an indicator counts: its share and its way to a score."""
        methods = dict(line._fields["method"]._description_selection(self.env))
        table = ", ".join(
            f"≥ {interval.lower_bound:.15g}: {interval.score:.15g}"
            for interval in line.interval_ids.sorted("lower_bound")
        )
        way = table if line.method == "interval" else methods[line.method]
        return f"{100 * line.share:.6g} %, {way}"
