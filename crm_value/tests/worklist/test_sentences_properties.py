"""What is said of any customer agrees with the figures beside it.

Needs ``hypothesis``, so Odoo's own loader does not import this file; pytest does.
"""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import TransactionCase, tagged

from ...analytics.forecast import clv
from ...analytics.forecast.returning import Returning
from ...analytics.lifecycle import lifecycle
from ...const import from_day
from ..forecast.forecast_samples import days_of
from ..statistics.test_analytics_properties import quick

LIMITS = lifecycle.Limits()
gaps = st.lists(st.integers(1, 200), max_size=25)
backs = st.sampled_from(
    [
        None,
        Returning(clv.Params("mbg", r=0.5, alpha=6.0, a=0.9, b=1.6)),
        Returning(clv.Params("mbg", r=1.5, alpha=9.0, a=0.1, b=2.0), -0.3, 1.2),
        Returning(clv.Params("mbg", r=0.3, alpha=4.0, a=0.8, b=2.4), 0.4, 0.8),
    ]
)


def figures(waits, silence, amount, back):
    """Return what the steps would find of a customer, as values of its profile."""
    bought = 12_000 + np.append(0, np.cumsum(waits)).astype(int)
    day = int(bought[-1]) + silence
    rows = [(1, at, amount * (1 + at % 3)) for at in bought.tolist()]
    lives = lifecycle.replay(days_of(rows, day), day, LIMITS, None, back)
    state, found = lives.state, {}
    age = (day - bought[0]) / 7
    if back:
        history = (bought.size - 1.0, age - silence / 7, age)
        found["return_chance"] = float(back.chance(365 / 7, *map(np.array, history)))
    if waits:
        found["median_gap_days"] = float(np.median(waits))
        ahead = int(bought[-1] + np.round(np.median(waits)))
        found["next_purchase_date"] = from_day(ahead)
    if not np.isnan(state.compared[0]):
        found["window_trend"] = float(state.window[0] / state.compared[0] - 1)
    return {
        **found,
        "stage": lifecycle.STAGES[lives.stage[0]],
        "purchase_count": bought.size,
        "recency_days": silence,
        "overdue": float(state.overdue[0]),
        "as_of": from_day(day),
    }


def numbers(sentence):
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", sentence)]


@tagged("post_install", "-at_install")
class TestSentences(TransactionCase):
    def _profile(self, values):
        stage = self.env.ref(f"crm_value.stage_{values['stage']}")
        values = {name: value for name, value in values.items() if name != "stage"}
        return self.env["crm.value.profile"].new({**values, "stage_id": stage.id})

    @quick
    @given(gaps, st.integers(0, 900), backs)
    def test_told_chance_agrees_with_silence_and_stage(self, waits, silence, back):
        values = figures(waits, silence, 50.0, back)
        said = self._profile(values)._say_cycle()
        self.assertNotIn("likely to be still a customer", said)
        told = re.search(r"within a year: (?:less than |more than )?(\d+)%", said)
        self.assertEqual(bool(told), back is not None, said)
        if waits:
            gap, days = numbers(said.replace("just today", "0"))[:2]
            self.assertEqual(days, silence)
            self.assertAlmostEqual(gap, values["median_gap_days"], delta=0.51)
        if told and values["stage"] == "lost":
            self.assertLessEqual(float(told[1]), 100 * LIMITS.lost_below)
        if told and len(waits) >= 2 and silence <= min(gap, 30):
            self.assertNotEqual(values["stage"], "lost", said)
            self.assertGreaterEqual(float(told[1]), 100 * LIMITS.lost_below, said)

    @quick
    @given(gaps, st.integers(0, 900), backs)
    def test_inactivity_is_told_only_of_the_inactive(self, waits, silence, back):
        values = figures(waits, silence, 50.0, back)
        said = self._profile(values)._say_inactivity()
        if silence < values.get("median_gap_days", 0) and len(waits) >= 2:
            self.assertNotIn("No purchase for", said)
        if match := re.search(r"Revenue of .* (\d+)% below", said):
            self.assertLess(values["window_trend"], 0)
            self.assertAlmostEqual(
                float(match[1]), -100 * values["window_trend"], delta=0.51
            )

    @quick
    @given(gaps, st.integers(0, 900), backs)
    def test_reason_of_a_stage_names_the_chance_that_made_it(
        self, waits, silence, back
    ):
        values = figures(waits, silence, 50.0, back)
        limit = {"lost_below": LIMITS.lost_below} if back else {"lost_gap": 4}
        limit |= {"pace": 0.5, "decline_share": LIMITS.decline_share}
        moved = self.env["crm.value.transition"].new({})
        said = moved._say_stage({**values, **limit})
        if back:
            chance, below = numbers(said)[:2]
            self.assertAlmostEqual(chance, 100 * values["return_chance"], delta=0.51)
            self.assertEqual(below, 20)
            if values["stage"] == "lost":
                self.assertLessEqual(chance, below)
        else:
            self.assertIn("purchase cycle", said)
