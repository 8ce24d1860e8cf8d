from odoo import api, models
from odoo.tools import format_date

from ... import words
from ...models.forecast.certainty import Foretold, say_money
from ...models.worklist.const import AT_RISK

PROFILE = "crm.value.profile"
SEARCH = "crm_value.crm_value_worklist_view_search"
TOLD = 5  # customers to name who wait
DECIDED = 3  # and on whom somebody has acted
WORTH = "value_score DESC NULLS LAST, id"
FIRST = "stake_score DESC NULLS LAST, value_score DESC NULLS LAST, id"


class CrmValueSectionRisk(models.AbstractModel):
    """Who is at risk today: how many, how much, and who matters most."""

    _name = "crm.value.section.risk"
    _inherit = ["crm.value.section"]
    _description = "Customers at Risk"
    _rank = 30

    @api.model
    def _told(self, month):
        """Tell who is at risk today; what was at risk in a month past is over."""
        if not month["is_latest"]:
            return None
        groups = self._groups()
        count = sum(group[1] for group in groups)
        days = self._window_days()
        everybody = self._own(("relation", "=", "lost"))
        gone = [*everybody, ("recency_days", "<=", days)]
        [(lost, revenue)] = self.env[PROFILE]._read_group(
            gone, [], ["__count", "revenue:sum"]
        )
        if not count and not lost:
            return None
        found = self._first()
        notes = [
            count and self._is_officer() and self._say_stakes(groups, count, days),
            lost and self._say_lost(gone, lost, revenue, days),
        ]
        return {
            "question": self.env._("What is at risk?"),
            "answer": self._say_count(count),
            "notes": [note for note in notes if note],
            "tiles": self._levels(groups),
            "lines": [self._line(profile) for profile in found],
            "links": self._lists(count, gone, lost, everybody),
        }

    @api.model
    def _say_count(self, count):
        if not count:
            return self.env._("No customer is at risk")
        if count == 1:
            return self.env._("One customer is at risk")
        return self.env._("%(count)s customers are at risk", count=self._number(count))

    @api.model
    def _lists(self, count, gone, lost, everybody):
        """Return links to those who are at risk, and to those who are lost.

        :param gone: domain of who is lost, and bought within the value window
        :param everybody: domain of all who are lost, whenever they bought
        """
        all_lost = self.env[PROFILE].search_count(everybody)
        titles = [
            (
                self.env._("All at Risk: %s", self._number(count)),
                count,
                self._own(*AT_RISK),
            ),
            (
                self.env._("Lost, Bought in the Window: %s", self._number(lost)),
                lost,
                gone,
            ),
            (self.env._("All Lost: %s", self._number(all_lost)), all_lost, everybody),
        ]
        return [
            {
                "label": title,
                "opens": self._rows_of(title, PROFILE, domain, SEARCH),
            }
            for title, number, domain in titles
            if number
        ]

    @api.model
    def _say_lost(self, gone, count, revenue, days):
        """Say what those who are lost brought, and who of them brought most.

        :param gone: domain of who is lost and bought within the value window, in days
        """
        texts = {
            "customers": words.customers(self.env, count),
            "days": words.days(self.env, days),
        }
        if not self._is_officer():
            return self.env._(
                "Lost, though they bought within %(days)s: %(customers)s.", **texts
            )
        most = self.env[PROFILE].search(gone, order="revenue DESC", limit=1)
        return self.env._(
            "Lost, though they bought within %(days)s: %(customers)s. They brought "
            "%(revenue)s in that time, %(name)s the most (%(amount)s).",
            revenue=self._money(revenue),
            name=most.partner_id.display_name,
            amount=self._money(most.revenue),
            **texts,
        )

    @api.model
    def _first(self):
        """Return the most valuable who are at risk and wait, then some in hand."""
        profiles = self.env[PROFILE]
        waiting, decided = (
            profiles.search(
                self._own(*AT_RISK, ("decision_id", holds, False)),
                order=WORTH,
                limit=limit,
            )
            for holds, limit in (("=", TOLD), ("!=", DECIDED))
        )
        return waiting | decided

    @api.model
    def _groups(self):
        """Return (level, count, confidence, list, stake, how many stakes are known)."""
        money = ["stake:sum", "stake:count"] if self._is_officer() else []
        return [
            (level, count, sure, worklist, *(stakes or (None, 0)))
            for level, sure, worklist, count, *stakes in self.env[PROFILE]._read_group(
                self._own(*AT_RISK),
                ["risk_level", "clv_confidence", "worklist"],
                ["__count", *money],
            )
        ]

    @api.model
    def _say_stakes(self, groups, count, days):
        """Say what may be missed, and of how many that is known.

        Where probabilities have not proved right, the risk is a level: no amount.
        """
        known = [
            (sure, stake or 0.0, number)
            for _level, _count, sure, worklist, stake, number in groups
            if worklist == "retain" and sure != "insufficient"
        ]
        total = sum(stake for _sure, stake, _number in known)
        if not total:
            return self.env._(
                "How much may be missed cannot be said in money yet: the churn risk is "
                "known as a level, not as a probability."
            )
        unsure = sum(stake for sure, stake, _number in known if sure == "low")
        confidence = "low" if unsure >= total / 2 else "good"
        return self.env._(
            "Value at risk: %(amount)s, known for %(known)s of %(customers)s. It is "
            "the margin that they used to bring in %(days)s, as far as it is likely to "
            "be gone; no part of the lifetime value, which is what is still expected.",
            amount=say_money(
                self.env,
                Foretold(total, confidence=confidence),
                self.env.company.currency_id,
            ),
            known=self._number(sum(number for _sure, _stake, number in known)),
            customers=words.customers(self.env, count),
            days=words.days(self.env, days),
        )

    @api.model
    def _window_days(self):
        run = self.env["crm.value.run"]._current(self.env.company)
        return run.policy_id.window_days

    @api.model
    def _levels(self, groups):
        """Return how many are at which level of churn risk; all at one tell nothing."""
        counts = {}
        for level, count, *_more in groups:
            counts[level] = counts.get(level, 0) + count
        labels = {
            **self.env[PROFILE]._chart_labels("risk_level"),
            False: self.env._("Not known"),
        }
        shown = [level for level in ("high", "medium", "low", False) if level in counts]
        if len(shown) < 2:
            return []
        return [
            self._tile(
                self.env._("Churn risk: %s", labels[level]),
                self._number(counts[level]),
                opens=self._rows_of(
                    self.env._("Churn risk: %s", labels[level]),
                    PROFILE,
                    self._own(*AT_RISK, ("risk_level", "=", level)),
                    SEARCH,
                ),
            )
            for level in shown
        ]

    @api.model
    def _line(self, profile):
        """Return a customer with why it is worth a call."""
        risk = profile.risk or {}
        raising = [r["text"] for r in risk.get("reasons", ()) if r["raises"]]
        said = [profile.stage_id.name, risk.get("headline")]
        if self._is_officer() and profile.stake is not False:
            said.append(self._say_stake(profile))
        return {
            "id": profile.id,
            "name": profile.partner_id.display_name,
            "text": " · ".join(filter(None, said)),
            "why": self._say_decided(profile)
            or profile.worklist_reason
            or " · ".join(raising[:2]),
            "opens": {"model": PROFILE, "id": profile.id},
        }

    @api.model
    def _say_stake(self, profile):
        """Return the value at risk with what it is made of."""
        if not profile.stake_basis:
            return self.env._("value at risk %s", profile.stake_words)
        return self.env._(
            "value at risk %(amount)s (%(basis)s)",
            amount=profile.stake_words,
            basis=profile.stake_basis,
        )

    @api.model
    def _say_decided(self, profile):
        """Return what was done about a customer and by whom, False: nothing yet."""
        decision = profile.decision_id
        if not decision:
            return False
        return self.env._(
            "%(decision)s by %(user)s on %(date)s, off the list until %(until)s",
            decision=decision._labels("kind")[decision.kind],
            user=decision.user_id.name,
            date=format_date(self.env, decision.date),
            until=format_date(self.env, decision.date_until),
        )
