from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestFirstStepsTour(HttpCase):
    """The first evening in a company where nothing is, in a browser."""

    browser_size = "1920x1080"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(lang)
        cls.company = cls.env["res.company"].create({"name": "Fresh"})

    def _user(self, group, lang="en_US"):
        return new_test_user(
            self.env,
            login=f"first_{group}_{lang}",
            groups=f"base.group_user,crm_value.group_{group}",
            company_id=self.company.id,
            company_ids=self.company.ids,
            lang=lang,
        ).login

    def test_manager_takes_the_steps(self):
        login = self._user("manager")
        self.start_tour("/odoo/customer-value", "crm_value_first_steps", login=login)

    def test_manager_takes_the_steps_in_chinese(self):
        login = self._user("manager", "zh_CN")
        self.start_tour("/odoo/customer-value", "crm_value_first_steps", login=login)

    def test_manager_closes_the_steps_and_finds_them_again(self):
        login = self._user("manager")
        self.start_tour(
            "/odoo/customer-overview", "crm_value_first_steps_closed", login=login
        )

    def test_officer_and_plain_user_see_no_steps(self):
        for group in ("officer", "user"):
            self.start_tour(
                "/odoo/customer-overview",
                "crm_value_first_steps_others",
                login=self._user(group),
            )
