from odoo import fields, models
from odoo.exceptions import UserError

from .const import PRESETS, WAYS, Rule


class CrmValuePolicy(models.Model):
    """Versions that suit a way to sell: made, discarded, taken back."""

    _inherit = "crm.value.policy"

    preset = fields.Selection(
        WAYS,
        string="Made for",
        readonly=True,
        copy=False,
        help="The way to sell whose preset made this version.",
    )

    def action_back(self):
        """Make a draft of the version that was in force before, ask to publish it."""
        self.check_access("write")
        before = self._before()
        if not before:
            raise UserError(self.env._("There is no version before this one."))
        note = self.env._("As version %s again.", before.version)
        draft = before.copy({"note": note, "preset": before.preset})
        return draft.action_publish()

    def _before(self):
        """Return the version that was in force before this one, empty: none was."""
        self.ensure_one()
        return self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "superseded"),
                ("published_date", "<=", self.published_date),
                ("id", "!=", self.id),
            ],
            order="published_date DESC, id DESC",
            limit=1,
        )

    def _preset_drafts(self):
        """Return the drafts of the company of this version that presets made."""
        self.ensure_one()
        return self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "draft"),
                ("preset", "!=", False),
            ]
        )

    def _draft_preset(self, preset):
        """Return a draft of this version changed by a preset; it is the only one."""
        self._preset_drafts().unlink()
        label = dict(self._fields["preset"]._description_selection(self.env))[preset]
        note = self.env._("Preset for: %s", label)
        draft = self.copy({"preset": preset, "note": note})
        for record, values in draft._preset_values(preset).items():
            record.write(values)  # the policy and its few tiers
        return draft

    def _preset_values(self, preset):
        """Return {policy or tier: values} of what a preset changes."""
        found = {}
        for record, rule in self._preset_changes(preset):
            found.setdefault(record, {})[rule.name] = rule.value
        return found

    def _preset_changes(self, preset):
        """Return (policy or tier, Rule) of what differs from this version."""
        return [
            (record, rule)
            for record, rule in self._preset_rules(preset)
            if record[rule.name] != rule.value
        ]

    def _preset_rules(self, preset):
        """Return (policy or tier, Rule) of all that a preset names, in their order.

        Tiers that a company has made more or fewer of are its own: they stay.
        """
        self.ensure_one()
        rules, limits, why = PRESETS[preset]
        found = [(self, rule) for rule in rules]
        tiers = self.tier_ids.sorted("sequence")
        if len(tiers) == len(limits):
            for tier, (purchases, months) in zip(tiers, limits, strict=True):
                found.append((tier, Rule("min_purchases", purchases, why)))
                found.append((tier, Rule("min_tenure_months", months, why)))
        return found
