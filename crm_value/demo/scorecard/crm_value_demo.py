from odoo import api, fields, models
from odoo.tools import date_utils

from ..core.crm_value_demo import QUIET
from .figures import figures

MONTHS = 30
FORGOTTEN = "incentives"  # its last month is still to be entered
GOALS = {  # that no template can know: goal and red flag
    "service_income": (36000, 30000),
    "dealer_gain": (180000, 150000),
    "training_cost": (4000, 6000),
    "net_profit": (2500, 500),
}


class CrmValueDemo(models.AbstractModel):
    """Gives the company a strategy with thirty months, and arrows that are tested."""

    _inherit = "crm.value.demo"

    @api.model
    def _install(self):
        """Switch the part on, and put one of the templates in force, once."""
        super()._install()
        company = self.env.ref("base.main_company")
        strategies = self.env["crm.value.strategy"].with_company(company)
        if strategies.search_count([("company_id", "=", company.id)], limit=1):
            return
        groups = self.env["res.groups"]
        self.env.ref("crm_value.group_user")._apply_group(
            groups._value_part("strategy")
        )
        jobs = self.env["res.config.settings"]._value_jobs()
        jobs = jobs.filtered(
            lambda job: self.env[job.model_name]._value_part == "strategy"
        )
        jobs.write({"active": True})
        today = fields.Date.today()
        strategy = self._create_strategy(strategies.with_context(**QUIET), today)
        self._name_records("demo_strategy", strategy)
        self._name_records("demo_objective", strategy.objective_ids)
        self._name_records("demo_measure", strategy.objective_ids.measure_ids)
        self._enter_months(strategy, today)
        strategy.action_activate()
        late = strategy.objective_ids.measure_ids.filtered("off_target")
        late[:1].action_plan_initiative()

    @api.model
    def _create_strategy(self, strategies, today):
        template = self.env.ref("crm_value.strategy_services")
        strategy = template.with_env(strategies.env).copy(
            {"name": template.name, "company_id": strategies.env.company.id}
        )
        begins = date_utils.subtract(date_utils.start_of(today, "month"), months=MONTHS)
        strategy.date_start = begins
        strategy.objective_ids.owner_id = self.env.ref("base.user_admin")
        measures = strategy.objective_ids.measure_ids
        measures.goal_ids.date_from = begins
        self.env["crm.value.measure.goal"].create(
            [
                {
                    "measure_id": measure.id,
                    "date_from": begins,
                    "goal": goal,
                    "red": red,
                }
                for name, (goal, red) in GOALS.items()
                for measure in self._measure(strategy, name)
            ]
        )
        return strategy

    @api.model
    def _measure(self, strategy, name):
        """Return the copy of a measure of the template."""
        template = self.env.ref("crm_value.strategy_services")
        twins = strategy._twins(template)
        return twins[self.env.ref(f"crm_value.measure_services_{name}")]

    @api.model
    def _enter_months(self, strategy, today):
        """Enter what was before this Odoo, by hand."""
        rows = []
        for name, values in figures(MONTHS).items():
            measure = self._measure(strategy, name)
            kept = {"unit": measure.unit, "direction": measure.direction}
            measure.write({"source": False, **kept})
            rows += [
                {"measure_id": measure.id, "month": month, "value": value}
                for month, value in zip(self._ended(today), values, strict=True)
                if value is not None
            ]
            if name == FORGOTTEN:
                rows.pop()
        months = self.env["crm.value.measure.month"]
        months._ours().create([{"closed": True, **row} for row in rows])

    @api.model
    def _ended(self, today):
        this = date_utils.start_of(today, "month")
        return [date_utils.subtract(this, months=ago) for ago in range(MONTHS, 0, -1)]
