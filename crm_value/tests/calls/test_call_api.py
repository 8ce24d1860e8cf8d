import json
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged

from ...models.calls import crm_value_pbx_key
from .calls_common import SELLER

API = "/crm_value/calls/v1"
NUMBER = "+8613800138000"


@tagged("post_install", "-at_install")
class TestCallApi(HttpCase):
    """Telephone systems over HTTP: who is let in, and what is answered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.company = cls.env["res.company"].create({"name": "Calls Company"})
        cls.other = cls.env["res.company"].create({"name": "Other Company"})
        cls.pbx = cls._pbx("Office", cls.company)
        cls.key = cls.pbx._make_key()
        cls.customer = cls.env["res.partner"].create(
            {"name": "杭州明远", "phone": NUMBER, "company_id": cls.company.id}
        )

    def setUp(self):
        super().setUp()
        crm_value_pbx_key.verified.clear()
        crm_value_pbx_key.counted.clear()

    @classmethod
    def _pbx(cls, name, company):
        return cls.env["crm.value.pbx"].create(
            {
                "name": name,
                "company_id": company.id,
                "country_id": cls.env.ref("base.cn").id,
                "user_id": cls.env.ref("base.user_admin").id,
            }
        )

    def _post(self, path, key=None, form=None, **body):
        headers = {"Authorization": f"Bearer {key or self.key}"}
        if form is not None:
            return self.url_open(f"{API}/{path}", data=form, headers=headers)
        headers["Content-Type"] = "application/json"
        return self.url_open(f"{API}/{path}", data=json.dumps(body), headers=headers)

    def _look_up(self, key=None):
        return self._post("lookup", key, number=NUMBER)

    def _calls(self):
        return self.env["crm.value.call"].search([("pbx_id", "=", self.pbx.id)])

    # --- who is let in ---

    def test_a_key_of_the_telephone_system_is_let_in(self):
        response = self._look_up()
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.json()["customer"], "杭州明远")
        self.assertEqual(response.headers["Content-Type"], "application/json")

    def test_forged_and_missing_keys_are_refused(self):
        forged = self.key[:8] + "0" * (len(self.key) - 8)
        for key in (forged, "x", "秘密".encode().decode("latin-1")):
            response = self._look_up(key)
            self.assertEqual(response.status_code, 401)
            self.assertEqual(response.headers["WWW-Authenticate"], "Bearer")
            self.assertNotIn("杭州", response.text)
        response = self.url_open(f"{API}/lookup", data={"number": NUMBER})
        self.assertEqual(response.status_code, 401)

    def test_keys_of_odoo_that_are_not_ours_are_refused(self):
        keys = self.env["res.users.apikeys"].with_user(self.pbx.user_id).sudo()
        for scope in (None, "rpc", "crm_value.other"):
            key = keys._generate(scope, "Another", None)
            self.assertEqual(self._look_up(key).status_code, 401)

    def test_a_key_of_ours_opens_nothing_else_of_odoo(self):
        found = self.env["res.users.apikeys"]._check_credentials(
            scope="rpc", key=self.key
        )
        self.assertFalse(found)

    def test_an_expired_key_is_refused_at_once(self):
        self.assertEqual(self._look_up().status_code, 200)
        self.env.cr.execute(
            "UPDATE res_users_apikeys SET expiration_date = %s WHERE scope = %s",
            (fields.Datetime.now() - timedelta(days=1), self.pbx._scope()),
        )
        self.assertEqual(self._look_up().status_code, 401)

    def test_a_key_taken_back_is_refused_at_once(self):
        self.assertEqual(self._look_up().status_code, 200)
        self.pbx.action_revoke_keys()
        self.assertEqual(self._look_up().status_code, 401)

    def test_the_key_of_an_archived_user_is_refused(self):
        owner = new_test_user(self.env, login="owner", groups="base.group_user")
        self.pbx.user_id = owner
        key = self.pbx._make_key()
        self.assertEqual(self._look_up(key).status_code, 200)
        owner.active = False
        self.assertEqual(self._look_up(key).status_code, 401)

    def test_a_key_is_verified_once_a_minute(self):
        keys = type(self.env["res.users.apikeys"])
        check = keys._check_credentials
        asked = []

        def count(model, *, scope, key):
            asked.append(scope)
            return check(model, scope=scope, key=key)

        with patch.object(keys, "_check_credentials", count):
            for _time in range(5):
                self.assertEqual(self._look_up().status_code, 200)
            self.assertEqual(len(asked), 1)
            with patch.object(crm_value_pbx_key, "monotonic", lambda: 1e9):
                self._look_up()
            self.assertEqual(len(asked), 2)

    def test_the_key_of_another_company_tells_of_its_own_customers_only(self):
        key = self._pbx("Theirs", self.other)._make_key()
        response = self._look_up(key)
        self.assertEqual(response.json()["result"], "none")
        self.assertNotIn("杭州", response.text)

    def test_addresses_that_are_not_allowed_are_refused(self):
        self.pbx.ip_ranges = "192.0.2.0/24\n2001:db8::/32"
        self.assertEqual(self._look_up().status_code, 403)
        self.pbx.ip_ranges = "192.0.2.0/24\n127.0.0.0/8"
        self.assertEqual(self._look_up().status_code, 200)
        with self.assertRaises(ValidationError):
            self.pbx.ip_ranges = "somewhere"

    def test_a_system_that_is_off_is_not_found(self):
        self.pbx.active = False
        self.assertEqual(self._look_up().status_code, 404)

    def test_nothing_is_told_while_service_is_switched_off(self):
        part = self.env["res.groups"]._value_part("service")
        self.env.ref("crm_value.group_user")._remove_group(part)
        self.assertEqual(self._look_up().status_code, 404)

    def test_more_requests_than_a_minute_allows_are_refused(self):
        self.pbx.rate_limit = 3
        with patch.object(crm_value_pbx_key, "monotonic", lambda: 7e9):
            found = [self._look_up().status_code for _time in range(5)]
        self.assertEqual(found, [200, 200, 200, 429, 429])
        with patch.object(crm_value_pbx_key, "monotonic", lambda: 7e9 + 60):
            self.assertEqual(self._look_up().status_code, 200)

    def test_odd_requests_are_refused(self):
        odd = [{}, {"number": ["a"]}, {"number": {}}, {"from": ""}, {"number": 7}]
        for body in odd:
            self.assertEqual(self._post("lookup", **body).status_code, 400, body)
        for body in ({"event": "dance"}, {"event": "answer"}, {"callId": "1"}):
            self.assertEqual(self._post("event", **body).status_code, 400, body)
        long = {"event": "newCall", "callId": "1" * 500}
        self.assertEqual(self._post("event", **long).status_code, 400)
        big = self._post("lookup", number="1" * 20_000)
        self.assertEqual(big.status_code, 413)
        headers = {"Content-Type": "application/json"}
        for body in ("{", "[]", '"text"', "1"):
            response = self.url_open(
                f"{API}/lookup/{self.key}", data=body, headers=headers
            )
            self.assertEqual(response.status_code, 400, body)
        self.assertFalse(self._calls())

    def test_requests_are_noted_without_numbers_and_names(self):
        with self.assertLogs("odoo.addons.crm_value.controllers.calls") as logs:
            self._look_up()
            self._look_up("x")
        good, bad = logs.output
        self.assertIn(f"look_up telephone system {self.pbx.id}", good)
        self.assertIn(": 200 in", good)
        self.assertIn(": 401 in", bad)
        self.assertNotIn("138", good + bad)
        self.assertNotIn(self.key, good + bad)

    def test_managers_alone_make_keys(self):
        user = new_test_user(self.env, login="seller", groups=SELLER)
        for method in ("_make_key", "action_new_key", "action_revoke_keys"):
            with self.assertRaises(AccessError):
                getattr(self.pbx.with_user(user), method)()
        with self.assertRaises(UserError):  # its identity is asked for over HTTP
            self.pbx.action_new_key()

    # --- what is answered ---

    def test_a_bridge_for_zammad_needs_another_address_only(self):
        form = {
            "event": "newCall",
            "from": NUMBER,
            "to": "101",
            "direction": "in",
            "callId": "307fa962-de8d-4ffc-817b-7f6993204159",
            "user[]": ["Alice", "Bob"],
        }
        address = f"{API}/event/{self.key}"
        response = self.url_open(address, data=form)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.json()["customer"], "杭州明远")
        call = self._calls()
        self.assertEqual((call.state, call.partner_id), ("ringing", self.customer))
        for event, state in (("answer", "answered"), ("hangup", "ended")):
            told = {**form, "event": event, "cause": "normalClearing"}
            for recorded in (True, False):
                response = self.url_open(address, data=told)
                self.assertEqual(response.json(), {"recorded": recorded})
            call.invalidate_recordset()
            self.assertEqual(call.state, state)

    def test_events_are_told_as_json_too(self):
        body = {"event": "newCall", "from": NUMBER, "to": "1", "direction": "in"}
        response = self._post("event", callId="j", user=["101"], **body)
        self.assertTrue(response.json()["recorded"])
        self.assertEqual(self._calls().number, NUMBER)

    def test_a_look_up_can_be_sent_as_a_form(self):
        response = self._post("lookup", form={"from": "138 0013 8000"})
        self.assertEqual(response.json()["customer"], "杭州明远")

    # --- the address that shows the caller ---

    def _path(self):
        url = self._look_up().json()["pop_url"]
        self.assertNotIn(NUMBER[1:], url)
        return url[url.index("/crm_value") :]

    def test_the_address_of_a_caller_needs_a_login(self):
        response = self.url_open(self._path(), allow_redirects=False)
        self.assertIn("/web/login", response.headers["Location"])

    def test_the_address_opens_the_customer_for_who_may_see_it(self):
        new_test_user(
            self.env,
            login="mine",
            groups=SELLER,
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        new_test_user(
            self.env,
            login="theirs",
            groups=SELLER,
            company_id=self.other.id,
            company_ids=self.other.ids,
        )
        path = self._path()
        self.authenticate("mine", "mine")
        response = self.url_open(path, allow_redirects=False)
        location = response.headers["Location"]
        self.assertIn(f"/odoo/res.partner/{self.customer.id}", location)
        forged = self.url_open(path[:-4] + "AAAA", allow_redirects=False)
        self.assertEqual(forged.status_code, 404)
        self.authenticate("theirs", "theirs")
        self.assertEqual(self.url_open(path, allow_redirects=False).status_code, 404)
