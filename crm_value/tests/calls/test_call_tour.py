from odoo.tests import HttpCase, new_test_user, tagged

from .calls_common import NUMBER, SELLER


@tagged("post_install", "-at_install")
class TestCallTour(HttpCase):
    """An agent's screen while a telephone system tells of calls."""

    browser_size = "1920x1080"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.company = cls.env["res.company"].create({"name": "Tour Company"})
        cls.agent = new_test_user(
            cls.env,
            login="tour_agent",
            groups=f"{SELLER},helpdesk_mgmt.group_helpdesk_user,crm.group_use_lead",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
            lang="en_US",
        )
        cls.pbx = cls.env["crm.value.pbx"].create(
            {
                "name": "Tour",
                "company_id": cls.company.id,
                "country_id": cls.env.ref("base.cn").id,
                "user_id": cls.env.ref("base.user_admin").id,
            }
        )
        cls.pbx.extension_ids.create(
            {"pbx_id": cls.pbx.id, "number": "101", "user_id": cls.agent.id}
        )
        azure = cls.env["res.partner"].create(
            {"name": "Tour Azure", "is_company": True}
        )
        for name in ("Ann", "Ben"):
            azure.child_ids.create(
                {"name": name, "parent_id": azure.id, "phone": NUMBER}
            )

    def test_a_call_ends_in_the_right_place(self):
        key = self.pbx._make_key()
        self.start_tour(
            "/odoo/calls",
            "crm_value_calls",
            login="tour_agent",
            cookies={"crm_value_key": key},
            timeout=120,
        )
        calls = self.env["crm.value.call"].search([("pbx_id", "=", self.pbx.id)])
        ended = calls.filtered(lambda call: call.call_key == "tour 1")
        self.assertEqual((ended.state, ended.user_id), ("ended", self.agent))
        self.assertEqual(ended.partner_id.name, "Ben")
        self.assertEqual(ended.ticket_ids.partner_id.name, "Ben")
        self.assertEqual((calls - ended).state, "missed")
        known = self.env["crm.value.number"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(known.partner_id.name, "Ben")
