"""The choice of plays: what never happens, and how far it is from the best."""

from itertools import permutations, product

import numpy as np

from odoo.tests import BaseCase, tagged

from ...analytics.plan import choice
from ...analytics.plan.choice import TAKEN, Play, choose, held_out, offer

GAMES = 300


@tagged("post_install", "-at_install")
class TestChoice(BaseCase):
    def _game(self, random):
        """Return plays, places, who, blocks and a budget, all small."""
        segments, each = random.integers(1, 4), random.integers(1, 3)
        blocks = random.random((segments, 24)) < 0.5
        places = np.repeat(np.arange(segments), each).tolist()
        who = [blocks[at] & (random.random(24) < 0.9) for at in places]
        plays = [
            Play(
                gain=float(random.normal(4, 4)),
                spread=5.0,
                fixed=float(random.integers(0, 8)),
                contact=float(random.integers(0, 5)),
            )
            for _place in places
        ]
        return plays, places, who, list(blocks), float(random.integers(0, 90))

    def _best(self, plays, places, who, blocks, budget):
        """Return the most that any order of any plays brings."""
        at_each = [[at for at, one in enumerate(places) if one == p] for p in {*places}]
        best = 0.0
        for some in product(*([None, *ats] for ats in at_each)):
            for order in permutations([at for at in some if at is not None]):
                free, money, gain = np.ones(24, bool), budget, 0.0
                for at in order:
                    one = offer(plays[at], int((who[at] & free).sum()), money)
                    if one.reason == TAKEN:
                        gain, money = gain + one.gain, money - one.cost
                        free &= ~blocks[places[at]]
                best = max(best, gain)
        return best

    def test_never_over_budget_never_twice_and_close_to_the_best(self):
        random, shares = np.random.default_rng(7), []
        for _game in range(GAMES):
            plays, places, who, blocks, budget = self._game(random)
            offers, order = choose(plays, places, who, blocks, budget)
            cost = sum(offers[at].cost for at in order)
            self.assertLessEqual(cost, budget + 1e-9)
            self.assertEqual(len({places[at] for at in order}), len(order))
            free = np.ones(24, bool)
            for at in order:
                self.assertLessEqual(offers[at].size, (who[at] & free).sum())
                self.assertGreater(offers[at].gain, offers[at].cost)
                free &= ~blocks[places[at]]
            most = self._best(plays, places, who, blocks, budget)
            if most:
                shares.append(sum(offers[at].gain for at in order) / most)
        self.assertGreater(np.mean(shares), 0.95)
        self.assertGreater(np.quantile(shares, 0.3), 0.999)

    def test_the_best_ratio_comes_first(self):
        random = np.random.default_rng(8)
        for _game in range(GAMES):
            plays, _places, who, blocks, _budget = self._game(random)
            plays, who, blocks = plays[: len(blocks)], who[: len(blocks)], blocks
            apart = np.arange(24) % len(blocks) == np.arange(len(blocks))[:, None]
            places = list(range(len(plays)))
            offers, order = choose(plays, places, list(apart), list(apart), np.inf)
            ratios = [offers[at].ratio for at in order]
            self.assertEqual(ratios, sorted(ratios, reverse=True))

    def test_a_dearer_play_takes_over_where_money_is_left(self):
        who = np.ones((2, 100), bool)
        plays = [Play(4.0, 5.0, 0.0, 0.5), Play(20.0, 5.0, 0.0, 8.0)]
        asked = plays, [0, 0], who, who[:1]
        few, order = choose(*asked, 40.0)
        self.assertEqual((order, few[0].reason), ([0], TAKEN))
        _many, order = choose(*asked, 2000.0)
        self.assertEqual(order, [1])

    def test_nothing_more_is_taken_once_the_target_is_reached(self):
        apart = np.repeat(np.eye(2, dtype=bool), 100, axis=1)
        plays = [Play(9.0, 5.0, 0.0, 1.0), Play(5.0, 5.0, 0.0, 1.0)]
        offers, order = choose(plays, [0, 1], apart, apart, 1000.0, 500.0)
        self.assertEqual(order, [0])
        self.assertEqual(offers[1].reason, choice.ENOUGH)

    def test_what_is_unknown_or_costs_more_is_not_taken(self):
        who = np.ones((1, 50), bool)
        for gain, reason in ((np.nan, choice.UNKNOWN), (0.5, choice.COSTLY)):
            offers, order = choose([Play(gain, 5.0, 0.0, 1.0)], [0], who, who, 100.0)
            self.assertEqual((order, offers[0].reason), ([], reason))
        self.assertEqual(choose([], [], [], [], 100.0), ([], []))

    def test_money_for_some_reaches_some(self):
        found = offer(Play(10.0, 50.0, 20.0, 2.0), 500, 220.0)
        self.assertEqual((found.treated, found.cost), (100, 220.0))
        self.assertEqual(offer(Play(10.0, 50.0, 20.0, 2.0), 500, 10.0).reason, "money")

    def test_held_out_is_the_smallest_share_that_shows_the_effect(self):
        """2.8 * 100 * (1/300 + 1/1700) ** .5 = 17.5: 15 % of 2,000 show 18."""
        play = Play(18.0, 100.0, 0.0, 1.0)
        self.assertEqual(held_out(play, 2000), (0.15, True))
        self.assertEqual(held_out(play, 100), (0.3, False))
        self.assertEqual(held_out(play, 20), (0.2, False))
