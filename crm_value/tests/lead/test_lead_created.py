from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .lead_common import LeadCommon


@freeze_time("2026-06-15 12:00:00")
@tagged("post_install", "-at_install")
class TestLeadCreated(LeadCommon):
    """What the customer was when the lead came is kept, whatever it becomes."""

    def setUp(self):
        super().setUp()
        self.star, self.small = self._customer("Star"), self._customer("Small")
        self._purchases(self.star, *((900, 20 * at) for at in range(12)))
        self._purchases(self.small, (20, 300))
        self._score()

    def test_quadrant_and_tier_are_those_of_the_day(self):
        profile = self._profile(self.star)
        gold = self.env.ref("crm_value.tier_gold")
        profile.sudo().tier_id = gold
        contact = self._customer("Contact", parent=self.star)
        lead = self._lead(partner_id=contact.id)
        self.assertEqual(lead.value_created_quadrant, profile.quadrant)
        self.assertEqual(lead.value_created_tier_id, gold)
        self.env.cr.execute(
            "UPDATE crm_value_profile SET quadrant = 'lead', tier_id = NULL"
        )
        self.env.invalidate_all()
        lead.write({"priority": "2", "partner_id": self.small.id})
        self.assertEqual(lead.value_created_quadrant, "platinum")
        self.assertEqual(lead.value_created_tier_id, gold)

    def test_nothing_is_known_without_a_customer_and_stays_so(self):
        lead = self._lead()
        self.assertFalse(lead.value_created_quadrant)
        lead.partner_id = self.star
        self.assertFalse(lead.value_created_quadrant)

    def test_nobody_says_or_changes_it(self):
        tier = self.env.ref("crm_value.tier_gold")
        said = {"value_created_quadrant": "gold", "value_created_tier_id": tier.id}
        lead = self._lead(**said)
        self.assertFalse(lead.value_created_quadrant or lead.value_created_tier_id)
        leads = self.env["crm.lead"].with_context(default_value_created_quadrant="gold")
        self.assertFalse(leads.create({"name": "Default"}).value_created_quadrant)
        for user in (self.env.user, self.officer):
            with self.assertRaises(UserError):
                lead.with_user(user).write(said)

    def test_a_copy_is_created_today(self):
        lead = self._lead(partner_id=self.small.id)
        before = lead.value_created_quadrant
        self.assertTrue(before)
        self.env.cr.execute(
            "UPDATE crm_value_profile SET quadrant = 'platinum' WHERE partner_id = %s",
            (self.small.id,),
        )
        self.env.invalidate_all()
        self.assertEqual(lead.copy().value_created_quadrant, "platinum")
        self.assertEqual(lead.value_created_quadrant, before)

    def test_native_scoring_learns_from_what_was_then(self):
        """Odoo's own frequency table counts the stored field by a statement of SQL."""
        field = self.env["ir.model.fields"]._get("crm.lead", "value_created_quadrant")
        self.env["crm.lead.scoring.frequency.field"].create({"field_id": field.id})
        settings = self.env["ir.config_parameter"].sudo()
        settings.set_param("crm.pls_fields", "value_created_quadrant")
        settings.set_param("crm.pls_start_date", "2020-01-01")
        quadrant = self._profile(self.star).quadrant
        team = self.env["crm.team"].create({"name": "T", "company_id": self.company.id})
        self._won(self.star, 30, team_id=team.id)
        self.env.flush_all()
        self.env["crm.lead"]._cron_update_automated_probabilities()
        counted = self.env["crm.lead.scoring.frequency"].search(
            [("variable", "=", "value_created_quadrant"), ("team_id", "=", team.id)]
        )
        self.assertEqual(counted.mapped("value"), [quadrant])

    def test_many_leads_ask_as_often_as_few(self):
        counts = []
        for size in (5, 50):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            leads = self.env["crm.lead"].create(
                [
                    {
                        "name": f"{at}",
                        "company_id": self.company.id,
                        "user_id": self.seller.id,
                        "partner_id": (self.star, self.small)[at % 2].id,
                    }
                    for at in range(size)
                ]
            )
            created = self.env.cr.sql_log_count
            leads._value_freeze()
            leads._value_chains()
            counts.append(self.env.cr.sql_log_count - created)
            self.assertGreater(created, before)
        self.assertEqual(counts[0], counts[1])
