"""A playbook is started by hand, with a preview of what will happen."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .playbook_common import PlaybookCommon


@tagged("post_install", "-at_install")
class TestPlaybookLaunch(PlaybookCommon):
    def _launch(self, customers, user=None, **values):
        """Open the wizard from the list of customers, as a user does."""
        user = user or self.seller
        self.env.invalidate_all()
        profiles = self.env["crm.value.profile"].search(
            [
                ("partner_id", "in", customers.ids),
                ("company_id", "=", self.company.id),
            ]
        )
        return (
            self.env["crm.value.playbook.launch"]
            .with_user(user)
            .with_context(active_model="crm.value.profile", active_ids=profiles.ids)
            .create(values)
        )

    def test_salesperson_starts_from_the_profile(self):
        profile = self._profile(self.acme).with_user(self.seller)
        action = profile.action_start_playbook()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.seller)
            .with_context(**action["context"])
        )
        self.assertEqual(
            form.playbook_id, self.env.ref("crm_value.playbook_stable"), "its stage's"
        )
        self.assertEqual((form.start_count, form.step_count), (1, 4))
        result = form.save().action_launch()
        [start] = self.starts.search(result["domain"])
        self.assertEqual((start.user_id, start.state), (self.seller, "done"))
        self.assertEqual(len(self._activities(self.acme)), 4)

    def test_playbooks_of_other_stages_are_not_offered(self):
        wizard = self._launch(self.acme, playbook_id=self.declining.id)
        names = {
            "company_ids": wizard.company_ids.ids,
            "stage_ids": wizard.stage_ids.ids,
        }
        domain = safe_eval(wizard._fields["playbook_id"].domain, names)
        offered = self.env["crm.value.playbook"].search(domain)
        self.assertIn(self.env.ref("crm_value.playbook_stable"), offered)
        self.assertNotIn(self.declining, offered)

    def test_many_customers_wait_for_the_cron(self):
        many = self._buyers(51)
        wizard = self._launch(many, playbook_id=self.declining.id)
        wizard.action_launch()
        self.assertFalse(self._activities(many))
        self._work()
        self.assertEqual(len(self._activities(many)), 3 * 51)

    def test_running_customers_are_left_out(self):
        friend = self._buyer("Friend")
        self._score()
        self._launch(self.acme, playbook_id=self.declining.id).action_launch()
        wizard = self._launch(self.acme | friend, playbook_id=self.declining.id)
        self.assertEqual((wizard.start_count, wizard.running_count), (1, 1))
        wizard.action_launch()
        self.assertEqual(len(self._activities(self.acme)), 3)
        again = self._launch(self.acme, playbook_id=self.declining.id)
        with self.assertRaises(UserError):
            again.action_launch()

    def test_preview_says_whose_mail_is_held_and_why(self):
        self.declining.write({"send_mail": True})
        silent, out = self._buyer("Silent"), self._buyer("Out", email="o@example.com")
        self._score()
        self.env["mail.blacklist"]._add("o@example.com")
        wizard = self._launch(self.acme | silent | out, playbook_id=self.declining.id)
        self.assertEqual((wizard.start_count, wizard.mail_count), (3, 1))
        self.assertEqual(
            sorted(wizard.held_text.splitlines()),
            ["1 × No e-mail address", "1 × Opted out"],
        )
        self._policy(contact_cap=0)
        wizard.invalidate_recordset()
        self.assertIn("1 × Frequency cap reached", wizard.held_text)

    def test_playbook_of_another_company_starts_nobody_here(self):
        other = self._create_company("Other Company", self.usd)
        mine = self._playbook(company_id=other.id)
        wizard = self._launch(self.acme, self.env.user, playbook_id=mine.id)
        self.assertEqual((wizard.start_count, wizard.foreign_count), (0, 1))
        with self.assertRaises(UserError):
            wizard.action_launch()

    def test_customers_of_other_companies_cannot_be_started(self):
        outsider = self._seller("outsider", self._create_company("Far", self.usd))
        with self.assertRaises(AccessError):
            self._launch(
                self.acme, outsider, playbook_id=self.declining.id
            ).action_launch()

    def test_starting_by_hand_ends_with_no_stage(self):
        self._launch(self.acme, playbook_id=self.declining.id).action_launch()
        self._work()
        self.assertEqual(self._started(self.acme).open_count, 3)

    def test_only_managers_write_playbooks(self):
        values = {"name": "Mine", "company_id": self.company.id}
        officer = new_test_user(self.env, "officer", "crm_value.group_officer")
        for user in (self.seller, officer):
            env = self.env(user=user)
            with self.assertRaises(AccessError):
                env["crm.value.playbook"].create(values)
            with self.assertRaises(AccessError):
                self.declining.with_user(user).name = "Mine"
            with self.assertRaises(AccessError):
                self.declining.template_ids.with_user(user).write({"summary": "No"})
        manager = self._seller("chief", groups="crm_value.group_manager")
        mine = self.env(user=manager)["crm.value.playbook"].create(
            {**values, "template_ids": [(0, 0, {"summary": "Call"})]}
        )
        mine.template_ids.summary = "Call again"
        mine.unlink()
        with self.assertRaises(AccessError):
            self.env(user=manager)["mail.activity.plan"].create(
                {"name": "Leads", "res_model": "crm.lead"}
            )

    def test_others_see_nothing_of_another_company(self):
        self._move(self.acme, "decline")
        self.declining.write({"send_mail": True, "mail_delay": 0})
        self._work()
        start = self._started(self.acme)
        self.assertTrue(start.step_ids and start.contact_ids)
        outsider = self._seller("outsider", self._create_company("Far", self.usd))
        for record in (start, start.step_ids, start.contact_ids):
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                self.env.invalidate_all()
                record.with_user(outsider).mapped("display_name")
        for method in ("action_stop", "action_retry"):
            with self.assertRaises(AccessError):
                getattr(start.with_user(outsider), method)()
