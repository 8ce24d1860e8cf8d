"""Who is lost and who declines, against simulated companies and the CDNOW sample."""

from datetime import date

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.forecast import clv, returning
from ...analytics.lifecycle import decline, lifecycle, outcomes
from ...analytics.lifecycle.lifecycle import DECLINE, LOST, NONE, Limits
from ...analytics.lifecycle.state import Replay
from ...analytics.purchases import histories
from ..forecast.clv_samples import CDNOW
from ..forecast.forecast_samples import days_of

OFTEN_LOST = returning.Returning(clv.Params("mbg", r=0.5, alpha=6.0, a=0.9, b=1.6))


def steady(kind, customers, until, seed, gaps=(20, 120)):
    """Return purchases of customers who never leave, each at a rate of its own."""
    rng = np.random.default_rng(seed)
    bought = []
    for customer in range(customers):
        gap, start = rng.uniform(*gaps), rng.uniform(0, 0.4 * until)
        shape = 9 if kind == "regular" else 1
        waits = rng.gamma(shape, gap / shape, int(3 * until / gap + 20))
        when = start + np.append(0, np.cumsum(waits))
        if kind == "seasonal":
            chance = (1 + 0.7 * np.sin(2 * np.pi * when / 365)) / 1.7
            when = when[rng.uniform(size=when.size) < chance]
        when = np.unique(when[when < until].astype(int)).tolist()
        money = np.exp(rng.normal(4, 0.5, len(when))).tolist()
        bought += [(customer, *row) for row in zip(when, money, strict=True)]
    return bought


def cdnow():
    """Return the purchases of the CDNOW sample."""
    bought = []
    for line in CDNOW.read_text().splitlines():
        row = line.split()
        if len(row) >= 5:
            when = date(int(row[2][:4]), int(row[2][4:6]), int(row[2][6:]))
            day = (when - date(1997, 1, 1)).days
            bought.append((int(row[1]), day, float(row[4])))
    return sorted(bought)


def learnt(days, day):
    """Return what is known of returning on a day, not yet calibrated."""
    history = histories.until(days.occasions(), day, 1)
    past = history.take(history.count > 0)
    return returning.Returning(clv.fit(past.x, past.t_x, past.T, returning.MODEL))


def stages(bought, day, back=OFTEN_LOST):
    """Return the names of the stages on a day, in order of the customers."""
    days = days_of([row for row in bought if row[1] <= day], day)
    found = lifecycle.replay(days, day, Limits(), None, back).stage
    return [lifecycle.STAGES[stage] for stage in found]


