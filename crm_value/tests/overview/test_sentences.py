"""Sentences of a customer never contradict each other, or the figures beside them."""

import random

from odoo.tests import tagged

from ...models.forecast.certainty import LIKELY
from ..common import TODAY, ValueCommon, ago

CUSTOMERS = 300
NOTHING = ("most likely nothing", "most likely none")


@tagged("post_install", "-at_install")
class TestSentences(ValueCommon):
    """Random customers: once or often, steady or not, lately or long ago."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        draw = random.Random(19)  # the same ones each time
        customers = cls.env["res.partner"].create(
            [{"name": f"Random {number}"} for number in range(CUSTOMERS)]
        )
        rows = [
            {
                "partner_id": customer.id,
                "company_id": cls.company.id,
                "currency_id": cls.company.currency_id.id,
                "date": ago(day),
                "amount": round(draw.lognormvariate(5, 1), 2),
                "source_key": f"random {customer.id} {number}",
            }
            for customer in customers
            for number, day in enumerate(cls._days(draw))
        ]
        cls.env["crm.value.transaction"].create(rows)
        cls._score()
        cls.profiles = cls.env["crm.value.profile"].search(
            [("company_id", "=", cls.company.id), ("partner_id", "in", customers.ids)]
        )

    @staticmethod
    def _days(draw):
        """Return how many days ago somebody bought."""
        gap, day = draw.choice((7, 30, 60, 150)), draw.randrange(900)
        count = draw.choice((1, 1, 2, 3, 5, 9, 20))
        days = [day]
        for _more in range(count - 1):
            days.append(days[-1] + max(1, round(draw.expovariate(1 / gap))))
        return days

    def _said(self, profile):
        """Return all that is said of a customer, one text a sentence."""
        risk, outlook = profile.risk or {}, profile.outlook or {}
        texts = [sign["text"] for sign in profile.signs]
        texts += [sign["sentence"] for sign in profile.signs]
        texts += [risk.get("headline"), profile.worklist_reason]
        texts += [reason["text"] for reason in risk.get("reasons", ())]
        texts += outlook.get("sentences", ())
        texts += [profile.loyalty["sentence"]] if profile.loyalty else []
        return [text for text in texts if text]

    def test_a_cycle_of_its_own_takes_three_purchases(self):
        self.assertEqual(len(self.profiles), CUSTOMERS)
        for profile in self.profiles.filtered(lambda p: p.purchase_count < 3):
            said = " ".join(self._said(profile))
            self.assertNotIn("own purchase cycle", said)
            self.assertNotIn("By its purchase cycle", said)
            self.assertNotIn("Usual purchase cycle", said)

    def test_who_is_late_is_not_expected_later(self):
        late = self.profiles.filtered(
            lambda p: any(s["code"] == "purchase" and s["tone"] for s in p.signs)
        )
        self.assertTrue(late)
        for profile in late:
            said = " ".join(self._said(profile))
            self.assertNotIn("the next purchase is expected", said)

    def test_nothing_is_nothing_in_purchases_and_money(self):
        for profile in self.profiles.filtered("outlook"):
            none = profile._chance_of_none() >= LIKELY
            for words in (
                profile.expected_purchases_words,
                profile.expected_revenue_words,
                profile.clv_words,
            ):
                if words and words != "too few data":
                    self.assertEqual(words.startswith(NOTHING), none, words)

    def test_lost_is_said_with_what_lost_means(self):
        lost = self.profiles.filtered(lambda p: p.stage_id.code == "lost")
        self.assertTrue(lost)
        for profile in lost:
            if profile.return_chance is not False:
                self.assertLess(profile.return_chance, LIKELY)
            self.assertNotIn("likely not to buy within", " ".join(self._said(profile)))
            self.assertIn(profile.worklist, (False, "retain"))  # just lost

    def test_a_risk_stands_wherever_a_customer_at_risk_is_listed(self):
        listed = self.profiles.filtered(
            lambda p: p.worklist and p.risk_state == "at_risk"
        )
        for profile in listed:
            self.assertIn("churn risk", profile.worklist_reason)

    def test_percent_and_counts_are_written_one_way(self):
        for profile in self.profiles:
            for text in self._said(profile):
                self.assertNotRegex(text, r"\b1 (days|purchases|months)\b|\d %|−|-0\b")

    def test_days_are_counted_until_today(self):
        for profile in self.profiles:
            days = (TODAY - profile.last_purchase_date).days
            self.assertEqual(days, profile.recency_days)
