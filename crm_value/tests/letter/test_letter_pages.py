"""Pages of the letter: a look at it, its links, and how to stop it."""

from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestLetterPages(HttpCase):
    """Whoever asks gets what their rights allow, and a GET changes nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.reader = new_test_user(
            cls.env, "letter_reader", "base.group_user,crm_value.group_user"
        )

    def _path(self, path):
        return f"/crm_value/letter/{self.company.id}{path}"

    def test_preview_is_for_users_of_the_company(self):
        self.authenticate("letter_reader", "letter_reader")
        page = self.url_open(self._path(""))
        self.assertEqual(page.status_code, 200)
        self.assertIn(self.company.name, page.text)
        other = self.env["res.company"].create({"name": "Not theirs"})
        self.assertEqual(
            self.url_open(f"/crm_value/letter/{other.id}").status_code, 404
        )
        new_test_user(self.env, "letter_nobody", "base.group_user")
        self.authenticate("letter_nobody", "letter_nobody")
        self.assertEqual(self.url_open(self._path("")).status_code, 404)

    def test_link_opens_known_screens_in_the_company(self):
        self.authenticate("letter_reader", "letter_reader")
        path = self._path("/open?to=customers&customer=7")
        answer = self.url_open(path, allow_redirects=False)
        self.assertTrue(answer.headers["Location"].endswith("/odoo/customer-value/7"))
        self.assertEqual(answer.cookies["cids"], str(self.company.id))
        for wrong in ("", "?to=https://example.com", "?to=settings"):
            answer = self.url_open(self._path(f"/open{wrong}"), allow_redirects=False)
            self.assertEqual(answer.status_code, 404, wrong)

    def test_stop_needs_its_token_and_a_post(self):
        url = self.reader._value_letter_stop_url().removeprefix(
            self.reader.get_base_url()
        )
        self.assertEqual(self.url_open(f"{url}x").status_code, 404)
        self.assertEqual(self.url_open(f"{url}x", data={"a": 1}).status_code, 404)
        self.assertEqual(self.url_open(url).status_code, 200)
        self.assertTrue(self.reader.value_letter)
        posted = {"List-Unsubscribe": "One-Click"}
        self.assertEqual(self.url_open(url, data=posted).status_code, 200)
        self.env.invalidate_all()
        self.assertFalse(self.reader.value_letter)
