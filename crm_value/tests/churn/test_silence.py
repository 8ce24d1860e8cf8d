from unittest.mock import patch

import numpy as np

from odoo.tests import tagged

from ...analytics.churn import choice, silence
from ...analytics.forecast.forecast import GOOD
from .risk_common import RiskCommon


@tagged("post_install", "-at_install")
class TestSilence(RiskCommon):
    """A silence that is long for the own cycle."""

    def _in_bursts(self, silent=(0, 0)):
        """Return the profile of who bought every other day, and not for a fortnight.

        By the number of purchases alone its risk is low.

        :param silent: what past cutoffs showed of customers like that
        """
        self._crowd()
        customer = self._customer("In Bursts")
        self._purchases(customer, *((40, day) for day in range(14, 300, 2)))
        with (
            self._certain(),
            self._sure(),
            patch.object(choice, "choose", lambda *_given: ("count", "kept")),
            patch.object(silence, "count", lambda *_given: silent),
        ):
            self._score()
        profile = self._profile(customer)
        self.assertEqual(profile.overdue, 7)
        return profile

    def _sure(self):
        """Let everybody be known well, as in a company with a long past."""
        step = self.env.registry["crm.value.step.forecast"]
        compute = step._compute

        def known(this, flow):
            found = compute(this, flow)
            return {**found, "clv_confidence": np.full(flow.partners.shape, GOOD)}

        return patch.object(step, "_compute", known)

    def test_long_silence_for_the_own_cycle_is_no_low_risk(self):
        profile = self._in_bursts()
        self.assertEqual((profile.risk_level, profile.risk_state), ("medium", "safe"))
        self.assertIs(profile.decline_risk, False)
        self.assertEqual(
            profile.risk["headline"], "Medium risk of no purchase within 90 days."
        )
        self.assertIn("7.0 times its own purchase cycle", profile.risk["note"])
        self.assertIn("too few were like that", profile.risk["note"])
        self.assertNotIn("not proved right", profile.risk["note"])
        told = " ".join(profile.outlook["sentences"])
        self.assertIn("likely too much after 7.0 times its own purchase cycle", told)
        self.assertNotIn("Eight in ten", told)
        self.assertEqual(profile.clv_confidence, "low")
        others = profile.search([("decline_risk", "!=", False)])
        self.assertTrue(others, "the others have a percentage")
        row = self._row(profile)
        self.env["crm.value.stale"]._mark(profile.partner_id, self.company)
        self._refresh()
        self.assertEqual(self._row(self._profile(profile.partner_id)), row)

    def test_pauses_that_ended_in_the_past_leave_a_low_risk(self):
        profile = self._in_bursts((40, 4))
        self.assertEqual(profile.risk_level, "low")
        self.assertEqual(profile.clv_confidence, "good")
        self.assertTrue(profile.decline_risk)
        self.assertIn("36 of 40 customers like that bought", profile.risk["note"])

    def test_pauses_that_went_on_in_the_past_are_told(self):
        profile = self._in_bursts((40, 20))
        self.assertEqual(profile.risk_level, "medium")
        self.assertIn("20 of 40 customers like that bought", profile.risk["note"])
