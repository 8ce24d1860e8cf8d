import doctest

from odoo.tests import tagged

from ...models.calls import asking, matching
from .calls_common import NUMBER, CallsCommon

# Contacts and customers of one number: what the published table of Dynamics 365 says,
# but two contacts of one customer are that customer.
TABLE = {
    ("contact",): ("one", "Anna"),
    ("contact", "customer"): ("one", "Anna"),
    ("contact", "contact"): ("one", None),
    ("contact", "contact", "customer"): ("one", None),
    ("customer",): ("one", None),
    ("customer", "other"): ("many", None),
    ("contact", "other"): ("many", None),
    ("contact", "contact", "customer", "other"): ("many", None),
    (): ("none", None),
}


@tagged("post_install", "-at_install")
class TestMatching(CallsCommon):
    def test_doctests(self):
        for module in (asking, matching):
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 0)
            self.assertEqual(result.failed, 0)

    def test_who_is_meant_follows_the_table(self):
        for who, (result, contact) in TABLE.items():
            with self.subTest(who=who):
                self.env["res.partner"].search([("phone", "=", NUMBER)]).phone = False
                azure = self._customer("Azure")
                people = []
                for at, one in enumerate(who):
                    if one == "contact":
                        name = ("Anna", "Berta")[at]
                        people.append(self._customer(name, azure, phone=NUMBER))
                    elif one == "customer":
                        azure.phone = NUMBER
                    else:
                        self._customer("Other", phone=NUMBER)
                told = self._look_up()
                self.assertEqual(told["result"], result)
                self.assertEqual(told.get("contact"), contact)
                if result == "one":
                    self.assertEqual(told["customer"], "Azure")
                    several = [one.name for one in people] if len(people) > 1 else []
                    self.assertEqual(told["contacts"], several)

    def test_short_numbers_match_nobody_by_their_end(self):
        self._customer("Bank", phone="010-66595588")
        self.assertEqual(self._look_up("95588")["result"], "none")

    def test_each_number_of_a_contact_counts(self):
        self._customer("Both", phone="010-65529988 / 13800138000")
        self.assertEqual(self._look_up("010 6552 9988")["customer"], "Both")
        self.assertEqual(self._look_up("013800138000")["customer"], "Both")

    def test_only_customers_of_the_company_are_told(self):
        other = self._create_company("Other Company", self.usd)
        self._customer("Theirs", phone=NUMBER, company_id=other.id)
        self.assertEqual(self._look_up()["result"], "none")
        theirs = self.pbx.copy({"company_id": other.id})
        self.assertEqual(self._look_up(pbx=theirs)["customer"], "Theirs")

    def test_archived_contacts_are_nobody(self):
        self._customer("Gone", phone=NUMBER, active=False)
        self.assertEqual(self._look_up()["result"], "none")

    def test_many_are_told_by_a_few_names_and_nothing_else(self):
        for at in range(8):
            self._customer(f"Number {at}", phone=NUMBER)
        told = self._look_up()
        self.assertEqual(told["result"], "many")
        self.assertEqual(len(told["customers"]), 5)
        self.assertFalse({"reason", "agent", "as_of"} & told.keys())

    def test_who_is_told_has_priority_queue_and_agent_but_no_money(self):
        azure = self._customer("Azure", phone=NUMBER, user_id=self.berta.id)
        self._purchases(azure, (777777.77, 5))
        self._score()
        profile = self.env["crm.value.profile"].search(
            [("partner_id", "=", azure.id), ("company_id", "=", self.company.id)]
        )
        tier = self.env["crm.value.tier"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        tier.ticket_priority = "3"
        profile.sudo().tier_id = tier
        self.pbx.route_ids.create(
            {"pbx_id": self.pbx.id, "tier_id": tier.id, "queue": "first"}
        )
        told = self._look_up()
        self.assertEqual(told["priority"], 3)
        self.assertEqual((told["queue"], told["extension"]), ("first", "102"))
        self.assertEqual(told["agent"], self.berta.name)
        self.assertEqual(told["as_of"], str(profile.as_of))
        self.assertIn(tier.name, told["reason"])
        self.assertEqual(told["first_come_after_seconds"], 180)
        self.assertNotIn("777", str(told))

    def test_who_has_the_open_ticket_comes_before_the_salesperson(self):
        azure = self._customer("Azure", phone=NUMBER, user_id=self.berta.id)
        self._ticket(azure, user_id=self.anna.id)
        told = self._look_up()
        self.assertEqual((told["agent"], told["extension"]), (self.anna.name, "101"))

    def test_whom_nobody_knows_waits_in_the_usual_queue(self):
        told = self._look_up("anonymous")
        self.assertEqual((told["result"], told["queue"]), ("none", "usual"))
        self.assertEqual((told["number"], told["priority"]), (None, 1))
        self.assertNotIn("pop_url", told)

    def test_who_waits_on_the_line_waits_for_three_questions(self):
        """The key with all that the system goes by, who it is, where the call goes."""
        azure = self._customer("Azure", phone=NUMBER, user_id=self.berta.id)
        self._ticket(azure, user_id=self.anna.id)
        self.pbx.write({"outside_prefix": "0", "ip_ranges": "192.0.2.0/24"})
        self.pbx.user_id = self.env.ref("base.user_admin")
        key = self.pbx._make_key()

        def ask():
            pbx = self.env["crm.value.pbx"]._opened_by(key)
            told = pbx.record.env["crm.value.caller"]._look_up(pbx, f"0{NUMBER}")
            return pbx, told

        pbx, told = ask()  # warms what is kept for all requests
        self.assertEqual(told["agent"], self.anna.name)
        self.env.invalidate_all()
        with self.assertQueryCount(3):
            self.assertEqual(ask()[1]["queue"], "usual")
        for name in ("id", "active", "company_id", "queue", "floor_seconds"):
            self.assertEqual(getattr(pbx, name), getattr(self.pbx, name), name)
        self.assertEqual((pbx.admits("192.0.2.9"), pbx.admits("::1")), (True, False))
