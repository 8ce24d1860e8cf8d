"""The monthly letter: once, to whom it is for, in their words and with their rights."""

from datetime import date
from unittest.mock import patch

from odoo.tests import freeze_time, tagged
from odoo.tools import html2plaintext, mute_logger

from ..common import TODAY
from .letter_common import APRIL, MAY, LetterCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestLetterGoes(LetterCommon):
    """When a letter goes out, and to whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._stands(cls.acme)
        cls._stood(cls.acme, MAY)

    def test_letter_is_off_until_somebody_switches_it_on(self):
        self.assertFalse(self.company.value_letter)
        self._work()
        self.assertFalse(self._mails(self.boss))

    def test_letter_goes_once_to_each_manager_and_named_reader(self):
        self.company.value_letter = True
        self._work()
        self.assertEqual(len(self._mails(self.boss)), 1)
        self.assertFalse(self._mails(self.plain))
        self.company.value_letter_user_ids = self.plain
        self._work()
        self._work()
        for reader in (self.boss, self.plain):
            self.assertEqual(len(self._mails(reader)), 1, reader.login)

    def test_letter_waits_for_the_month_end(self):
        self.company.value_letter = True
        with freeze_time("2026-07-01 01:00:00"):
            self._work()
            self.assertFalse(self._mails(self.boss))
            self._stood(self.acme, date(2026, 6, 30))
            self._work()
            self._work()
            self.assertIn("June 2026", self._mails(self.boss).subject)

    def test_month_end_wakes_the_letters(self):
        run = self._closed(MAY)
        with patch.object(type(self.letters), "_trigger") as woken, self._no_commit():
            run._follow_up()
        woken.assert_called_once()

    def test_killed_half_way_no_letter_is_lost_or_repeated(self):
        second = self._reader("second", "crm_value.group_manager")
        self.company.value_letter = True
        self.letters._plan(self.company)
        waiting = self.letters.search([("company_id", "=", self.company.id)])
        waiting[0]._send()  # the other one waits, as after a kill between batches
        self.assertEqual(len(self._mails(self.boss) | self._mails(second)), 1)
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            waiting[1]._send()
            raise ZeroDivisionError  # killed before the commit
        self._work()
        for reader in (self.boss, second):
            self.assertEqual(len(self._mails(reader)), 1, reader.login)

    def test_one_that_fails_leaves_the_others_and_can_be_tried_again(self):
        second = self._reader("second", "crm_value.group_manager")
        self.company.value_letter = True
        model, render = type(self.letters), type(self.letters)._render_letter

        def broken(letters, day):
            if letters.env.user == second:
                raise ValueError("no paper")
            return render(letters, day)

        with (
            patch.object(model, "_render_letter", broken),
            mute_logger("odoo.addons.crm_value.models.core.crm_value_job"),
        ):
            self._work()
        self.assertEqual(len(self._mails(self.boss)), 1)
        failed = self.letters.search([("state", "=", "failed")])
        self.assertEqual((failed.user_id, failed.message), (second, "no paper"))
        failed.with_user(self.boss).action_try_again()
        self._work()
        self.assertEqual(len(self._mails(second)), 1)

    def test_who_has_stopped_it_or_lost_the_right_gets_none(self):
        self.company.value_letter = True
        self.company.value_letter_user_ids = self.plain
        self.letters._plan(self.company)
        self.boss.with_user(self.boss).value_letter = False  # one's own switch
        self.plain.group_ids -= self.env.ref("crm_value.group_user")
        self._work()
        self.assertFalse(self._mails(self.boss) | self._mails(self.plain))
        states = self.letters.search([("company_id", "=", self.company.id)])
        self.assertEqual(set(states.mapped("state")), {"skipped"})

    def test_mail_can_be_stopped_by_one_click(self):
        self.company.value_letter = True
        self._work()
        self.assertIn("List-Unsubscribe-Post", self._mails(self.boss).headers)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestLetterSays(LetterCommon):
    """What a letter says, and what it keeps quiet about."""

    def test_who_ended_where_the_month_began_has_not_moved(self):
        self._stands(self.acme)
        stable, decline = self.stages["stability"], self.stages["decline"]
        self._moved(self.acme, "stage", stable, decline, date(2026, 5, 5))
        self._moved(self.acme, "stage", decline, stable, date(2026, 5, 20))
        self._stood(self.acme, MAY)
        letter = self._read(self.plain)
        self.assertFalse(letter["sections"])
        self.assertIn("No customer changed stage", " ".join(letter["notes"]))

    def test_rises_and_falls_are_told_with_their_reason(self):
        beta, gamma = self._customer("Beta"), self._customer("Gamma")
        for customer, score in ((self.acme, 10.0), (beta, 90.0), (gamma, 50.0)):
            self._stands(customer, value_score=score)
            self._stood(customer, MAY)
        self._moved(self.acme, "quadrant", "gold", "iron", date(2026, 5, 2))
        self._moved(beta, "quadrant", "platinum", "lead", date(2026, 5, 31))
        self._moved(
            gamma,
            "stage",
            self.stages["formation"],
            self.stages["stability"],
            date(2026, 5, 1),
        )
        self._moved(gamma, "quadrant", "lead", "iron", date(2026, 6, 1))  # June's
        letter = self._read(self.plain)
        fell = self._section(letter, "Who fell: 2")
        self.assertEqual([line["name"] for line in fell["lines"]], ["Beta", "Acme"])
        self.assertEqual(fell["lines"][1]["text"], "Established → Promising")
        self.assertIn("current value 12.5 (limit 50.0)", fell["lines"][1]["reason"])
        [rose] = self._section(letter, "Who rose: 1")["lines"]
        self.assertEqual(rose["name"], "Gamma")
        self.assertEqual(rose["text"], "Growing → Steady")

    def test_tiers_are_not_told_where_loyalty_is_switched_off(self):
        self._stands(self.acme)
        self._stood(self.acme, MAY)
        bronze, gold = (
            self.env["crm.value.tier"].create(
                {"name": name, "sequence": place, "company_id": self.company.id}
            )
            for place, name in enumerate(("Low", "High"), 90)
        )
        self._moved(self.acme, "tier", bronze, gold, date(2026, 5, 5))
        self.assertTrue(self._section(self._read(self.plain), "Who rose: 1"))
        users = self.env.ref("crm_value.group_user")
        users._remove_group(self.env["res.groups"]._value_part("loyalty"))
        self.assertFalse(self._read(self.plain)["sections"])

    def test_first_purchase_is_new_and_no_rise(self):
        self._stands(self.acme, first_purchase_date=date(2026, 5, 9))
        self._stood(self.acme, MAY)
        self._moved(
            self.acme,
            "stage",
            self.stages["prospect"],
            self.stages["exploration"],
            date(2026, 5, 9),
        )
        letter = self._read(self.plain)
        self.assertFalse(self._section(letter, "Who rose"))
        self.assertEqual(letter["tiles"][1][:2], ("New", "1"))

    def test_tier_counts_as_a_rise_from_none_and_as_a_fall_to_none(self):
        tiers = self.env["crm.value.tier"].search(
            [("company_id", "=", self.company.id)], order="sequence, id", limit=2
        )
        beta = self._customer("Beta")
        for customer in (self.acme, beta):
            self._stands(customer)
            self._stood(customer, MAY)
        self._moved(self.acme, "tier", False, tiers[0], date(2026, 5, 2))
        self._moved(self.acme, "tier", tiers[0], tiers[1], date(2026, 5, 9))
        self._moved(beta, "tier", tiers[0], False, date(2026, 5, 9))
        letter = self._read(self.plain)
        [rose] = self._section(letter, "Who rose: 1")["lines"]
        self.assertEqual(rose["text"], f"– → {tiers[1].name}")
        [fell] = self._section(letter, "Who fell: 1")["lines"]
        self.assertEqual(fell["text"], f"{tiers[0].name} → –")

    def test_risk_names_amounts_to_officers_only_and_as_far_as_known(self):
        beta = self._customer("Beta")
        common = {"stage_id": self.stages["decline"].id, "worklist": "retain"}
        self._stands(self.acme, stake=8000.0, clv_confidence="good", **common)
        self._stands(beta, **common)  # known as a level only
        self._stood(self.acme, MAY)
        plain = self._section(self._read(self.plain), "At risk: 2")
        self.assertNotIn("Value at risk", plain["note"])
        boss = self._section(self._read(self.boss), "At risk: 2")
        self.assertIn("known for 1 of 2 customers", boss["note"])
        self.env["crm.value.profile"].search([]).stake = False
        boss = self._section(self._read(self.boss), "At risk: 2")
        self.assertIn("cannot be said in money yet", boss["note"])

    def test_plain_reader_reads_no_money_at_all(self):
        self._stands(
            self.acme,
            stake=8000.0,
            clv=5000.0,
            clv_confidence="good",
            stage_id=self.stages["decline"].id,
            worklist="retain",
        )
        for day in (APRIL, MAY):
            self._stood(self.acme, day, clv=5000.0, clv_confidence="good")
        page = self.letters._as_read_by(self.plain, self.company)._render_letter(MAY)
        self.assertNotIn("$", page)

    def test_worklists_tell_who_has_bought_since(self):
        beta = self._customer("Beta")
        self._stands(self.acme, last_purchase_date=date(2026, 6, 2))
        self._stands(beta, last_purchase_date=date(2026, 5, 1))
        self._stood(self.acme, MAY)
        self.env["crm.value.decision"].create(
            [
                {
                    "partner_id": customer.id,
                    "company_id": self.company.id,
                    "worklist": "retain",
                    "kind": "done",
                    "date": date(2026, 5, 10),
                    "date_until": date(2026, 6, 10),
                }
                for customer in (self.acme, beta)
            ]
        )
        [line] = self._section(self._read(self.plain), "Worklists")["lines"]
        self.assertEqual(line["name"], "Retain")
        self.assertIn("2 customers, bought since: 1", line["text"])

    def test_playbooks_tell_steps_and_who_has_bought_since(self):
        self._stands(self.acme, last_purchase_date=date(2026, 6, 2))
        self._stood(self.acme, MAY)
        playbook = self.env["crm.value.playbook"].search([], limit=1)
        self.env["crm.value.playbook.start"].create(
            {
                "playbook_id": playbook.id,
                "partner_id": self.acme.id,
                "origin_id": self.acme.id,
                "company_id": self.company.id,
                "date": date(2026, 5, 10),
                "state": "done",
                "step_ids": [(0, 0, {"origin_id": 1}), (0, 0, {"origin_id": 2})],
            }
        )
        [line] = self._section(self._read(self.plain), "Playbooks")["lines"]
        self.assertEqual(line["name"], playbook.name)
        self.assertIn("bought since: 1; steps done: 0 of 2", line["text"])

    def test_first_month_and_a_month_without_figures_say_so(self):
        self._stands(self.acme)
        self.assertEqual(self._read(self.plain)["tiles"], [])
        self.assertIn("not there yet", self._read(self.plain)["notes"][0])
        self._stood(self.acme, MAY)
        letter = self._read(self.plain)
        self.assertIn("first month end", letter["notes"][0])
        self.assertEqual(letter["tiles"][0], ("Active customers", "1", False))
        self._stood(self.acme, APRIL)
        self.assertEqual(self._read(self.plain)["tiles"][0][2], "1 a month before")

    def test_other_company_of_the_reader_does_not_come_in(self):
        other = self._create_company("Other", self.usd)
        self.boss.company_ids |= other
        beta = self._customer("Beta")
        self._stands(self.acme)
        self._stands(beta, company=other, stage_id=self.stages["decline"].id)
        self._stood(self.acme, MAY)
        self._stood(beta, MAY, company=other)
        self._moved(beta, "quadrant", "gold", "iron", date(2026, 5, 2), company=other)
        self.boss.company_id = other
        self.assertFalse(self._read(self.boss)["sections"])
        theirs = self._read(self.boss, company=other)
        self.assertTrue(self._section(theirs, "Who fell: 1"))
        self.assertIn("Other", theirs["title"])

    def test_letter_shows_the_logo_of_a_company_that_has_one(self):
        letters = self.letters._as_read_by(self.plain, self.company)
        self.assertNotIn("/logo.png", letters._render_letter(MAY))
        self.company.logo = self.env.ref("base.main_company")._get_logo()
        self.company.uses_default_logo = False
        page = letters._render_letter(MAY)
        self.assertIn(f"/logo.png?company={self.company.id}", page)

    def test_letter_speaks_the_reader_language(self):
        self._stands(self.acme, value_score=1.0)
        self._stood(self.acme, MAY)
        self._moved(self.acme, "quadrant", "gold", "iron", date(2026, 5, 2))
        self.env["res.lang"]._activate_lang("zh_CN")
        self.plain.lang = "zh_CN"
        letter = self._read(self.plain)
        self.assertIn("2026年5月", letter["title"])
        told = [line["text"] for s in letter["sections"] for line in s["lines"]]
        self.assertFalse([text for text in told if text.isascii()], told)

    def test_letters_of_one_night_speak_each_reader_language(self):
        """What one letter has read is not kept for the next, in its language."""
        self._stands(self.acme, value_score=1.0)
        self._stood(self.acme, MAY)
        self._moved(self.acme, "quadrant", "gold", "iron", date(2026, 5, 2))
        self.env["res.lang"]._activate_lang("zh_CN")
        self.plain.lang = "zh_CN"
        self.company.value_letter = True
        self.company.value_letter_user_ids = self.plain
        self._work()
        told = [self._mails(reader).body_html for reader in (self.boss, self.plain)]
        self.assertEqual(["current value" in body for body in told], [True, False])

    def test_text_part_has_a_line_for_each_thing_said(self):
        """Without html, a figure stands beside its name and a link behind its words."""
        self._stands(self.acme, value_score=1.0)
        self._stood(self.acme, MAY)
        self._moved(self.acme, "quadrant", "gold", "iron", date(2026, 5, 2))
        writer = self.letters._as_read_by(self.plain, self.company)
        text = html2plaintext(writer._render_letter(MAY))
        self.assertRegex(text, r"(?m)^Active customers: \*1\*")
        self.assertRegex(text, r"(?m)^Acme \[\d+\] ?: Established → Promising$")
        self.assertNotIn("None", text)

    def test_queries_do_not_grow_with_the_customers(self):
        customers = [self._customer(f"Customer {at}") for at in range(24)]
        for customer in customers:
            self._stands(customer, value_score=5.0, stage_id=self.stages["decline"].id)
            self._stood(customer, MAY)

        def count(some):
            for customer in some:
                self._moved(customer, "quadrant", "gold", "iron", date(2026, 5, 2))
            self._read(self.boss)  # what is read once
            before = self.env.cr.sql_log_count
            self._read(self.boss)
            return self.env.cr.sql_log_count - before

        few = count(customers[:5])
        self.assertLessEqual(count(customers[5:]), few)
        self.assertLess(few, 90)

    def test_links_lead_to_the_company_of_the_letter(self):
        self._stands(self.acme, stage_id=self.stages["decline"].id)
        self._stood(self.acme, MAY)
        [line] = self._section(self._read(self.plain), "At risk")["lines"]
        place = f"/crm_value/letter/{self.company.id}/open?to=customers&customer="
        self.assertIn(place, line["url"])

    def test_today_is_fixed(self):
        self.assertEqual(self.letters._last_month(self.company), MAY)
        self.assertEqual(TODAY.month, 6)
