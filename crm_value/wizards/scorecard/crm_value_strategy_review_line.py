from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...fields import NullableFloat
from ...models.scorecard.crm_value_measure_initiative import INITIATIVE

MONTH = relativedelta(months=1)
OFF = ("warn", "bad")


class CrmValueStrategyReviewLine(models.TransientModel):
    """One measure off target in a review: what was seen, and what is to be done."""

    _name = "crm.value.strategy.review.line"
    _inherit = ["crm.value.guarded"]
    _description = "Measure under Review"
    _rec_name = "measure_id"

    review_id = fields.Many2one(
        "crm.value.strategy.review", required=True, index=True, ondelete="cascade"
    )
    measure_id = fields.Many2one("crm.value.measure", required=True, ondelete="cascade")
    objective_id = fields.Many2one(related="measure_id.objective_id")
    month_id = fields.Many2one("crm.value.measure.month", ondelete="cascade")
    month = fields.Date(string="Latest Month", related="month_id.month")
    value = NullableFloat(related="month_id.value")
    unit = fields.Selection(related="measure_id.unit")
    goal = NullableFloat(related="month_id.goal")
    red = NullableFloat(related="month_id.red")
    score = NullableFloat(related="month_id.score")
    month_ids = fields.One2many(related="measure_id.month_ids")
    light = fields.Selection(string="Signal", related="measure_id.light")
    off_target = fields.Boolean(related="measure_id.off_target", string="Two Months")
    seen = fields.Char(string="What Was Seen")
    choice = fields.Selection(
        [
            ("act", "Corrective Action"),
            ("change", "Change the Strategy"),
            ("watch", "Keep Watching"),
        ],
        string="What Is Decided",
        required=True,
        default="act",
    )
    task = fields.Char(string="What to Do")
    user_id = fields.Many2one("res.users", string="Who")
    date_deadline = fields.Date(string="Until")

    @api.model
    def _propose(self, measures):
        """Return the values of a line for each of the measures that is off target."""
        latest = self.env["crm.value.measure.month"]._latest(measures)
        until = fields.Date.context_today(self) + MONTH
        return [
            {
                "measure_id": measure.id,
                "month_id": latest[measure].id,
                "choice": "act" if measure.off_target else "watch",
                "task": measure.initiative,
                "user_id": (measure.owner_id or self.env.user).id,
                "date_deadline": until,
            }
            for measure in measures
            if measure.light in OFF
        ]

    # --- one after the other ---

    def action_next(self):
        """Go on with the next measure; after the last one, see what was decided."""
        self.ensure_one()
        self.check_access("write")
        self._check_complete()
        lines = self.review_id.line_ids
        after = lines[lines.ids.index(self.id) + 1 :][:1]
        return after._open() if after else self.review_id._open_end()

    def action_back(self):
        """Go back to the measure before; from the first one, to all of them."""
        self.ensure_one()
        self.check_access("write")
        lines = self.review_id.line_ids
        before = lines[: lines.ids.index(self.id)][-1:]
        if before:
            return before._open()
        return self.review_id._open(self.env._("Review the Strategy"))

    def _open(self):
        lines = self.review_id.line_ids
        return {
            "type": "ir.actions.act_window",
            "name": self.env._(
                "Off target: %(number)s of %(count)s",
                number=lines.ids.index(self.id) + 1,
                count=len(lines),
            ),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "large"},
        }

    def _check_complete(self):
        for line in self:
            if line.choice == "act" and not (
                line.task and line.user_id and line.date_deadline
            ):
                raise UserError(
                    self.env._(
                        "%(measure)s: say what to do, who does it and until when.",
                        measure=line.measure_id.name,
                    )
                )

    def _schedule(self):
        """Make an initiative of each line: an activity on its measure."""
        kind = self.env.ref(INITIATIVE)
        model = self.env["ir.model"]._get_id("crm.value.measure")
        self.env["mail.activity"].create(
            [
                {
                    "activity_type_id": kind.id,
                    "res_model_id": model,
                    "res_id": line.measure_id.id,
                    "summary": line.task,
                    "note": line.seen,
                    "user_id": line.user_id.id,
                    "date_deadline": line.date_deadline,
                }
                for line in self
            ]
        )

    def _minute(self):
        """Return what was seen and decided, in one line of text."""
        labels = dict(self._fields["choice"]._description_selection(self.env))
        decision = labels[self.choice]
        if self.choice == "act":
            decision = self.env._(
                "%(decision)s, %(user)s: %(task)s",
                decision=decision,
                user=self.user_id.name,
                task=self.task,
            )
        facts = {"measure": self.measure_id.name, "decision": decision}
        if not self.seen:
            return self.env._("%(measure)s. %(decision)s", **facts)
        return self.env._(
            "%(measure)s: %(seen)s. %(decision)s", seen=self.seen, **facts
        )
