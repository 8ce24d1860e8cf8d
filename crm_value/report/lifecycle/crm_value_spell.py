import numpy as np

from odoo import api, fields, models
from odoo.tools import SQL

from ...analytics.lifecycle.state import CHECK
from ...analytics.statistics import survival
from ...const import EPOCH, OURS

OWNER = ("company_id", "origin_id")
FEW = 10  # at the median, so many are needed to trust it


class CrmValueSpell(models.Model):
    """Time a customer spent in one stage, as seen at month ends and today.

    It lasts until the stage that was seen next began; without one it still goes on, or
    did when the customer was seen last. A stage that was left before a month end came
    is not seen.
    """

    _name = "crm.value.spell"
    _description = "Time in a Stage"
    _auto = False
    _order = "days DESC, id"
    _rec_name = "partner_id"
    _depends = {
        "crm.value.profile": [
            "as_of",
            "company_id",
            "partner_id",
            "stage_id",
            "stage_since",
        ],
        "crm.value.snapshot": [
            "company_id",
            "date",
            "month_end",
            "origin_id",
            "partner_id",
            "stage_id",
            "stage_since",
        ],
        "res.partner": ["user_id"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    stage_id = fields.Many2one("crm.value.stage", readonly=True)
    date_from = fields.Date(string="Since", readonly=True)
    date_to = fields.Date(
        string="Until", readonly=True, help="Empty while the stage lasts."
    )
    is_running = fields.Boolean(string="Still There", readonly=True)
    days = fields.Integer(
        string="Days in Stage",
        aggregator="avg",
        readonly=True,
        help="So far, if the stage still lasts.",
    )
    days_unseen = fields.Integer(
        string="Days Before the History",
        aggregator=None,
        readonly=True,
        help="Days already spent in the stage at the first month end; shorter stays "
        "could not be observed.",
    )

    @property
    def _table_query(self):
        return self._spells(SQL("MIN(first_seen) OVER (PARTITION BY company_id)"))

    @api.model
    def _spells(self, begins):
        """Return the SQL of all spells.

        :param begins: SQL of the day on which the history of a company begins
        """
        return SQL(
            """
            SELECT spell.id, spell.company_id, spell.partner_id, partner.user_id,
                   spell.stage_id, spell.since AS date_from,
                   CASE WHEN next IS NOT NULL THEN GREATEST(next, last_seen) END
                       AS date_to,
                   next IS NULL AS is_running,
                   GREATEST(next, last_seen) - since AS days,
                   CASE WHEN since < begins THEN first_seen - since ELSE 0 END
                       AS days_unseen
              FROM (SELECT found.*, %(begins)s AS begins,
                           LEAD(since) OVER (
                               PARTITION BY %(owner)s ORDER BY number) AS next
                      FROM (%(found)s) found
                   ) spell
         LEFT JOIN res_partner partner ON partner.id = spell.partner_id
            """,
            begins=begins,
            owner=self._owner(),
            found=self._found(),
        )

    @api.model
    def _owner(self):
        return SQL(", ").join(SQL.identifier(name) for name in OWNER)

    @api.model
    def _found(self):
        """Return the SQL of each spell with the first and last day it was seen on."""
        return SQL(
            """
            SELECT %(owner)s, number, MIN(id) AS id, MIN(stage_id) AS stage_id,
                   MAX(partner_id) AS partner_id, MIN(stage_since) AS since,
                   MIN(day) AS first_seen, MAX(day) AS last_seen
              FROM (SELECT seen.*, COUNT(*) FILTER (WHERE is_first) OVER (
                               PARTITION BY %(owner)s ORDER BY day) AS number
                      FROM (%(seen)s) seen
                   ) numbered
          GROUP BY %(owner)s, number
            """,
            owner=self._owner(),
            seen=self._seen(),
        )

    @api.model
    def _seen(self):
        """Return the SQL of each day a customer was seen on, and what begins there.

        Stages are checked on a grid of days. One that is found in between counts from
        that day at first and from the next check later on: this is no new beginning.
        """
        return SQL(
            """
            SELECT standing.*,
                   (stage_id IS NOT DISTINCT FROM LAG(stage_id) OVER history
                    AND stage_since <= %(epoch)s::date + %(check)s * (
                        1 + (LAG(day) OVER history - %(epoch)s::date) / %(check)s)
                   ) IS NOT TRUE AS is_first
              FROM (SELECT 2 * id::bigint AS id, date AS day, origin_id,
                           partner_id, company_id, stage_id, stage_since
                      FROM crm_value_snapshot
                     WHERE month_end AND %(few_then)s
                 UNION ALL
                    SELECT 2 * id::bigint + 1, as_of, partner_id,
                           partner_id, company_id, stage_id, stage_since
                      FROM crm_value_profile
                     WHERE %(few_now)s
                   ) standing
             WHERE stage_id IS NOT NULL AND stage_since <= day
            WINDOW history AS (PARTITION BY %(owner)s ORDER BY day)
            """,
            epoch=EPOCH,
            check=CHECK,
            owner=self._owner(),
            few_then=self._few_then(),
            few_now=self._few(SQL("partner_id")),
        )

    @api.model
    def _few_then(self):
        """Return the condition of a few customers' month ends, by their index.

        That one begins with the company and the day: runs know both.
        """
        few = self._few(SQL("origin_id"))
        if self.env.context.get("value_few") is not OURS:
            return few
        company = self.env.context["value_company"]
        runs = self.env["crm.value.run"]._read_group(
            [("company_id", "=", company), ("is_past", "=", True)], ["as_of:day"]
        )
        days = [day for (day,) in runs]
        return SQL("company_id = %s AND date = ANY(%s) AND %s", company, days, few)

    @api.model
    def _few(self, customer):
        """Return the condition that keeps to a few customers, if only they matter."""
        return self.env["crm.value.migration"]._few(customer)

    @api.model
    @api.readonly
    def get_times(self):
        """Return one dict per stage that anybody has been seen in, in their order."""
        found = {}
        total = self.env["crm.value.spell.total"]
        source = total if total._readable(self.env.company) else self
        for stage, *row in source._read_group(
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
        return {
            **self.env["crm.value.profile"]._chart_company(),
            "stages": stages,
            **self._longest(stages),
        }

    @api.model
    def _longest(self, stages):
        """Return which stage lasts the longest by its median, and which may be longer.

        ``lasting`` are those that more than half were seen to stay in for longer than
        that; ``alike`` those whose medians lie within its interval.
        """
        known = [stage for stage in stages if stage["median"] is not None]
        found = max(known, key=lambda stage: stage["median"], default=None)
        median = found["median"] if found else 0
        lasting = [
            stage
            for stage in stages
            if stage["median"] is None and stage["longest"] > median
        ]
        alike = [
            stage
            for stage in known
            if stage is not found and stage["median"] >= (found["low"] or 0)
        ]
        return {"longest": found, "lasting": lasting, "alike": alike}

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
        low, high = (None if np.isnan(end) else end for end in curve.interval(0.5))
        at = np.searchsorted(curve.time, median) if known else 0
        at_risk = int(curve.at_risk[at]) if known else None
        finished = float(count[over].sum())
        return {
            "count": int(count.sum()),
            "finished": int(finished),
            "running": int(count[~over].sum()),
            "longest": int(days.max()),
            "median": median if known else None,
            "low": low,
            "high": high,
            "at_risk": at_risk,
            "unsure": known and at_risk < FEW,
            "mean_finished": float(days[over] @ count[over]) / finished
            if finished
            else None,
            **self._line(curve, float(days.max())),
        }

    @api.model
    def _line(self, curve, longest):
        """Return the steps that are drawn, and the day until which they are.

        With late entry the last of those at risk take the share to nothing, while
        longer stays go on that were seen from later on only: no line is drawn there.
        """
        enough = np.flatnonzero(curve.at_risk >= FEW)
        end = enough[-1] + 1 if enough.size else 0
        nobody = np.flatnonzero((curve.share <= 0) & (curve.time < longest))
        end = min(end, nobody[0]) if nobody.size else end
        cut = end < curve.time.size
        return {
            "curve": np.column_stack((curve.time, curve.share))[:end].tolist(),
            "until": (float(curve.time[end]) if end else 0.0) if cut else longest,
        }

    @api.readonly
    def action_open_profile(self):
        """Open the customer's value today."""
        self.ensure_one()
        return self.env["crm.value.profile"]._action_of(
            self.company_id, self.partner_id
        )
