from odoo import api, fields, models


class CrmValueMeasureGoal(models.Model):
    """What a measure should reach from a day on, and where it is alarming."""

    _name = "crm.value.measure.goal"
    _inherit = ["crm.value.strategy.part"]
    _description = "Goal of a Measure"
    _order = "measure_id, date_from DESC, id DESC"
    _rec_name = "date_from"

    measure_id = fields.Many2one(
        "crm.value.measure", required=True, index=True, ondelete="cascade"
    )
    strategy_id = fields.Many2one(related="measure_id.strategy_id")
    company_id = fields.Many2one(related="measure_id.company_id", store=True)
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(day=1),
    )
    goal = fields.Float(required=True, aggregator=None)
    red = fields.Float(
        string="Red Flag",
        required=True,
        aggregator=None,
        help="As far from the goal as is alarming: a third of the score is left there.",
    )

    _day_uniq = models.UniqueIndex(
        "(measure_id, date_from)", "This measure has a goal from that day on."
    )
    _apart = models.Constraint(
        "CHECK (goal <> red)", "Goal and red flag are two different figures."
    )

    @api.model
    def _in_force(self, months):
        """Return {month of a measure: (goal, red flag)} of those that had one."""
        goals = self.search(
            [("measure_id", "in", months.measure_id.ids)], order="date_from, id"
        )
        by_measure = goals.grouped("measure_id")
        found = {}
        for one in months:
            mine = by_measure.get(one.measure_id, self)
            begun = mine.filtered(lambda goal, day=one.month: goal.date_from <= day)
            if begun:
                found[one] = begun[-1].goal, begun[-1].red
        return found
