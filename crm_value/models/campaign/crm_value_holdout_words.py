from odoo import api, fields, models

from ... import words
from ...analytics.campaign.lift import FEWEST
from .const import FEW, HELD, LESS, MORE, OPEN, SKEWED, TREATED


class CrmValueHoldout(models.Model):
    """Says in words how far a control group is, and what it shows."""

    _inherit = "crm.value.holdout"

    progress = fields.Text(compute="_compute_progress")
    conclusion = fields.Text(compute="_compute_conclusion")

    @api.depends("member_ids.arm", "member_ids.date_end")
    @api.depends_context("lang")
    def _compute_progress(self):
        counts = self._count_arms()
        for holdout in self:
            holdout.progress = holdout._say_progress(counts.get(holdout.id, {}))

    def _count_arms(self):
        """Return {control group id: {(arm, whether its window is over): customers}}."""
        today = self.env["crm.value.run"]._today
        found = {}
        for company, holdouts in self.grouped("company_id").items():
            groups = self.env["crm.value.holdout.member"]._read_group(
                [("holdout_id", "in", holdouts.ids)],
                ["holdout_id", "arm", "date_end:day"],
                ["__count"],
            )
            for holdout, arm, end, count in groups:
                counts = found.setdefault(holdout.id, {})
                key = (arm, end < today(company))
                counts[key] = counts.get(key, 0) + count
        return found

    def _say_progress(self, counts):
        def many(*keys):
            number = sum(counts.get(key, 0) for key in keys)
            return words.customers(self.env, number)

        given = {
            "treated": many((TREATED, True), (TREATED, False)),
            "held": many((HELD, True), (HELD, False)),
        }
        if self._is_year():
            told = self.env._("Gets it: %(treated)s. Held out: %(held)s.", **given)
            held = counts.get((HELD, True), 0) + counts.get((HELD, False), 0)
            return told if held >= FEWEST else f"{told} {self._say_few()}"
        return self.env._(
            "Gets it: %(treated)s. Held out: %(held)s; through their window of these: "
            "%(over)s. It is measured from %(fewest)s on.",
            over=many((HELD, True)),
            fewest=words.number(self.env, FEWEST),
            **given,
        )

    def _say_few(self):
        return self.env._(
            "With fewer than %(fewest)s held out there is a range, but no verdict.",
            fewest=words.number(self.env, FEWEST),
        )

    @api.depends("verdict", "lift", "lift_low", "lift_high", "looked_on")
    @api.depends_context("lang")
    def _compute_conclusion(self):
        for holdout in self:
            measured = holdout.look_count > 0
            holdout.conclusion = measured and holdout._say_conclusion()

    def _say_conclusion(self):
        if self.lift is False:
            return self._say_verdict()
        given = {
            name: words.whole_money(self.env, self[name], self.currency_id)
            for name in ("lift", "lift_low", "lift_high")
        }
        given |= {
            "treated": words.customers(self.env, self.treated_count),
            "held": words.customers(self.env, self.held_count),
            "verdict": self._say_verdict(),
        }
        return self._say_year(given) if self._is_year() else self._say_playbook(given)

    def _say_year(self, given):
        if self.lift < 0:
            return self.env._(
                "With all our marketing customers brought less than those held out: "
                "%(lift)s of margin a customer (%(lift_low)s to %(lift_high)s), of "
                "%(treated)s against %(held)s held out. %(verdict)s",
                **given,
            )
        return self.env._(
            "All our marketing together brought %(lift)s of margin a customer "
            "(%(lift_low)s to %(lift_high)s): it was for %(treated)s, and %(held)s "
            "were held out. %(verdict)s",
            **given,
        )

    def _say_playbook(self, given):
        if self.lift < 0:
            return self.env._(
                "Customers for whom this playbook started brought less than those held "
                "out: %(lift)s of margin a customer (%(lift_low)s to %(lift_high)s), "
                "of %(treated)s against %(held)s held out. %(verdict)s",
                **given,
            )
        return self.env._(
            "This playbook brought %(lift)s of margin a customer (%(lift_low)s to "
            "%(lift_high)s): it started for %(treated)s, and %(held)s were held out. "
            "%(verdict)s",
            **given,
        )

    def _say_verdict(self):
        return {
            MORE: self.env._("It brings more than doing without it."),
            LESS: self.env._("It brings less than doing without it."),
            OPEN: self.env._("We cannot yet say whether it brings anything."),
            FEW: self.env._(
                "Too few customers were held out to say whether it brings anything."
            ),
            SKEWED: self.env._(
                "The sizes of both groups are not those that were drawn: somebody was "
                "taken out, and the difference means nothing."
            ),
        }[self.verdict]
