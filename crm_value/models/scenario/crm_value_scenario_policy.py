from dataclasses import replace

import numpy as np

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

from ... import bulk
from ...analytics.scoring import scoring, value
from ...analytics.statistics import months
from ...analytics.tier import conditions, tier
from ...const import to_day
from ..scoring.const import QUADRANTS
from ..tier.crm_value_policy_tier import LIMITS
from .const import POLICY, TIER

TIER_READ = {
    "value_score": "value_score",
    "margin": "tier_margin",
    "revenue": "tier_revenue",
    "points": "tier_points",
    "purchases": "tier_purchases",
}
SCORES = ("current_value_score", "potential_value_score", "margin", "clv")


class CrmValueScenario(models.Model):
    """What other limits of the policy would do, by stored figures; and its draft."""

    _inherit = "crm.value.scenario"

    @api.model
    def _stored(self, company, names, first=False):
        """Return stored figures of all customers who bought, NaN not known.

        :param names: columns of profiles; :param first: add the first purchase's day
        """
        figures = [
            SQL("COALESCE(%s::float8, 'NaN') AS %s", column, column)
            for column in map(SQL.identifier, names)
        ]
        kinds = dict.fromkeys(names, "float8")
        if first:
            figures.append(SQL("COALESCE(first_purchase_date, '-infinity') AS first"))
            kinds["first"] = "date"
        query = SQL(
            "SELECT %s FROM crm_value_profile WHERE company_id = %s"
            " AND purchase_count > 0 ORDER BY partner_id",
            SQL(", ").join(figures),
            company.id,
        )
        return bulk.read(self.env.cr, query, kinds)

    @api.model
    def _told_tier(self, ground, line):
        """Return who would earn another tier, and what its benefits would cost more.

        Of who meets the limits for good: nobody loses a tier before it expires.
        """
        rules = ground.run.policy_id._qualification_rules()
        if line.tier_id.id not in rules.ids:
            raise UserError(self.env._("This tier is not in the policy of the run."))
        found = self._stored(ground.run.company_id, tuple(TIER_READ.values()), True)
        columns = {name: found[column] for name, column in TIER_READ.items()}
        columns["tenure_months"] = months.between(
            bulk.known_days(found["first"]), to_day(ground.run.as_of)
        )
        asked = conditions.matrix(columns, found["first"].size)
        now = tier.earned(asked, rules)
        then = tier.earned(asked, self._with_limit(rules, line))
        revenue = np.nan_to_num(columns["revenue"])
        return {
            "up": int((then > now).sum()),
            "down": int((then < now).sum()),
            "in": int((then == rules.ids.index(line.tier_id.id)).sum()),
            "cost": self._tier_cost(rules, now, then, revenue),
        }

    @api.model
    def _with_limit(self, rules, line):
        at, limit = rules.ids.index(line.tier_id.id), LIMITS.index(line.tier_limit)
        entry = [list(row) for row in rules.entry]
        entry[at][limit] = line.amount
        return replace(rules, entry=tuple(map(tuple, entry)))

    @api.model
    def _tier_cost(self, rules, now, then, revenue):
        """Return what benefits would cost more a year, None: not known."""
        moved = now != then
        if not moved.any():
            return 0.0
        tiers = self.env["crm.value.tier"].browse(rules.ids)
        costs = tiers._yearly_cost()
        rates = [costs[one][0] for one in rules.ids]
        # In no tier nothing is granted; it is the last one here.
        rates = np.array([np.nan if rate is None else rate for rate in rates] + [0.0])
        more = ((rates[then] - rates[now]) * revenue)[moved].sum()
        return None if np.isnan(more) else round(float(more), 2)

    @api.model
    def _told_quadrants(self, ground, line):
        """Return how many customers each quadrant would have, and has."""
        found = self._stored(ground.run.company_id, SCORES)
        found["margin"] = np.nan_to_num(found["margin"])
        rules = ground.run.policy_id._as_rules()
        share = replace(rules, fixed_cuts=None, cut_share=line.amount / 100)
        return {"stars": _stars(found, share), "stars_now": _stars(found, rules)}

    # --- the draft of a policy ---

    def action_apply(self):
        """Make a draft version of the policy with the changed limits, and compare it.

        It is never published from here; what is no rule of the policy is for people.
        """
        self.check_access("write")
        policies = self.env["crm.value.policy"]
        policies.check_access("create")
        self.ensure_one()
        rules = self.line_ids.filtered(
            lambda line: line.parameter == TIER or line.parameter in POLICY
        )
        if not rules:
            raise UserError(
                self.env._(
                    "Nothing here is a rule of the policy. Each change says how it is "
                    "done."
                )
            )
        before = policies._published(self.company_id)
        draft = before.copy({"note": self.env._("Scenario “%s”", self.name)})
        rules._set_on(draft)
        return self._ask_difference(draft, before)

    def _ask_difference(self, draft, before):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Draft %s: What Is Different", draft.display_name),
            "res_model": "crm.value.policy.compare",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_policy_id": draft.id, "default_other_id": before.id},
        }


def _stars(found, rules):
    """Return how many customers are in the best quadrant by some rules."""
    limits = scoring.quadrant_limits(found, found, rules)
    sides = (found["current_value_score"], found["potential_value_score"])
    return int((value.quadrants(*sides, *limits) == len(QUADRANTS) - 1).sum())


class CrmValueScenarioLine(models.Model):
    """Rules of the policy that a change sets."""

    _inherit = "crm.value.scenario.line"

    def _set_on(self, policy):
        """Write the changed limits into a draft of the policy."""
        vals = {}
        for line in self:
            if line.parameter == TIER:
                row = policy.tier_ids.filtered(
                    lambda row, line=line: row.tier_id == line.tier_id
                )
                if row:
                    row.write({line.tier_limit: line.amount})
                else:
                    limit = {line.tier_limit: line.amount, "tier_id": line.tier_id.id}
                    policy.write({"tier_ids": [Command.create(limit)]})
            else:
                name, unit = POLICY[line.parameter]
                vals[name] = type(policy[name])(line.amount * unit)
                if name == "quadrant_share":
                    vals["quadrant_cut"] = "share"
        policy.write(vals)
