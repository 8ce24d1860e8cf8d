from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .campaign_common import CampaignCommon

APRIL, MAY = date(2026, 4, 30), date(2026, 5, 31)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestSegment(CampaignCommon):
    """What a segment's customers are offered, and who was in it at month ends."""

    def _offer(self, edition, stage, **values):
        return self.env["crm.value.segment.offer"].create(
            {
                "segment_id": self.segment.id,
                "stage_id": stage.id,
                "edition": edition,
                **values,
            }
        )

    def test_customer_is_told_the_offer_of_its_segment_and_stage(self):
        profile = self._profile(self.customers[0])
        other = self.env["crm.value.stage"].search(
            [("id", "!=", profile.stage_id.id)], limit=1
        )
        self._offer("complete", other)
        self.assertFalse(profile.segment_offer)
        self._offer("basic", profile.stage_id, description="Delivery within a week")
        profile.invalidate_recordset()
        self.assertEqual(profile.segment_offer, "All – Basic: Delivery within a week")
        self.segment.domain = "[('purchase_count', '>', 9999)]"
        profile.invalidate_recordset()
        self.assertFalse(profile.segment_offer)

    def test_smallest_edition_of_several_segments_comes_first(self):
        profile = self._profile(self.customers[0])
        second = self.segment.copy({"name": "Second"})
        self._offer("complete", profile.stage_id)
        self._offer("enhanced", profile.stage_id, segment_id=second.id)
        profile.invalidate_recordset()
        self.assertEqual(
            profile.segment_offer.splitlines(), ["Second – Enhanced", "All – Complete"]
        )

    def test_campaign_tells_approach_and_offers(self):
        stage = self._profile(self.customers[0]).stage_id
        self._offer("basic", stage)
        self.segment.strategy = "Ask first."
        campaign = self._campaign()
        self.assertEqual(campaign.editions, f"{stage.name} – Basic")
        self.assertEqual(campaign.approach, "Ask first.")

    def test_copy_takes_the_offers_along_and_plain_users_see_none(self):
        stage = self._profile(self.customers[0]).stage_id
        offer = self._offer("basic", stage)
        self.assertEqual(self.segment.copy().offer_ids.edition, "basic")
        user = self._user("segment_user", "crm_value.group_user")
        with self.assertRaises(AccessError):
            offer.with_user(user).read(["edition"])
        with self.assertRaises(AccessError):
            self._profile(self.customers[0]).with_user(user).read(["segment_offer"])

    # --- month ends ---

    def _kept(self):
        """Keep two month ends: of four customers in April, one leaves, one comes."""
        snapshots = self.env["crm.value.snapshot"]
        snapshots.search([("company_id", "=", self.company.id)]).unlink()
        runs = self.env["crm.value.run"].create(
            [
                {"company_id": self.company.id, "as_of": day, "state": "done"}
                for day in (APRIL, MAY)
            ]
        )
        snapshots.create(
            [
                {
                    "run_id": run.id,
                    "company_id": self.company.id,
                    "date": run.as_of,
                    "month_end": True,
                    "partner_id": self.customers[at].id,
                    "origin_id": self.customers[at].id,
                    "purchase_count": 3 if at in inside else 0,
                }
                for run, inside in zip(runs, ((0, 1, 2), (1, 2, 3)), strict=True)
                for at in range(4)
            ]
        )

    def test_month_ends_tell_who_was_in_it_who_came_and_who_left(self):
        self._kept()
        found = self.segment.with_user(self.officer).get_months()
        self.assertFalse(found["unknown"])
        april, may = found["months"]
        self.assertEqual(
            april,
            {
                "date": "2026-04-30",
                "count": 3,
                "share": 0.75,
                "came": False,
                "left": False,
            },
        )
        self.assertEqual((may["count"], may["came"], may["left"]), (3, 1, 1))

    def test_month_opens_who_came_and_who_left(self):
        self._kept()
        for which, whom in (("came", [3]), ("left", [0]), ("count", [1, 2, 3])):
            action = self.segment.with_user(self.officer).open_month(
                "2026-05-31", which
            )
            rows = self.env["crm.value.snapshot"].search(action["domain"])
            names = {f"Customer {at}" for at in whom}
            self.assertEqual(set(rows.partner_id.mapped("name")), names)
        for wrong in (("2026-05-31", "all"), (7, "came"), ("never", "came")):
            with self.assertRaises(UserError):
                self.segment.open_month(*wrong)

    def test_segment_that_was_empty_has_months_of_none(self):
        self._kept()
        self.segment.domain = "[('purchase_count', '>', 9999)]"
        months = self.segment.get_months()["months"]
        self.assertEqual([one["count"] for one in months], [0, 0])
        self.assertEqual((months[1]["came"], months[1]["left"]), (0, 0))

    def test_filter_that_month_ends_do_not_keep_says_so(self):
        self.segment.domain = "[('as_of', '!=', False)]"
        self.assertEqual(self.segment.get_months(), {"unknown": True, "months": []})
        with self.assertRaises(UserError):
            self.segment.open_month("2026-05-31", "count")
