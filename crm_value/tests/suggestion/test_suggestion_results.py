"""What becomes of suggestions, and what suggesting adds to the margin."""

from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..common import TODAY, ago
from .suggestion_common import OFFER, SuggestionCommon

LONG_AGO = "2026-01-10"


@freeze_time("2026-06-15 12:00:00")
@tagged("post_install", "-at_install")
class TestSuggestionResults(SuggestionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._score()
        cls.officer = cls._seller(
            "offer_officer", "sales_team.group_sale_manager,crm_value.group_officer"
        )

    def _offer(self, customer=None, date=LONG_AGO, **values):
        return self.env[OFFER].create(
            {
                "company_id": self.company.id,
                "partner_id": (customer or self.customer).id,
                "product_id": self.cup.id,
                "date": date,
                "period": "2026-01-01",
                "kind": "similar",
                **values,
            }
        )

    def _settle_offers(self):
        self.env[OFFER]._settle(self.company)

    def _bill(self, customer, day, price=50, **values):
        lines = [self._line(price, product_id=self.cup.id, **values)]
        return self._invoice(customer, 0, day, lines=lines)

    def _report(self, user=None):
        report = self.env["crm.value.offer.report"].with_user(user or self.officer)
        report = report.with_context(allowed_company_ids=self.company.ids)
        return report.get_report()

    # --- outcomes ---

    def test_added_is_kept_where_the_confirmed_order_has_it(self):
        orders = [self._quote(self.tea, self.cup) for _one in range(3)]
        kept, taken_off, waits = (
            self._offer(
                self._customer(f"Adds {at}"), ago(3), order_id=order.id, outcome="added"
            )
            for at, order in enumerate(orders)
        )
        taken_off.order_id.order_line[-1].unlink()
        (kept | taken_off).order_id.action_confirm()
        self._settle_offers()
        self.assertEqual(
            (kept.is_kept, taken_off.is_kept, waits.is_kept), (True, False, False)
        )

    def test_unanswered_is_ignored_once_the_order_is_confirmed_or_time_is_over(self):
        orders = [self._quote(self.tea) for _one in range(2)]
        confirmed, waits = (
            self._offer(self._customer(f"Leaves {at}"), ago(3), order_id=order.id)
            for at, order in enumerate(orders)
        )
        orders[0].action_confirm()
        over = self._offer()
        self._settle_offers()
        self.assertEqual(
            (confirmed.outcome, waits.outcome, over.outcome),
            ("ignored", "open", "ignored"),
        )

    def test_bought_within_ninety_days_counts_by_any_order_less_what_came_back(self):
        offer = self._offer(date=ago(100))
        invoice = self._bill(self.customer, ago(60), quantity=3)
        self._reverse(invoice, ago(50), amount=50)
        self._bill(self.customer, ago(101))
        self._bill(self.customer, ago(9))
        self._settle_offers()
        self.assertTrue(offer.is_settled and offer.is_bought)
        self.assertEqual((offer.revenue, offer.margin), (100, 80))

    def test_purchase_counts_for_the_last_suggestion_before_it_alone(self):
        first = self._offer(date=ago(170))
        second = self._offer(date=ago(100), period="2026-04-01", is_held_out=True)
        other = self._offer(date=ago(100), product_id=self.pot.id)
        for days in (150, 100, 90):
            self._bill(self.customer, ago(days))
        self._settle_offers()
        self.assertEqual((first.revenue, second.revenue, other.revenue), (50, 100, 0))
        self.assertEqual((first.margin, second.margin), (40, 80))
        theirs = self._offer(self._customer("Another"), date=ago(95))
        self._bill(theirs.partner_id, ago(9))
        self._settle_offers()
        self.assertEqual(theirs.revenue, 50, "of another customer")

    def test_what_was_not_shown_is_followed_alike(self):
        offer = self._offer(is_held_out=True)
        self._bill(self.customer, "2026-02-01")
        self._settle_offers()
        self.assertEqual((offer.outcome, offer.is_bought), ("open", True))
        self.assertEqual(offer.margin, 40)

    def test_time_that_is_not_over_is_not_judged(self):
        offer = self._offer(date=ago(90))
        self._settle_offers()
        self.assertFalse(offer.is_settled)
        self.assertFalse(offer.margin)

    # --- what suggesting adds ---

    def test_difference_needs_thirty_that_were_not_shown(self):
        self._many(shown=100, held=29)
        self.assertEqual(self._report()["all"]["verdict"], "few")
        self.assertIsNone(self._report()["all"]["low"])

    def test_difference_of_shown_and_not_shown_is_what_suggesting_adds(self):
        self._many(shown=200, held=40, bought=80)
        told = self._report()["all"]
        self.assertEqual((told["shown"], told["held"]), (200, 40))
        self.assertEqual((told["bought_shown"], told["bought_held"]), (0.4, 0))
        self.assertEqual((told["margin_shown"], told["margin_held"]), (4, 0))
        self.assertEqual(told["difference"], 4)
        self.assertLess(0, told["low"])
        self.assertEqual(told["verdict"], "more")

    def _many(self, shown, held, bought=0):
        customers = self.env["res.partner"].create(
            [{"name": f"Many {at}"} for at in range(shown + held)]
        )
        self.env[OFFER].create(
            [
                {
                    "company_id": self.company.id,
                    "partner_id": customer.id,
                    "product_id": self.cup.id,
                    "date": LONG_AGO,
                    "period": "2026-01-01",
                    "kind": "similar",
                    "outcome": "ignored",
                    "is_settled": True,
                    "is_held_out": at >= shown,
                    "is_bought": at < bought,
                    "margin": 10 if at < bought else 0,
                }
                for at, customer in enumerate(customers)
            ]
        )

    def test_report_without_suggestions_says_so(self):
        told = self._report()
        self.assertEqual((told["all"]["offers"], told["rows"]), (0, []))

    def test_report_is_for_officers_who_see_all_customers(self):
        with self.assertRaises(AccessError):
            self._report(self.seller)
        partial = self._seller(
            "partial_officer", "sales_team.group_sale_salesman,crm_value.group_officer"
        )
        with self.assertRaises(AccessError):
            self._report(partial)

    def test_other_companies_suggestions_are_not_told(self):
        other = self._create_company("Other Company", self.usd)
        self._offer(company_id=other.id)
        self.assertEqual(self._report()["all"]["offers"], 0)
        self.assertFalse(self.env[OFFER].with_user(self.officer).search([]))

    # --- the job ---

    def test_job_learns_and_settles_company_by_company(self):
        offer = self._offer()
        self.env["crm.value.likeness"].search([]).unlink()
        cron = self.env.ref("crm_value.ir_cron_suggestion")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertTrue(offer.is_settled)
        learnt = self.env["crm.value.likeness"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(set(learnt.mapped("day")), {TODAY})

    def test_job_goes_on_where_its_time_was_over(self):
        crons = type(self.env["ir.cron"])
        with (
            patch.object(crons, "_commit_progress", lambda self, *_a, **_k: 0),
            patch.object(crons, "_trigger") as trigger,
        ):
            self.env["crm.value.likeness"]._cron_learn()
        self.assertTrue(trigger.called)

    def test_erased_contact_takes_its_suggestions_along(self):
        offer = self._offer(self._customer("Erased"))
        offer.partner_id.unlink()
        self.assertFalse(offer.exists())