@tagged("post_install", "-at_install")
class TestDecline(BaseCase):
    def _shares(self, days, until, *codes):
        """Return the share of all checks in the second half that found each stage."""
        lives = lifecycle.replay(days, until, Limits(), None, learnt(days, until))
        stage, found = np.full(len(days.customers), NONE), []
        for day in range(30, until + 1, 30):
            rows = lives.events["day"] == day
            stage[lives.events["customer"][rows]] = lives.events["after"][rows]
            if day >= until / 2:
                found += [[(stage == code).mean() for code in codes]]
        return np.mean(found, axis=0)

    def test_steady_buyers_are_not_lost_and_seldom_decline(self):
        for kind, most in (("poisson", 0.02), ("regular", 0.005), ("seasonal", 0.03)):
            for gaps in ((20, 120), (5, 40)):
                days = days_of(steady(kind, 200, 1200, 7, gaps), 1200)
                lost, fallen = self._shares(days, 1200, LOST, DECLINE)
                self.assertLessEqual(lost, 0.01, (kind, gaps))
                self.assertLessEqual(fallen, most, (kind, gaps))

    def test_of_the_lost_of_cdnow_one_in_ten_returns_within_a_quarter(self):
        days = days_of(cdnow(), 545)
        occasions = days.occasions()
        for cutoff in (180, 273, 364, 455):
            back = learnt(days, cutoff)
            stage = lifecycle.replay(days, cutoff, Limits(), None, back).stage
            bought, _money = histories.following(occasions, cutoff, cutoff + 90)
            lost, fallen = stage == LOST, stage == DECLINE
            self.assertGreater(lost.sum(), 1000, cutoff)
            self.assertLessEqual((bought[lost] > 0).mean(), 0.1, cutoff)
            others = np.isin(stage, (lifecycle.FORMATION, lifecycle.STABILITY))
            self.assertLess(
                (bought[fallen] > 0).mean(), (bought[others] > 0).mean() - 0.1
            )

    def test_model_card_measures_both_where_enough_were_called_so(self):
        found = outcomes.outcomes(days_of(cdnow(), 545), 545, Limits())
        self.assertLessEqual(found["lost_back_90"], 0.1)
        self.assertGreater(found["decline_back_90"], found["lost_back_90"])
        self.assertIsNotNone(found["lost_back_365"])
        few = outcomes.outcomes(days_of([(1, 10, 5.0)], 545), 545, Limits())
        self.assertEqual(set(few.values()), {None, 0})
        self.assertGreater(found["lost_90"], found["decline_90"])

    def test_who_bought_yesterday_is_not_lost(self):
        rarely = returning.Returning(clv.Params("mbg", r=0.1, alpha=90.0, a=5.0, b=1.0))
        for bought in ([(1, 999, 5.0)], [(1, 100, 5.0), (1, 999, 5.0)]):
            self.assertNotIn("lost", stages(bought, 1000, rarely))
        self.assertEqual(stages([(1, 900, 5.0)], 1000, rarely), ["lost"])

    def test_largest_purchase_of_late_is_no_decline(self):
        bought = [(1, day, 900.0) for day in range(100, 1000, 45)]
        bought = [row for row in bought if not 870 < row[1] < 980] + [(1, 985, 9000.0)]
        for day in range(985, 1045):
            self.assertNotIn(stages(bought, day)[0], ("decline", "lost"), day)

    def test_windows_end_on_the_day(self):
        days = days_of([(1, day, 10.0) for day in (100, 900, 907)], 910)
        state = Replay(days, 90, None).state(910)
        self.assertEqual((state.window[0], state.earlier[0]), (20.0, 1))

    def test_silence_leads_through_decline_to_lost(self):
        bought = [(1, day, 50.0) for day in range(0, 900, 45)]
        passed = [stages(bought, day)[0] for day in range(900, 1300, 30)]
        self.assertEqual(passed[0], "stability")
        self.assertIn("decline", passed)
        self.assertEqual(passed[-1], "lost")
        self.assertEqual(passed, sorted(passed, key="stability decline lost".find))

    def test_lost_is_the_chance_below_the_limit_and_nothing_else(self):
        bought = steady("poisson", 150, 600, 3)
        days = days_of([row for row in bought if row[0] % 3 or row[1] < 300], 600)
        back = OFTEN_LOST
        lives = lifecycle.replay(days, 600, Limits(), None, back)
        state, bought = lives.state, lives.state.count > 0
        age, recency = state.age[bought] / 7, state.recency[bought] / 7
        chance = back.chance(365 / 7, state.count[bought] - 1, age - recency, age)
        late = state.recency[bought] >= np.where(state.count[bought] < 3, 90, 30)
        np.testing.assert_array_equal(
            lives.stage[bought] == LOST, (chance < Limits().lost_below) & late
        )
        self.assertGreater((lives.stage == LOST).sum(), 10)

    def test_alone_as_among_all(self):
        bought = steady("poisson", 40, 900, 5)
        bought = [row for row in bought if row[0] % 3 or row[1] < 500]
        everybody = lifecycle.replay(
            days_of(bought, 905), 905, Limits(), None, OFTEN_LOST
        )
        for customer in range(40):
            mine = days_of([row for row in bought if row[0] == customer], 905)
            alone = lifecycle.replay(mine, 905, Limits(), everybody.cycles, OFTEN_LOST)
            if alone.stage.size:
                at = np.unique([row[0] for row in bought]).tolist().index(customer)
                self.assertEqual(alone.stage[0], everybody.stage[at])
                self.assertEqual(alone.since[0], everybody.since[at])

    def test_smaller_purchases_are_a_fall_like_fewer_ones(self):
        usual = [(1, day, 100.0) for day in range(0, 900, 10)]
        smaller = [(1, day, 30.0) for day in range(900, 1000, 10)]
        fewer = [(1, 985, 100.0)]
        for late in (smaller, fewer):
            state = Replay(days_of(usual + late, 1000), 90, None).state(1000)
            low = decline.poorer(state, OFTEN_LOST, 90, np.ones(1) * 0.6)
            self.assertTrue(low[0])
