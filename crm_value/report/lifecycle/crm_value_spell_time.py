import numpy as np

from odoo import api, models

from ...analytics.statistics import survival

FEW = 10  # at the median, so many are needed to trust it


class CrmValueSpell(models.Model):
    """How long customers stay in each stage, as the screen shows it."""

    _inherit = "crm.value.spell"

    @api.model
    @api.readonly
    def get_times(self):
        """Return one dict per stage that anybody has been seen in, in their order."""
        found = {}
        for stage, *row in self._read_group(
            [("company_id", "=", self.env.company.id)],
            ["stage_id", "days", "days_unseen", "is_running"],
            ["__count"],
        ):
            found.setdefault(stage, []).append(row)
        stages = [
            {
                "id": stage.id,
                "name": stage.name,
                "color": stage.color,
                **self._time(np.array(found[stage], dtype=float).T),
            }
            for stage in sorted(found, key=lambda s: (s.sequence, s.id))
        ]
        known = [stage for stage in stages if stage["median"] is not None]
        return {
            **self.env["crm.value.profile"]._chart_company(),
            "stages": stages,
            "longest": max(known, key=lambda stage: stage["median"], default=None),
        }

    @api.model
    def _time(self, columns):
        """Return how long one stage lasts; days, None where not known.

        :param columns: length, days unseen, whether it goes on, how many; each (n,)
        """
        days, unseen, running, count = columns
        over = running == 0
        curve = survival.kaplan_meier(days, over, unseen, count)
        median = curve.quantile(0.5)
        known = not np.isnan(median)
        at = np.searchsorted(curve.time, median) if known else 0
        at_risk = int(curve.at_risk[at]) if known else None
        finished = float(count[over].sum())
        return {
            "count": int(count.sum()),
            "finished": int(finished),
            "running": int(count[~over].sum()),
            "longest": int(days.max()),
            "median": median if known else None,
            "at_risk": at_risk,
            "unsure": known and at_risk < FEW,
            "mean_finished": float(days[over] @ count[over]) / finished
            if finished
            else None,
            "curve": np.column_stack((curve.time, curve.share)).tolist(),
        }

    @api.readonly
    def action_open_profile(self):
        """Open the customer's value today."""
        self.ensure_one()
        return self.env["crm.value.profile"]._action_of(
            self.company_id, self.partner_id
        )
