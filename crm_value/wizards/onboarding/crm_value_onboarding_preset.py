from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import words
from ...models.onboarding.const import WAYS

SHARES = ("decline_share", "stable_growth", "loyalty_price_share")


class CrmValueOnboardingPreset(models.TransientModel):
    """Asks how a company sells, and shows what that changes of its rules, and why."""

    _name = "crm.value.onboarding.preset"
    _inherit = ["crm.value.guarded"]
    _description = "Rules for a Way to Sell"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    preset = fields.Selection(
        WAYS, string="You Sell by", required=True, default="wholesale"
    )
    policy_id = fields.Many2one("crm.value.policy", compute="_compute_policy_id")
    has_draft = fields.Boolean(compute="_compute_policy_id")
    line_ids = fields.One2many(
        "crm.value.onboarding.preset.line", "wizard_id", compute="_compute_line_ids"
    )

    @api.depends("company_id")
    def _compute_policy_id(self):
        for wizard in self:
            policy = self.env["crm.value.policy"]._published(wizard.company_id)
            wizard.policy_id = policy
            wizard.has_draft = bool(policy and policy._preset_drafts())

    @api.depends("preset", "policy_id")
    def _compute_line_ids(self):
        for wizard in self:
            known = wizard.policy_id and wizard.preset
            rules = wizard.policy_id._preset_changes(wizard.preset) if known else []
            wizard.line_ids = [(5,)] + [
                (0, 0, self._line_vals(record, rule)) for record, rule in rules
            ]

    @api.model
    def _line_vals(self, record, rule):
        """Return a rule as the dialog shows it: what it is now, then, and why."""
        name = record._fields[rule.name]._description_string(self.env)
        if record._name != "crm.value.policy":
            name = self.env._("%(tier)s: %(rule)s", tier=record.display_name, rule=name)
        return {
            "name": name,
            "rule_now": self._say(record, rule.name, record[rule.name]),
            "rule_then": self._say(record, rule.name, rule.value),
            "why": self.env._(rule.why),
        }

    @api.model
    def _say(self, record, name, value):
        """Return a rule's value as people read it."""
        field = record._fields[name]
        if field.type == "selection":
            return dict(field._description_selection(self.env))[value]
        if value is False:
            return self.env._("not asked for")
        if name in SHARES:
            return words.percent(self.env, value)
        return f"{value:.15g}"

    def action_preview(self):
        """Make the draft, and show what it would have done to the own customers."""
        action = self._draft().action_publish()
        return {**action, "name": self.env._("What Would Change")}

    def action_draft(self):
        """Make the draft, and leave it to be published later."""
        self._draft()
        return {"type": "ir.actions.act_window_close"}

    def action_keep(self):
        """Keep the rules in force, and say so."""
        steps = self.env["onboarding.onboarding.step"].with_company(self.company_id)
        for step in ("preset", "publish"):
            steps._value_mark(f"onboarding_step_{step}", "kept")
        return {"type": "ir.actions.act_window_close"}

    def _draft(self):
        self.ensure_one()
        if not self.policy_id:
            raise UserError(self.env._("This company has no rules in force."))
        return self.policy_id._draft_preset(self.preset)


class CrmValueOnboardingPresetLine(models.TransientModel):
    """One rule of a preset."""

    _name = "crm.value.onboarding.preset.line"
    _inherit = ["crm.value.guarded"]
    _description = "Rule of a Way to Sell"

    wizard_id = fields.Many2one("crm.value.onboarding.preset", ondelete="cascade")
    name = fields.Text(string="Rule")
    rule_now = fields.Text(string="Now")
    rule_then = fields.Text(string="Then")
    why = fields.Text()
