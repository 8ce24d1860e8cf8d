from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ... import words
from ...const import OFFICER
from ..forecast.certainty import Foretold, say_money
from ..worklist.const import AT_RISK
from .const import TOLD


class CrmValueLetter(models.Model):
    """Who is at risk, what was done about it, and what customers said."""

    _inherit = "crm.value.letter"

    # --- who is at risk ---

    @api.model
    def _risk_section(self):
        """Say who is at risk now: the list to work, not that of the month end."""
        domain = [("company_id", "=", self.env.company.id), *AT_RISK]
        profiles = self.env["crm.value.profile"]
        count = profiles.search_count(domain)
        if not count:
            return None
        top = profiles.search(
            domain, order="stake_score DESC NULLS LAST, value_score DESC", limit=TOLD
        )
        as_of = format_date(self.env, max(filter(None, top.mapped("as_of"))))
        told = [self.env._("As of %(date)s.", date=as_of)]
        if self.env.user.has_group(OFFICER):
            told.append(self._say_stakes(domain, count))
        more = self._say_more(count - len(top))
        return {
            "title": self.env._("At risk: %(count)s", count=self._number(count)),
            "lines": [self._risk_line(profile) for profile in top],
            "note": " ".join(filter(None, [more, *told])),
            "link": (self.env._("Customers to retain"), self._place("retain")),
        }

    @api.model
    def _risk_line(self, profile):
        risk = profile.risk or {}
        raising = [r["text"] for r in risk.get("reasons", ()) if r["raises"]]
        said = [profile.stage_id.name, risk.get("headline")]
        return self._customer_line(
            profile, " · ".join(filter(None, said)), " · ".join(raising[:2])
        )

    @api.model
    def _say_stakes(self, domain, count):
        """Say what may be missed, of how many, as far as the model card permits it.

        Where probabilities have not proved right, the risk is a level: no amount.
        """
        found = self.env["crm.value.profile"]._read_group(
            [*domain, ("stake", "!=", False), ("worklist", "=", "retain")],
            ["clv_confidence"],
            ["stake:sum", "__count"],
        )
        known = {sure: pair for sure, *pair in found if sure != "insufficient"}
        total = sum(stake for stake, _n in known.values())
        if not total:
            return self.env._("How much may be missed cannot be said in money yet.")
        unsure = known.get("low", (0.0, 0))[0] >= total / 2
        stake = Foretold(total, confidence="low" if unsure else "good")
        return self.env._(
            "Value at risk: %(amount)s, known for %(known)s of %(customers)s.",
            amount=say_money(self.env, stake, self.env.company.currency_id),
            known=self._number(sum(n for _stake, n in known.values())),
            customers=words.customers(self.env, count),
        )

    # --- what was done about it ---

    @api.model
    def _worked_section(self, first, last):
        """Say how many were worked on each worklist, and who has bought since."""
        decisions = self.env["crm.value.decision"]
        rows = self._since(WORKED, decisions, first, last)
        if not rows:
            return None
        lists = decisions._labels("worklist")
        lines = [
            self._plain_line(
                lists[worklist],
                self.env._(
                    "done: %(done)s, bought since: %(bought)s; rejected: %(rejected)s",
                    done=words.customers(self.env, done),
                    bought=self._number(bought),
                    rejected=self._number(rejected),
                ),
            )
            for worklist, done, bought, rejected in rows
        ]
        return {
            "title": self.env._("Worklists"),
            "lines": lines,
            "note": self._say_no_cause(),
            "link": (self.env._("All decisions"), self._place("decisions")),
        }

    @api.model
    def _playbook_section(self, first, last):
        """Say which playbooks were started, how far they are, who has bought since."""
        self.env["crm.value.playbook.step"].flush_model()
        starts = self.env["crm.value.playbook.start"]
        rows = self._since(STARTED, starts, first, last)
        if not rows:
            return None
        playbooks = self.env["crm.value.playbook"].browse(row[0] for row in rows)
        lines = [
            self._plain_line(
                playbook.name,
                self.env._(
                    "started for %(started)s, bought since: %(bought)s; steps done: "
                    "%(done)s of %(steps)s",
                    started=words.customers(self.env, started),
                    bought=self._number(bought),
                    done=self._number(done),
                    steps=self._number(steps),
                ),
            )
            for playbook, (_id, started, bought, steps, done) in zip(
                playbooks, rows, strict=True
            )
        ]
        return {
            "title": self.env._("Playbooks"),
            "lines": lines,
            "note": self._say_no_cause(),
            "link": (self.env._("Started playbooks"), self._place("playbooks")),
        }

    @api.model
    def _since(self, statement, model, first, last):
        """Return the rows of a statement over the records of a month it may read."""
        model.flush_model()
        self.env["crm.value.profile"].flush_model()
        readable = model._search(
            [
                ("company_id", "=", self.env.company.id),
                ("date", ">=", first),
                ("date", "<=", last),
            ]
        )
        return self.env.execute_query(SQL(statement, readable=readable.subselect()))

    @api.model
    def _say_no_cause(self):
        return self.env._("Who has bought since may have done so anyway.")

    @api.model
    def _plain_line(self, name, text):
        return {"name": name, "url": False, "text": text, "reason": False}

    # --- what they say ---

    @api.model
    def _satisfaction_section(self, first, last):
        """Say the measures of the month's answers, each with its interval and n."""
        answers = self.env["crm.value.answer"]
        begin, end = self.env.company._value_moments(first, last)
        domain = answers._measured_domain(None, "customer")
        domain &= Domain("date", ">=", begin) & Domain("date", "<", end)
        rows = answers._measure_rows(domain)
        if not rows:
            return None
        found = answers._measured_figures(rows)
        lines = [
            self._measure_line(label, name, found[name][0])
            for name, label in answers._measure_labels().items()
            if found[name][0]["n"]
        ]
        return lines and {
            "title": self.env._("What customers said"),
            "lines": lines,
            "note": False,
            "link": (self.env._("Satisfaction"), self._place("satisfaction")),
        }

    @api.model
    def _measure_line(self, label, name, figure):
        """Return one measure in words; of too few people, only how many they were."""
        if not figure["told"]:
            return self._plain_line(
                label,
                self.env._(
                    "%(responses)s, too few to tell",
                    responses=words.responses(self.env, figure["n"]),
                ),
            )
        edges = {
            edge: self.env["crm.value.answer"]._say_measure(name, figure[edge])
            for edge in ("value", "low", "high")
            if figure[edge] is not None
        }
        if len(edges) < 3:
            said = self.env._(
                "%(value)s (n = %(n)s)", value=edges["value"], n=figure["n"]
            )
        else:
            said = self.env._(
                "%(value)s (%(low)s to %(high)s, n = %(n)s)", n=figure["n"], **edges
            )
        return self._plain_line(label, said)


