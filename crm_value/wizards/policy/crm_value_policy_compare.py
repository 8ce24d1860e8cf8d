from odoo import api, fields, models

# Types of a rule that is one value.
PLAIN = ("boolean", "float", "integer", "monetary", "selection")


class CrmValuePolicyCompare(models.TransientModel):
    """Two versions of a policy side by side."""

    _name = "crm.value.policy.compare"
    _inherit = ["crm.value.guarded"]
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
        for name, field in policy._fields.items():
            if not self._is_rule(field):
                continue
            labels = (
                dict(field._description_selection(self.env))
                if field.type == "selection"
                else {}
            )
            value = policy[name]
            rules[field._description_string(self.env)] = labels.get(value, str(value))
        for line in policy.line_ids:
            rules[line.indicator_id.name] = self._describe_line(line)
        for limit in policy.limit_ids:
            label = dict(limit._fields["dimension"]._description_selection(self.env))
            rules[label[limit.dimension]] = " / ".join(
                f"{v:.15g}" for v in limit._limits()
            )
        return rules

    @api.model
    def _is_rule(self, field):
        """Return whether a field of the policy is a rule that people set."""
        return field.store and not field.readonly and field.type in PLAIN

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
