import numpy as np

from odoo import api, fields, models
from odoo.tools import format_amount, formatLang

from ... import words
from ...analytics.scoring import value
from ...analytics.statistics.ranking import FEWEST
from ...const import OFFICER
from ..policy.const import SIDES
from .crm_value_step import Flow


class CrmValueProfile(models.Model):
    """Explanation of each score: parts that add up to it."""

    _inherit = "crm.value.profile"

    margin_basis = fields.Char(
        string="Margin Rests on",
        compute="_compute_margin_basis",
        groups=OFFICER,
        help="Where costs are not known, the margin is assumed.",
    )

    @api.depends_context("uid", "lang")
    def _compute_explanation(self):
        for profile in self:
            profile.explanation = profile._explain() if profile.policy_id else False

    @api.depends("cost_known_share", "purchase_count")
    @api.depends_context("lang")
    def _compute_margin_basis(self):
        for profile in self:
            known = profile.cost_known_share
            bought = profile.purchase_count > 0
            assumed = bought and known is not False and known < 1
            profile.margin_basis = assumed and self.env._(
                "For %(share)s of the money no cost is known: there the margin rate of "
                "the policy, %(rate)s, is assumed.",
                share=words.percent(self.env, 1 - known),
                rate=words.percent(self.env, profile.policy_id.default_margin_rate),
            )

    def _explain(self):
        """Return the sides of the value as plain data.

        Each side has its score and parts; the points of the parts sum to the score.
        Its share of the value score is None where it has none.
        """
        self.ensure_one()
        labels = dict(
            self.env["crm.value.indicator"]
            ._fields["side"]
            ._description_selection(self.env)
        )
        weight = self.policy_id.value_weight
        weights = {"current": weight, "potential": 1 - weight, "received": None}
        scores = {side: self[f"{side}_value_score"] for side, _label in SIDES}
        weighed = {
            side: weights[side]
            for side, score in scores.items()
            if weights[side] is not None and score is not False
        }
        total = sum(weighed.values())
        return {
            "value_score": self.value_score,
            "unscored": "" if total else self._say_unscored(),
            "exchange": self._explain_exchange(),
            "sides": [
                {
                    "side": side,
                    "label": labels[side],
                    "score": scores[side],
                    "share": weighed[side] / total
                    if total and side in weighed
                    else None,
                    "parts": self._explain_side(side),
                }
                for side, _label in SIDES
            ],
        }

    def _say_unscored(self):
        """Return why there is no value score, in words."""
        if self.is_crowd:
            return self.env._(
                "This contact stands for many customers, so there is nobody to score."
            )
        if not self.purchase_count:
            return self.env._("There is no purchase yet, so there is nothing to score.")
        # Users do not see runs; how many customers there are is on their lists.
        if self.run_id.sudo().buyer_count < FEWEST:
            return self.env._(
                "Fewer than %(count)s customers have bought so far. Scores compare "
                "customers with each other, so there are none yet.",
                count=FEWEST,
            )
        return self.env._("Nothing that the policy compares is known yet.")

    def _explain_side(self, side):
        """Return one dict per indicator of a side, in the policy's order."""
        lines = self.policy_id.line_ids.filtered(lambda line: line.side == side)
        if not lines:
            return []
        scores = [self[line.indicator_id.score_field] for line in lines]
        row = np.array([[np.nan if s is False else s for s in scores]])
        weights = np.array(lines.mapped("weight"))
        points = value.contributions(row, weights)[0]
        known = ~np.isnan(row[0])
        total = weights[known].sum()
        return [
            {
                **self._explain_part(line, scores[at]),
                "weight": weights[at] / total if known[at] and total else 0.0,
                "points": points[at] if known[at] and total else False,
            }
            for at, line in enumerate(lines)
        ]

    def _explain_part(self, line, score):
        """Return what one indicator shows besides its weight."""
        indicator = line.indicator_id
        hidden = indicator.is_margin and not self.env.user.has_group(
            "crm_value.group_officer"
        )
        known = score is not False
        return {
            "code": indicator.code,
            "label": indicator.name,
            "description": indicator.description or "",
            "raw": self._format_raw(indicator) if known and not hidden else "",
            "hidden": hidden,
            "is_cost": indicator.side != "received" and indicator.inverted,
            "score": score,
            "method": dict(line._fields["method"]._description_selection(self.env))[
                line.method
            ],
            "missing": "" if known else indicator.missing or "",
            "note": self._say_nothing(line) if known and not hidden else "",
            "documents": self._can_open_documents(indicator.documents),
        }

    def _say_nothing(self, line):
        """Return why a customer there is nothing of stands at an end of the scale."""
        indicator = line.indicator_id
        nothing = self[indicator.raw_field] <= indicator.floor
        if line.method != "percentile" or not nothing:
            return ""
        if indicator.inverted:
            return self.env._("There is none, so this is the best score.")
        return self.env._("There is nothing, so this is the lowest score.")

    def _format_raw(self, indicator):
        """Return the raw figure of an indicator in the user's format."""
        raw = self[indicator.raw_field]
        if indicator.unit == "money":
            return format_amount(self.env, raw, self.currency_id)
        if indicator.unit == "percent":
            # A growth from next to nothing has no size that tells anything.
            if raw >= 9.995:
                return f"> {words.percent(self.env, 9.99)}"
            return words.percent(self.env, raw, 1)
        if indicator.unit == "days":
            return words.days(self.env, raw)
        return formatLang(self.env, raw, digits=0)

    # --- breakdown of the change of the value score since the last month end ---

    @api.readonly
    def get_change(self):
        """Return the explained change of the value score, False without a past.

        :return: dict with ``date``, ``before``, ``after``, ``parts`` (label, points)
        """
        self.ensure_one()
        before = self._previous_snapshots().get(
            (self.company_id.id, self.partner_id.id)
        )
        if not before or before.value_score is False or self.value_score is False:
            return False
        then, now = before.run_id, self.run_id
        # Users read no runs' internals.
        learnt = self.env["crm.value.step"]._recall_all(then.sudo())
        late = self._rescore(then, learnt, before.date, before.date)
        aged = self._rescore(then, learnt, self.as_of, before.date)
        bought = self._rescore(then, learnt, self.as_of, self.as_of)
        ruled = self._rescore(now, learnt, self.as_of, self.as_of)
        # Another version scores the same documents differently: no document did that.
        entered, method = late - before.value_score, 0.0
        if not now.sudo()._computes_like(then.sudo()):
            entered, method = 0.0, entered
        points = {
            "data": entered + bought - aged,
            "time": aged - late,
            "rules": method + ruled - bought,
            "others": self.value_score - ruled,
        }
        return {
            "date": before.date.isoformat(),
            "before": before.value_score,
            "after": self.value_score,
            "parts": self._parts_of_change(points),
        }

    @api.model
    def _parts_of_change(self, points):
        labels = {
            "data": self.env._("New or changed documents"),
            "time": self.env._("Passage of time"),
            "rules": self.env._("New rules or a new method"),
            "others": self.env._("Changes of other customers"),
        }
        return [
            {"code": code, "label": label, "points": points[code]}
            for code, label in labels.items()
        ]

    def _rescore(self, ruling, learnt, as_of, until):
        """Return this customer's value score under other circumstances.

        Where the customer then had no purchase yet, the score counts as zero.
        """
        run = ruling.sudo()  # the gatherers read documents the user may not
        scope = run._scope(as_of, until=until, partner_ids=(self.partner_id.id,))
        flow = Flow(run, scope, learnt=dict(learnt))
        flow.figures = run.env["crm.value.facts"]._gather(scope)
        if not flow.partners.size:
            return 0.0
        run._compute(flow, run.env["crm.value.step"]._giving("value_score"))
        return float(np.nan_to_num(flow.figures["value_score"][0]))
