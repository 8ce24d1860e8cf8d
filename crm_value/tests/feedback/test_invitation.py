"""Invitations: each event asks once, nobody too often, and whoever is not, with why."""

from datetime import timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import TODAY, ago
from .invitation_common import InvitationCommon


@tagged("post_install", "-at_install")
class TestInvitation(InvitationCommon):
    def _reasons(self, invitations):
        return [(i.state, i.reason) for i in invitations]

    # --- when ---

    def test_posted_invoice_invites_its_contact_once(self):
        rule = self._rule()
        invoice = self._invoice(self.anna, 100)
        planned = self._invited(rule)
        self.assertEqual((planned.partner_id, planned.state), (self.anna, "planned"))
        self.assertEqual(planned.customer_id, self.acme)
        self._cron_invite()
        self._cron_invite()
        self.assertEqual(planned.state, "sent")
        mail = self._mails(planned)
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.recipient_ids, self.anna)
        self.assertIn(f"/feedback/{planned.user_input_id.access_token}", mail.body_html)
        invoice.button_draft()
        invoice.action_post()
        self.assertEqual(self._invited(rule), planned)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            planned.copy()
            self.env.flush_all()

    def test_down_payment_credit_note_and_old_invoice_ask_nobody(self):
        rule = self._rule()
        self._credit(self.anna, 50)
        self._invoice(self.anna, 50, ago(60))
        self.assertFalse(self._invited(rule))

    def test_rule_that_is_off_plans_nothing_and_asks_about_nothing_before(self):
        rule = self._rule("delivered", running=False)
        order = self._order(self.anna, 10)
        order.order_line.qty_delivered = 1
        self._cron_invite()
        rule.running = True
        self.assertEqual(rule.running_since, TODAY)
        closed = self._rule("ticket", running=False)
        self._close(self.anna)
        closed.running = True
        self.assertFalse(self._invited(closed))

    def test_order_is_delivered_once_every_line_is(self):
        rule = self._rule("delivered")
        order = self._order(self.anna, 10)
        order.order_line.product_uom_qty = 2
        order.order_line.qty_delivered = 1
        self._cron_invite()
        self.assertFalse(self._invited(rule))
        order.order_line.qty_delivered = 2
        self._cron_invite()
        self._cron_invite()
        self.assertEqual(self._invited(rule).res_id, order.id)
        self.assertEqual(order.value_delivered_on, TODAY)

    def test_writing_on_a_delivered_order_asks_nobody(self):
        rule = self._rule("delivered")
        order = self._order(self.anna, 10)
        order.order_line.qty_delivered = 1
        self.env.flush_all()
        order.value_delivered_on = ago(90)
        order.order_line.name = "Said in other words"
        order.order_line.qty_delivered = 2
        self._cron_invite()
        self.assertFalse(self._invited(rule))
        self.assertEqual(order.value_delivered_on, ago(90))
        order.order_line.qty_delivered = 0
        self.assertFalse(order.value_delivered_on)
        self.assertFalse(order.copy().value_delivered_on)

    def test_closed_ticket_invites_and_a_reopened_one_is_left_alone(self):
        rule = self._rule("ticket", self.service, wait_days=1)
        ticket = self._close(self.anna)
        planned = self._invited(rule)
        self.assertEqual(planned.date, TODAY + timedelta(days=1))
        ticket.stage_id = self.open_stage
        self._later(1)
        self.assertEqual(self._reasons(planned), [("skipped", "left")])

    def test_stage_reached_and_the_first_purchase_invite(self):
        self._purchases(self.acme, *((100, day) for day in range(10, 800, 30)))
        fresh = self._customer("Fresh", email="fresh@example.com")
        self._purchases(fresh, (50, 1))
        self._score()
        steady = self.env.ref("crm_value.stage_stability")
        rule = self._rule("stage", stage_id=steady.id, person="commercial")
        first = self._rule(
            "stage", stage_id=self.env.ref("crm_value.stage_exploration").id
        )
        self._age_rule(first)
        self._profile(self.acme).stage_id = steady
        self.env["crm.value.transition"].create(
            {
                "partner_id": self.acme.id,
                "company_id": self.company.id,
                "kind": "stage",
                "stage_to_id": steady.id,
                "date": TODAY,
                "origin_id": self.acme.id,
            }
        )
        self._cron_invite()
        self._cron_invite()
        self.assertEqual(self._reasons(self._invited(rule)), [("sent", False)])
        self.assertEqual(self._invited(first).partner_id, fresh)

    def _move_to_tier(self, tier):
        self._profile(self.acme).tier_id = tier
        self.env["crm.value.transition"].create(
            {
                "partner_id": self.acme.id,
                "company_id": self.company.id,
                "kind": "tier",
                "tier_to_id": tier.id,
                "date": TODAY,
                "origin_id": self.acme.id,
            }
        )
        self.env.flush_all()

    def _tiers(self):
        return self.env["crm.value.tier"].create(
            [
                {"name": name, "company_id": self.company.id, "sequence": at}
                for at, name in enumerate(("Third", "Second", "First"))
            ]
        )

    def test_tier_reached_invites_once(self):
        self._purchases(self.acme, (100, 5))
        self._score()
        _third, second, first = self._tiers()
        any_tier = self._rule("tier", person="commercial")
        other = self._rule("tier", person="commercial", tier_id=first.id)
        self._move_to_tier(second)
        self._cron_invite()
        self._cron_invite()
        self.assertEqual(self._reasons(self._invited(any_tier)), [("sent", False)])
        self.assertFalse(self._invited(other))

    def test_tier_lost_before_the_mail_is_not_asked_about(self):
        self._purchases(self.acme, (100, 5))
        self._score()
        third, second, _first = self._tiers()
        rule = self._rule("tier", person="commercial", wait_days=2)
        self._move_to_tier(second)
        self._cron_invite()
        self._profile(self.acme).tier_id = third
        self._later(2)
        self.assertEqual(self._reasons(self._invited(rule)), [("skipped", "left")])

    def test_calendar_asks_each_customer_once_in_its_period(self):
        customers = self.env["res.partner"].create(
            [
                {"name": f"C{at}", "is_company": True, "email": f"c{at}@example.com"}
                for at in range(40)
            ]
        )
        for customer in customers:
            self._purchases(customer, (50, 5), (50, 40))
        self._score()
        rule = self._rule("calendar", self.nps, months=1, person="commercial")
        self._age_rule(rule)
        self._cron_invite()
        asked = self._invited(rule)
        self.assertGreater(len(asked), 25)
        self.assertEqual(len(asked.partner_id), len(asked))
        self.assertGreater(len(set(asked.mapped("event_date"))), 10)
        self._cron_invite()
        self.assertEqual(self._invited(rule), asked)

    def test_two_events_at_once_ask_one_person_once(self):
        service = self._rule("ticket", self.service, person_days=30)
        invoiced = self._rule(person_days=30)
        self._close(self.anna)
        self._invoice(self.anna, 100)
        self._cron_invite()
        self.assertEqual(self._reasons(self._invited(service)), [("sent", False)])
        self.assertEqual(self._reasons(self._invited(invoiced)), [("skipped", "asked")])

    # --- whom ---

    def test_roles_choose_contacts(self):
        boss = self.env["res.partner.category"].create({"name": "Decision Maker"})
        bob = self._customer(
            "Bob", self.acme, email="bob@acme.example", category_id=[(4, boss.id)]
        )
        bill = self._customer(
            "Bill", self.acme, email="bill@acme.example", type="invoice"
        )
        rules = {
            self._rule(): self.anna,
            self._rule(person="commercial"): self.acme,
            self._rule(person="tag", tag_ids=boss.ids): bob,
            self._rule(person="type", address_type="invoice"): bill,
        }
        self._invoice(self.anna, 100)
        for rule, person in rules.items():
            self.assertEqual(self._invited(rule).partner_id, person)

    def test_nobody_with_the_role_is_logged(self):
        rule = self._rule(person="type", address_type="delivery")
        self._invoice(self.anna, 100)
        self.assertEqual(self._reasons(self._invited(rule)), [("skipped", "nobody")])

    def test_own_companies_are_no_customers(self):
        rule = self._rule()
        self._invoice(self.company.partner_id, 100)
        self.assertFalse(self._invited(rule))

    def test_sample_is_the_same_each_time(self):
        rule = self._rule(sampling=50)
        customers = self.env["res.partner"].create(
            [{"name": f"C{at}", "email": f"c{at}@example.com"} for at in range(60)]
        )
        for customer in customers:
            self._invoice(customer, 10)
        drawn = self._invited(rule).filtered(lambda i: i._in_sample())
        self.assertTrue(15 < len(drawn) < 45, len(drawn))
        self._cron_invite()
        self.assertEqual(self._invited(rule, state="sent"), drawn)
        self.assertEqual(
            set(self._invited(rule, state="skipped").mapped("reason")), {"sampled"}
        )

    # --- why not ---

    def test_opted_out_and_missing_address(self):
        rule = self._rule()
        self.env["mail.blacklist"]._add("anna@acme.example")
        nobody = self._customer("Nobody")
        self._invoice(self.anna, 100)
        self._invoice(nobody, 100)
        self._cron_invite()
        self.assertEqual(
            self._reasons(self._invited(rule)),
            [("skipped", "opt_out"), ("skipped", "no_address")],
        )
        self.assertFalse(self._mails(self._invited(rule)))
        self.assertFalse(self._invited(rule).user_input_id)

    def test_cap_of_all_automatic_mails_holds(self):
        self._policy(contact_cap=1)
        rule = self._rule()
        self._invoice(self.anna, 1)
        self._invoice(self.anna, 2)
        self._cron_invite()
        self.assertEqual(
            self._reasons(self._invited(rule)), [("sent", False), ("skipped", "cap")]
        )

    def test_one_address_gets_an_event_once(self):
        twin = self._customer("Anna Again", self.acme, email="ANNA@acme.example")
        tag = self.env["res.partner.category"].create({"name": "Both"})
        (twin | self.anna).category_id = tag
        rule = self._rule(person="tag", tag_ids=tag.ids)
        self._invoice(self.acme, 1)
        self._cron_invite()
        self.assertEqual(
            sorted(self._invited(rule).mapped(lambda i: i.reason or "")),
            ["", "duplicate"],
        )

    def test_fatigue_counts_surveys_that_colleagues_sent(self):
        self.nps._create_answer(partner=self.anna, value_company_id=self.company.id)
        self.env.cr.execute("UPDATE survey_user_input SET create_date = %s", (ago(5),))
        person = self._rule(person_days=10)
        customer = self._rule(person="commercial", customer_days=10)
        neither = self._rule("ticket", self.service)
        self._invoice(self.anna, 1)
        self._close(self.anna)
        self._cron_invite()
        self.assertEqual(self._reasons(self._invited(person)), [("skipped", "asked")])
        self.assertEqual(
            self._reasons(self._invited(customer)), [("skipped", "asked_company")]
        )
        self.assertEqual(self._reasons(self._invited(neither)), [("sent", False)])

    def _request_rating(self, days=0, **values):
        """Return a rating asked for as applications do, some days ago."""
        ticket = self._ticket(self.anna)
        ticket._rating_get_access_token()
        rating = ticket.rating_ids
        rating.write(values)
        self.env.cr.execute(
            "UPDATE rating_rating SET create_date = %s WHERE id = %s",
            (ago(days), rating.id),
        )
        self.env.invalidate_all()
        return rating

    def test_fatigue_counts_requests_for_a_rating(self):
        self._request_rating(5)
        person = self._rule(person_days=10, hold_open_ticket=False)
        customer = self._rule(
            person="commercial", customer_days=10, hold_open_ticket=False
        )
        self._invoice(self.anna, 1)
        self._cron_invite()
        self.assertEqual(self._reasons(self._invited(person)), [("skipped", "asked")])
        self.assertEqual(
            self._reasons(self._invited(customer)), [("skipped", "asked_company")]
        )

    def test_cap_counts_requests_for_a_rating(self):
        self._policy(contact_cap=1)
        self._request_rating(5)
        rule = self._rule(hold_open_ticket=False)
        self._invoice(self.anna, 1)
        self._cron_invite()
        self.assertEqual(self._reasons(self._invited(rule)), [("skipped", "cap")])

    def test_rating_given_unasked_is_no_request(self):
        self._policy(contact_cap=1)
        rating = self._request_rating(5)
        self.env.cr.execute("UPDATE rating_rating SET rated_on = create_date")
        rating.invalidate_recordset()
        rule = self._rule(person_days=10, hold_open_ticket=False)
        self._invoice(self.anna, 1)
        self._cron_invite()
        self.assertEqual(self._reasons(self._invited(rule)), [("sent", False)])

    def _contacted(self, partner):
        """Return a mail of a playbook that went out today."""
        contact = self.contacts._plan(
            [
                {
                    "partner_id": partner.id,
                    "company_id": self.company.id,
                    "date": TODAY,
                    "name": "Have we done something wrong?",
                    "topic": "playbook",
                    "source_key": f"playbook {partner.id}",
                }
            ]
        )
        contact._admit()
        self.assertEqual(contact.state, "sent")

    def test_cap_counts_mails_of_playbooks(self):
        self._policy(contact_cap=1)
        self._contacted(self.anna)
        rule = self._rule(quiet_days=0)
        self._invoice(self.anna, 1)
        self._cron_invite()
        self.assertEqual(self._reasons(self._invited(rule)), [("skipped", "cap")])

    def test_other_mail_to_the_company_lets_it_wait(self):
        self._contacted(self.acme)
        rule = self._rule(quiet_days=3)
        self._invoice(self.anna, 1)
        self._cron_invite()
        self._later(2)
        self.assertEqual(self._invited(rule).state, "planned")
        self._later(3)
        self.assertEqual(self._reasons(self._invited(rule)), [("sent", False)])

    def test_other_mails_that_keep_coming_end_the_wait(self):
        self._contacted(self.acme)
        rule = self._rule(quiet_days=30, expires_days=10)
        self._invoice(self.anna, 1)
        self._later(10)
        self.assertEqual(self._reasons(self._invited(rule)), [("skipped", "contacted")])

    def test_rest_ends(self):
        rule = self._rule(person_days=10)
        self._invoice(self.anna, 1)
        self._cron_invite()
        self._invited(rule).sent_on = ago(10)
        self._invited(rule).user_input_id.unlink()
        self._invoice(self.anna, 2)
        self._cron_invite()
        self.assertEqual(
            self._invited(rule).mapped("state"), ["sent", "sent"], "rested long enough"
        )

    def test_answered_by_another_way_is_not_asked(self):
        rule = self._rule(wait_days=2)
        self._invoice(self.anna, 1)
        by_hand = self.purchase._create_answer(partner=self.anna)
        by_hand._mark_done()
        self._later(2)
        self.assertEqual(self._reasons(self._invited(rule)), [("skipped", "answered")])

    def test_open_ticket_holds_until_it_is_closed(self):
        rule = self._rule(expires_days=10)
        ticket = self._ticket(self.anna)
        ticket.stage_id = self.open_stage
        self._invoice(self.anna, 1)
        self._cron_invite()
        held = self._invited(rule)
        self.assertEqual((held.state, held.date), ("planned", TODAY + timedelta(1)))
        ticket.stage_id = self.closed_stage
        self._later(1)
        self.assertEqual(held.state, "sent")

    def test_ticket_that_stays_open_ends_the_wait(self):
        rule = self._rule(expires_days=10)
        ticket = self._ticket(self.anna)
        ticket.stage_id = self.open_stage
        self._invoice(self.anna, 1)
        self._later(10)
        self.assertEqual(
            self._reasons(self._invited(rule)), [("skipped", "open_ticket")]
        )

    def test_cancelled_invoice_is_not_asked_about(self):
        rule = self._rule(wait_days=1)
        invoice = self._invoice(self.anna, 1)
        invoice.button_draft()
        self._later(1)
        self.assertEqual(self._reasons(self._invited(rule)), [("skipped", "left")])

    def test_rule_switched_off_lets_nothing_out(self):
        rule = self._rule(wait_days=1)
        self._invoice(self.anna, 1)
        rule.running = False
        self._later(1)
        self.assertEqual(self._reasons(self._invited(rule)), [("skipped", "off")])

    # --- reminder, end, opt-out ---

    def test_reminder_comes_once(self):
        rule = self._rule(reminder_days=5)
        self._invoice(self.anna, 1)
        self._cron_invite()
        invited = self._invited(rule)
        self._later(4)
        self.assertEqual(len(self._mails(invited)), 1)
        self._later(5)
        self._later(6)
        self.assertEqual(len(self._mails(invited)), 2)
        self.assertEqual(invited.reminded_on, TODAY + timedelta(days=5))
        self.assertEqual(len(invited.contact_ids), 2)

    def test_answered_and_held_are_not_reminded(self):
        self._policy(contact_cap=1)
        rule = self._rule(reminder_days=5, survey=self.nps)
        friend = self._customer("Friend", email="friend@example.com")
        self._invoice(self.anna, 1)
        self._invoice(friend, 1)
        self._cron_invite()
        mine, other = self._invited(rule)
        self._answer_it(mine, {"nps1": 10})
        self._later(5)
        self.assertEqual(len(self._mails(mine | other)), 2)
        self.assertEqual(other.state, "sent", "the cap holds the reminder only")

    def test_it_ends(self):
        rule = self._rule(expires_days=10)
        self._invoice(self.anna, 1)
        self._cron_invite()
        invited = self._invited(rule)
        self._later(10)
        self.assertEqual(invited.state, "sent")
        self._later(11)
        self.assertEqual((invited.state, invited.reminder_on), ("expired", False))
        self.assertEqual(invited.user_input_id.deadline.date(), TODAY + timedelta(11))

    def test_every_mail_carries_a_way_out(self):
        rule = self._rule()
        self._invoice(self.anna, 1)
        self._cron_invite()
        invited = self._invited(rule)
        self._later(5)
        for mail in self._mails(invited):
            self.assertIn(invited.opt_out_link, mail.body_html)
            self.assertIn(f"<{invited.opt_out_link}>", mail.headers)
            self.assertIn("Hello Anna", mail.body_html)
        later = self._rule("ticket", self.service, wait_days=3)
        self._close(self.anna)
        invited._opt_out()
        self.assertEqual(self._reasons(self._invited(later)), [("skipped", "opt_out")])
        self.assertTrue(
            self.env["mail.blacklist"].search([("email", "=", "anna@acme.example")])
        )

    def test_mail_is_in_the_language_of_who_gets_it(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.nps.with_context(lang="zh_CN").title = "您会推荐我们吗？"
        self.anna.lang = "zh_CN"
        rule = self._rule(survey=self.nps)
        self._invoice(self.anna, 1)
        self._cron_invite()
        mail = self._mails(self._invited(rule))
        self.assertEqual(mail.subject, "您会推荐我们吗？")
        self.assertEqual(mail.body_html.count("?answer="), 11)
        self.assertIn("?answer=0", mail.body_html)
        self.assertEqual(self._invited(rule).user_input_id.lang_id.code, "zh_CN")

    # --- safety ---

    def test_a_mail_that_fails_leaves_the_others(self):
        rule = self._rule()
        friend = self._customer("Friend", email="friend@example.com")
        self._invoice(self.anna, 1)
        self._invoice(friend, 1)
        bad = self._invited(rule)[0]
        model = type(self.env["mail.template"])
        original = model.send_mail_batch

        def broken(template, res_ids, **options):
            if bad.id in res_ids:
                raise ValueError("no")
            return original(template, res_ids, **options)

        logger = "odoo.addons.crm_value.models.core.crm_value_job"
        with patch.object(model, "send_mail_batch", broken), mute_logger(logger):
            self._cron_invite()
        self.assertEqual(
            self._reasons(self._invited(rule)), [("skipped", "failed"), ("sent", False)]
        )
        self.assertFalse(bad.user_input_id)

    def _count(self, work):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        work()
        return self.env.cr.sql_log_count - before

    def test_judging_costs_the_same_for_few_and_many(self):
        rule = self._rule()
        counts = []
        for size in (5, 40):
            for customer in self.env["res.partner"].create(
                [
                    {"name": f"C{at}", "email": f"c{size}-{at}@example.com"}
                    for at in range(size)
                ]
            ):
                self._invoice(customer, 1)
            planned = self._invited(rule, state="planned")
            counts.append(self._count(planned._suppression_reasons))
            planned._skip("off")
        self.assertEqual(counts[0], counts[1])

    def test_planning_costs_the_same_for_few_and_many(self):
        rule = self._rule()
        few = self._invoice(self.anna, 1)
        many = few | self.env["account.move"].concat(
            *(self._invoice(self.anna, at) for at in range(1, 30))
        )
        self._invited(rule).unlink()
        counts = [
            self._count(
                lambda ids=moves.ids: self.invitations._plan(
                    "invoiced", self.company, ids
                )
            )
            for moves in (few, many)
        ]
        self.assertEqual(counts[0], counts[1])
        self.assertEqual(len(self._invited(rule)), 30)

    # --- rules ---

    def test_each_company_has_the_rules_and_all_are_off(self):
        rules = self.env["crm.value.invitation.rule"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(len(rules), 10)
        self.assertFalse(any(rules.mapped("running")))
        self.assertEqual(len(rules.survey_id), 8)

    def test_rules_that_cannot_work_are_refused(self):
        staff = self.env.ref("crm_value.survey_staff")
        for values in (
            {"survey": staff},
            {"event": "calendar", "person": "staff"},
            {"person": "tag"},
            {"reminder_days": 30},
        ):
            with self.assertRaises(ValidationError):
                self._rule(**values)
        rule = self._rule()
        self._invoice(self.anna, 1)
        with self.assertRaises(UserError):
            rule.unlink()

    def test_preview_shows_whom_and_leaves_no_trace(self):
        rule = self._rule(running=False, person_days=30)
        self.env["mail.blacklist"]._add("office@acme.example")
        for partner in (self.anna, self.acme, self.anna):
            self._invoice(partner, 10, ago(3))
        action = rule.action_preview()
        preview = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual((preview.event_count, preview.invited_count), (3, 1))
        self.assertEqual(
            sorted(line.reason or "" for line in preview.line_ids),
            ["", "asked", "opt_out"],
        )
        self.assertFalse(self._invited(rule))
        self.assertFalse(rule.running)

    def test_mailbox_of_two_contacts_is_asked_once(self):
        rule = self._rule(person_days=30)
        other = self._customer("Other Customer", user_id=self.seller.id)
        twin = self._customer("Anna Too", parent=other, email="ANNA@acme.example")
        self._invoice(self.anna, 10)
        self._invoice(twin, 10)
        self._cron_invite()
        found = self._invited(rule)
        self.assertEqual(
            found.sorted("id").mapped(lambda i: (i.state, i.reason)),
            [("sent", False), ("skipped", "asked")],
        )
        self._invoice(twin, 20)
        self._cron_invite()
        self.assertEqual(self._invited(rule)[2:].mapped("reason"), ["asked"])

    def test_cap_counts_the_mails_to_one_mailbox(self):
        self._policy(contact_cap=1)
        rule = self._rule()
        other = self._customer("Other Customer", user_id=self.seller.id)
        twin = self._customer("Anna Too", parent=other, email="ANNA@acme.example")
        self._invoice(self.anna, 10)
        self._invoice(twin, 10)
        self._cron_invite()
        self.assertEqual(
            self._invited(rule).mapped(lambda i: (i.state, i.reason)),
            [("sent", False), ("skipped", "cap")],
        )

    # --- who may see ---

    def _user(self, login, groups, company=None):
        company = company or self.company
        return new_test_user(
            self.env,
            login,
            groups,
            company_id=company.id,
            company_ids=company.ids,
        )

    def test_links_are_for_the_customer_only(self):
        rule = self._rule()
        self._invoice(self.anna, 1)
        self._cron_invite()
        user = self._user("inv_manager", "crm_value.group_manager")
        invited = self._invited(rule).with_user(user)
        invited.read(["partner_id", "state", "survey_id", "display_name"])
        for name in ("link", "opt_out_link", "one_click"):
            with self.assertRaises(AccessError):
                invited.read([name])
        [mail] = self._mails(invited)
        self.assertIn("/feedback/", mail.body_html)
        for login, groups in (
            ("inv_mail_user", "crm_value.group_user"),
            ("inv_mail_survey", "crm_value.group_user,survey.group_survey_manager"),
            ("inv_mail_manager", "crm_value.group_manager"),
        ):
            messages = self.env["mail.message"].with_user(self._user(login, groups))
            self.assertFalse(
                messages.search([("id", "=", mail.mail_message_id.id)]), login
            )
            self.assertFalse(messages.search([("body", "ilike", "/feedback/")]), login)
            with self.assertRaises(AccessError, msg=login):
                messages.browse(mail.mail_message_id.id).read(["body"])
        other = self._create_company("Other", self.usd)
        stranger = self._user("inv_stranger", "crm_value.group_manager", other)
        with self.assertRaises(AccessError):
            self._invited(rule).with_user(stranger).read(["state"])

    def test_survey_managers_read_whole_participations(self):
        rule = self._rule()
        self._invoice(self.anna, 1)
        self._cron_invite()
        given = self._invited(rule).user_input_id
        for login, groups in (
            ("inv_survey", "base.group_user,survey.group_survey_manager"),
            ("inv_both", "survey.group_survey_manager,crm_value.group_user"),
        ):
            user = self._user(login, groups)
            self.env.invalidate_all()
            [found] = given.with_user(user).read()
            self.assertEqual("value_invitation_ids" in found, login == "inv_both")

    def test_staff_are_asked_without_a_trace_of_who_said_what(self):
        staff = self.env.ref("crm_value.survey_staff")
        self.seller.email = "seller@value.example.com"
        rule = self._rule("calendar", staff, person="staff", hold_open_ticket=False)
        self._cron_invite()
        mine = self._invited(rule, partner_id=self.seller.partner_id.id)
        self.assertEqual(mine.state, "sent")
        given = mine.user_input_id
        self.assertFalse(given.partner_id or given.email)
        round_of = self._invited(rule).user_input_id
        self.assertEqual(set(round_of.mapped("value_round")), {given.value_round})
        end = given.value_round_end
        self.assertEqual(mine.expires_on, end)
        self.assertEqual(
            end, TODAY + timedelta(days=rule.wait_days + rule.expires_days)
        )
        others = self._invited(rule) - mine
        self.assertTrue(self._mails(mine))
        self._answer_it(mine, {"wor1": 3})
        self.assertEqual(mine.state, "answered")
        self.assertFalse(self._mails(mine), "the link leads to the answer")
        self.assertEqual(bool(self._mails(others)), "sent" in others.mapped("state"))
        self.assertFalse(mine.user_input_id or mine.answered_on)
        self.assertFalse(self.recoveries.search([("user_input_id", "=", given.id)]))
        boss = self._user("inv_boss", "crm_value.group_manager")
        self.assertFalse(
            self._invited(rule).with_user(boss).search([("rule_id", "=", rule.id)])
        )
        self.assertEqual(rule.with_user(boss).answered_count, 1)

    def test_colleague_who_comes_later_waits_for_the_next_round(self):
        staff = self.env.ref("crm_value.survey_staff")
        rule = self._rule("calendar", staff, person="staff", hold_open_ticket=False)
        self._cron_invite()
        asked = self._invited(rule)
        self.assertTrue(asked)
        fresh = self._user("inv_fresh", "base.group_user")
        self._cron_invite()
        self.assertEqual(self._invited(rule), asked, "alone, one could be told")
        with freeze_time(f"{TODAY + timedelta(days=370)} 12:00:00"):
            self._cron_invite()
        self.assertIn(fresh.partner_id, self._invited(rule).partner_id)

    def test_round_that_is_over_asks_nobody(self):
        staff = self.env.ref("crm_value.survey_staff")
        self.seller.email = "seller@value.example.com"
        rule = self._rule("calendar", staff, person="staff", wait_days=1)
        self._cron_invite()
        mine = self._invited(rule, partner_id=self.seller.partner_id.id)
        self.assertEqual(mine.state, "planned")
        mine.expires_on = TODAY - timedelta(days=1)
        mine.date = TODAY
        self._cron_invite()
        self.assertEqual((mine.state, mine.reason), ("skipped", "left"))
