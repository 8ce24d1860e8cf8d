from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.scorecard.const import LIVE


class CrmValueStrategyReview(models.TransientModel):
    """Walks the measures that are off target: act on them, or question the strategy.

    A corrective action keeps the version: what is believed stays. Where the belief is
    wrong, a new version says what changed and why (Argyris 1977, double-loop learning).
    """

    _name = "crm.value.strategy.review"
    _inherit = ["crm.value.guarded"]
    _description = "Review of a Strategy"

    strategy_id = fields.Many2one(
        "crm.value.strategy",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self._default_strategy(),
    )
    line_ids = fields.One2many(
        "crm.value.strategy.review.line", "review_id", string="Off Target"
    )
    walked = fields.Boolean(help="Each measure off target has been looked at.")
    is_change = fields.Boolean(compute="_compute_is_change")
    learned = fields.Text(
        string="What Changed and Why",
        help="What was learnt that this version of the strategy did not know.",
    )

    @api.model
    def _default_strategy(self):
        strategies = self.env["crm.value.strategy"]
        if self.env.context.get("active_model") == strategies._name:
            return strategies.browse(self.env.context.get("active_id"))
        return strategies.search(
            [("company_id", "=", self.env.company.id), ("state", "in", LIVE)], limit=1
        )

    @api.model
    def default_get(self, fields_list):
        """Offer a line for each measure that is off target."""
        values = super().default_get(fields_list)
        if "line_ids" in fields_list:
            strategy = self.env["crm.value.strategy"].browse(values.get("strategy_id"))
            strategy.check_access("read")
            measures = strategy.objective_ids.measure_ids
            values["line_ids"] = [
                fields.Command.create(line)
                for line in self.env["crm.value.strategy.review.line"]._propose(
                    measures
                )
            ]
        return values

    @api.depends("line_ids.choice")
    def _compute_is_change(self):
        for review in self:
            review.is_change = "change" in review.line_ids.mapped("choice")

    def action_walk(self):
        """Open the first of the measures that are off target."""
        self.ensure_one()
        self.check_access("write")
        return self.line_ids[:1]._open()

    def _open_end(self):
        """Show what was decided of all of them, to be applied."""
        self.walked = True
        return self._open(self.env._("What Was Decided"))

    def _open(self, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def action_apply(self):
        """Do what was decided; return the new version where there is one."""
        self.ensure_one()
        self.check_access("write")
        strategy = self.strategy_id
        strategy.check_access("write")
        self._check_complete()
        self.line_ids.filtered(lambda line: line.choice == "act")._schedule()
        strategy.message_post(body=self._minutes())
        if self.is_change:
            return self._change()
        if strategy.state == "review":
            strategy.action_activate()
        return {"type": "ir.actions.act_window_close"}

    def _check_complete(self):
        if self.strategy_id.state not in LIVE:
            raise UserError(self.env._("Only a strategy in force can be reviewed."))
        if self.is_change and not (self.learned or "").strip():
            raise UserError(
                self.env._("Say what changed since the previous version, and why.")
            )
        self.line_ids._check_complete()

    def _change(self):
        """Make the next version, with what was learnt, and open it."""
        if self.strategy_id.state == "active":
            self.strategy_id.action_review()
        action = self.strategy_id.action_new_version(self.learned)
        version = self.env["crm.value.strategy"].browse(action["res_id"])
        version.change_reason = self.learned  # of a draft that was there already
        return action

    def _minutes(self):
        """Return what was seen and decided, for the log of the strategy."""
        lines = Markup().join(
            Markup("<li>%s</li>") % line._minute() for line in self.line_ids
        )
        if not lines:
            return self.env._("Reviewed: every measure that is known is on target.")
        return Markup("<p>%s</p><ul>%s</ul>") % (self.env._("Reviewed:"), lines)
