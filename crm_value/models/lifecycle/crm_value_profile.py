from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...analytics.lifecycle import lifecycle
from ...const import from_day
from ..scoring.crm_value_step import Flow


class CrmValueProfile(models.Model):
    """Lifecycle timeline of a customer, replayed from its purchases."""

    _inherit = "crm.value.profile"

    @api.readonly
    def get_timeline(self):
        """Return one dict per stage entered, the first one first."""
        self.ensure_one()
        if not self.run_id:
            return []
        run = self.run_id.sudo()  # the gatherers read documents the user may not
        scope = run._scope(self.as_of, partner_ids=(self.partner_id.id,))
        days = run.env["crm.value.facts"]._gather_days(scope)
        step = run.env["crm.value.step.lifecycle"]
        forecast = run.env["crm.value.step.forecast"]
        learnt = {one._name: one._learnt_by(run) for one in (step, forecast)}
        flow = Flow(run, replace(scope, days=days), learnt=learnt)
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
