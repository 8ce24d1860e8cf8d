from datetime import timedelta

import numpy as np

from odoo import models
from odoo.exceptions import UserError

from ...analytics.plan.belief import NOTHING, next_one, together
from ...analytics.plan.choice import TAKEN, UNKNOWN, Play, choose
from ...const import from_day, to_day
from .const import LONGEST, RECKONED, SHORTEST, WEEK


class CrmValuePlan(models.Model):
    """Works out which plays reach the goal: what the company has measured, first."""

    _inherit = "crm.value.plan"

    def _reckon(self):
        """Choose plays for segments, and keep what they may bring."""
        today = self.env["crm.value.run"]._today(self.company_id)
        segments, plays = self._asked_segments(), self._asked_plays()
        self._check_answerable(today, segments, plays)
        pairs = [(segment, play) for segment in segments for play in plays]
        crowd = self._crowd(segments)
        whole = {one: self._segment_facts(one, crowd, today) for one in segments}
        measured = self._measured()
        beliefs = [
            self._belief(play, whole[segment], measured) for segment, play in pairs
        ]
        asked = (
            [
                self._candidate(play, found, whole[segment])
                for (segment, play), found in zip(pairs, beliefs, strict=True)
            ],
            [segments.ids.index(segment.id) for segment, _play in pairs],
            self._who(pairs, crowd),
            [crowd.inside[segment.id] for segment in segments],
        )
        offers, order = choose(*asked, self.budget, self.target)
        free, _order = choose(*asked, np.inf)
        limits = self._limits(offers, order, *asked[1:])
        self.line_ids.unlink()
        rows = zip(pairs, beliefs, offers, limits, strict=True)
        lines = [self._prepare_line_vals(*row, whole[row[0][0]]) for row in rows]
        ranked = order + [at for at in range(len(pairs)) if at not in order]
        self.env["crm.value.plan.line"].create(
            [{**lines[at], "sequence": rank} for rank, at in enumerate(ranked, 1)]
        )
        self._keep_totals(today, free)

    def _asked_segments(self):
        if self.segment_ids:
            return self.segment_ids
        return self.env["crm.value.segment"].search(
            [("company_id", "=", self.company_id.id)]
        )

    def _asked_plays(self):
        return self.env["crm.value.play"].search(
            [("company_id", "=", self.company_id.id), ("kind", "=", self.kind)]
        )

    def _check_answerable(self, today, segments, plays):
        """Refuse what nothing could be proposed for."""
        if self.date < today + timedelta(days=WEEK):
            raise UserError(
                self.env._("The plan's last day is at least a week from now.")
            )
        if not segments:
            raise UserError(self.env._("Save a segment first: a play is for one."))
        if not plays:
            raise UserError(self.env._("There is no play with this goal yet."))

    # --- what is known of a segment ---

    def _segment_facts(self, segment, crowd, today):
        """Return dates, margin of a purchase and spread of a segment's customers."""
        bought = crowd.of(segment, "purchases").sum()
        money = crowd.of(segment, "margin_total").sum()
        dates = self._dates(crowd.of(segment, "next"), crowd.of(segment, "gap"), today)
        run = self.env["crm.value.run"]._current(self.company_id)
        draft = self.env["crm.value.campaign"].new(
            {
                "company_id": self.company_id.id,
                "segment_id": segment.id,
                "days": dates["days"],
            }
        )
        spread, mean = draft._spread(today, run.id)
        return {
            "dates": dates,
            "sale": money / bought if bought > 0 else np.nan,
            "spread": spread if mean > 0 else np.nan,
        }

    def _dates(self, following, gaps, today):
        """Return when to launch and how long to look, by the customers' own cycles.

        :param following: days on which they would buy next, as numbers
        :param gaps: usual days between purchases of each
        """
        tomorrow = to_day(today) + 1
        left = to_day(self.date) - tomorrow + 1
        cycle = int(np.ceil(np.median(gaps))) if gaps.size else LONGEST
        days = min(max(SHORTEST, min(cycle, LONGEST)), left)
        start = int(np.median(following)) - WEEK if following.size else tomorrow
        start = max(tomorrow, min(start, to_day(self.date) - days + 1))
        return {
            "date_start": from_day(start),
            "days": days,
            "date_end": from_day(start + days - 1),
        }

    # --- what a play may bring ---

    def _belief(self, play, facts, measured):
        """Return the Belief of a play: own campaigns of the goal, its assumption.

        :param measured: as of :meth:`_measured`
        """
        if np.isnan(facts["sale"]) or facts["sale"] <= 0:
            assumed = (np.nan, np.nan)
        else:
            assumed = (play.uplift * facts["sale"], play.uplift_error * facts["sale"])
        return together(assumed, measured)

    def _measured(self):
        """Return (mean, deviation) by the company's ended campaigns with the goal."""
        told = self.env["crm.value.campaign"]._told(self.company_id, [self.kind])
        found = told.filtered(lambda campaign: campaign.lift_error > 0)
        return next_one(found.mapped("lift"), found.mapped("lift_error"))

    def _candidate(self, play, found, facts):
        """Return the Play of the analytics.

        Of customers who have bought nothing lately the window tells no spread. There is
        at least that of who buys because of the play, and who does not.
        """
        spread, sale = facts["spread"], facts["sale"]
        if sale > 0 and found.value > 0:
            part = min(found.value / sale, 1.0)
            spread = np.fmax(spread, sale * np.sqrt(part * (1 - part)))
        return Play(found.value, spread, play.cost_fixed, play.cost_contact)

    # --- who ---

    def _who(self, pairs, crowd):
        """Return whom each play reaches."""
        reached = crowd.reached
        return [
            crowd.inside[segment.id] & reached.get(play.means, reached[""])
            for segment, play in pairs
        ]

    def _limits(self, offers, order, places, who, blocks):
        """Return at most how many customers each play is for, 0 where it is for all.

        Those with the largest margin come first, whether they are reached or not.
        """
        limits, free = [0] * len(offers), True
        for at in order:
            reachable = np.flatnonzero(who[at] & free)
            block = blocks[places[at]]
            if offers[at].size < reachable.size:
                last = reachable[offers[at].size - 1]
                limits[at] = int((block & free)[: last + 1].sum())
            free = free & ~block
        return limits

    # --- what is kept ---

    def _prepare_line_vals(self, pair, belief, offer, limit, facts):
        (segment, play), rounded = pair, self.currency_id.round
        known = offer.reason != UNKNOWN and belief is not NOTHING
        reach = offer.treated * belief.error * 1.96 if known else 0.0
        return {
            "plan_id": self.id,
            "company_id": self.company_id.id,
            "segment_id": segment.id,
            "play_id": play.id,
            "reason": offer.reason,
            "is_taken": offer.reason == TAKEN,
            "customer_count": offer.size,
            "treated_count": offer.treated,
            "size_limit": limit,
            "share": offer.share,
            "is_seen": offer.seen,
            "cost": rounded(offer.cost),
            "lift": rounded(belief.value) if known else False,
            "lift_error": belief.error if known else False,
            "measured": belief.measured,
            "expected": rounded(offer.gain) if known else False,
            "expected_low": rounded(offer.gain - reach) if known else False,
            "expected_high": rounded(offer.gain + reach) if known else False,
            "ratio": offer.ratio if known and 0 < offer.cost < np.inf else False,
            **facts["dates"],
        }

    def _keep_totals(self, today, free):
        """Add up; intervals as if all plays were wrong in the same direction."""
        taken, rounded = self.line_ids.filtered("is_taken"), self.currency_id.round
        paid = [one for one in free if one.reason == TAKEN]
        self.write(
            {
                "state": RECKONED,
                "reckoned_on": today,
                "cost": sum(taken.mapped("cost")),
                "expected": sum(taken.mapped("expected")),
                "expected_low": sum(taken.mapped("expected_low")),
                "expected_high": sum(taken.mapped("expected_high")),
                "free_expected": rounded(sum(one.gain for one in paid)),
                "free_cost": rounded(sum(one.cost for one in paid)),
            }
        )