WORKED = """
    SELECT decision.worklist,
           COUNT(DISTINCT decision.partner_id) FILTER (WHERE kind = 'done'),
           COUNT(DISTINCT decision.partner_id) FILTER (
               WHERE kind = 'done' AND profile.last_purchase_date > decision.date),
           COUNT(DISTINCT decision.partner_id) FILTER (WHERE kind = 'reject')
      FROM crm_value_decision decision
 LEFT JOIN crm_value_profile profile
        ON profile.company_id = decision.company_id
       AND profile.partner_id = decision.partner_id
     WHERE decision.id IN %(readable)s AND decision.kind IN ('done', 'reject')
  GROUP BY decision.worklist
  ORDER BY ARRAY_POSITION(ARRAY['retain', 'develop', 'identify'],
                          decision.worklist::text)
"""
STARTED = """
    SELECT start.playbook_id, COUNT(DISTINCT start.origin_id),
           COUNT(DISTINCT start.origin_id) FILTER (
               WHERE profile.last_purchase_date > start.date),
           SUM(start.step_count), COALESCE(SUM(step.done), 0)
      FROM crm_value_playbook_start start
 LEFT JOIN crm_value_profile profile
        ON profile.company_id = start.company_id
       AND profile.partner_id = start.partner_id
 LEFT JOIN LATERAL (
           SELECT COUNT(*) AS done FROM crm_value_playbook_step step
            WHERE step.start_id = start.id AND step.state = 'done'
           ) step ON TRUE
     WHERE start.id IN %(readable)s AND start.state <> 'held'
  GROUP BY start.playbook_id
  ORDER BY COUNT(DISTINCT start.origin_id) DESC, start.playbook_id
"""
