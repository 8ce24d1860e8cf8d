from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ... import words
from ...analytics.lifecycle import lifecycle
from ...analytics.statistics.meanwhile import meanwhile
from ...const import from_day
from ..scoring.crm_value_step import Flow


class CrmValueProfile(models.Model):
    """Lifecycle timeline of a customer, replayed from its purchases."""

    _inherit = "crm.value.profile"

    overdue_basis = fields.Char(
        string="Whose Purchase Cycle",
        compute="_compute_overdue_basis",
        help="Empty where the customer has bought often enough for its own.",
    )

    @api.readonly
    def get_timeline(self):
        """Return one dict per stage entered, the first one first."""
        self.ensure_one()
        return self._timeline(self._own_days()) if self.run_id else []

    def _timeline(self, days):
        """Return the stages that the customer's purchases lead through."""
        run = self.run_id.sudo()  # what was learnt of all is closed to users
        step = run.env["crm.value.step.lifecycle"]
        forecast = run.env["crm.value.step.forecast"]
        learnt = {one._name: one._learnt_by(run) for one in (step, forecast)}
        scope = replace(self._document_scope(), coming=meanwhile(lambda: days))
        flow = Flow(run, scope, learnt=learnt)
        events = step._replayed(flow).events
        stages = self.env["crm.value.stage"]
        ids = stages._ids_by_position()
        return [
            {
                "date": fields.Date.to_string(from_day(int(day))),
                "stage": stages.browse(ids[after]).name,
                "color": stages.browse(ids[after]).color,
            }
            for day, after in zip(events["day"], events["after"], strict=True)
            if after != lifecycle.NONE
        ]

    def action_override_stage(self, stage_id):
        """Ask why, and until when, this customer shall be in another stage."""
        self.ensure_one()
        stages = self.env["crm.value.stage"].search([("code", "!=", False)])
        if not (stage := stages.filtered(lambda stage: stage.id == stage_id)):
            raise UserError(self.env._("There is no such stage."))
        return self._override_action(
            self.env._("Move to %(stage)s Manually", stage=stage.name),
            default_kind="stage",
            default_stage_id=stage.id,
            default_date_to=self.env["crm.value.override"]._default_end(),
        )

    # --- at a glance ---

    def _signs(self):
        signs = super()._signs()
        for profile in self:
            signs[profile] += profile._stage_signs() + profile._purchase_signs()
        return signs

    def _stage_signs(self):
        stage = self.stage_id
        if not stage:
            return []
        tone = {"decline": "warning", "lost": "danger"}.get(stage.code, "")
        said = self.env._(
            "In the stage %(stage)s since %(date)s.",
            stage=stage.name,
            date=format_date(self.env, self.stage_since),
        )
        return [
            self._sign(20, "stage", self.env._("Stage"), stage.name, said, tone),
        ]

    def _purchase_signs(self):
        """Return the last purchase against the purchase cycle; late as in *Decline*."""
        if not self.last_purchase_date:
            return []
        late = self.overdue is not False and self.overdue >= self.policy_id.decline_gap
        return [
            self._sign(
                40,
                "purchase",
                self.env._("Last purchase"),
                self._say_purchase(),
                self._say_late_purchase() if late else "",
                "warning" if late else "",
            )
        ]

    def _has_own_cycle(self):
        """Return whether its purchase cycle is its own: one gap makes none."""
        return self.purchase_count > 2 and self.median_gap_days is not False

    def _say_gaps(self):
        """Return how long the last purchase is ago, in purchase cycles, and whose."""
        gaps = words.number(self.env, self.overdue, 1)
        if self._has_own_cycle():
            return self.env._("%(gaps)s times its own purchase cycle", gaps=gaps)
        return self.env._(
            "%(gaps)s times the usual purchase cycle of customers", gaps=gaps
        )

    def _say_purchase(self):
        ago = words.ago(self.env, self.recency_days)
        if not self._has_own_cycle():
            return ago
        cycle = words.number(self.env, self.median_gap_days)
        return self.env._("%(ago)s, cycle %(cycle)s", ago=ago, cycle=cycle)

    def _say_late_purchase(self):
        return self.env._(
            "No purchase for %(days)s: %(gaps)s.",
            days=words.days(self.env, self.recency_days),
            gaps=self._say_gaps(),
        )

    @api.depends("overdue", "purchase_count", "median_gap_days")
    @api.depends_context("lang")
    def _compute_overdue_basis(self):
        for profile in self:
            common = profile.overdue is not False and not profile._has_own_cycle()
            profile.overdue_basis = common and self.env._(
                "of the purchase cycle of all customers: it has not bought often "
                "enough to have one"
            )

    # --- its life ---

    @api.model
    def _told_figures(self):
        return [*super()._told_figures(), "stage_id"]

    def _life_lanes(self, days):
        entered = self._timeline(days) if days else []
        ends = [*(one["date"] for one in entered), False][1:]
        stages = [
            {
                "date": one["date"],
                "until": until,
                "text": one["stage"],
                "color": one["color"],
            }
            for one, until in zip(entered, ends, strict=True)
        ]
        lane = {"code": "stages", "label": self.env._("Stage"), "events": stages}
        return [lane, *super()._life_lanes(days)]
