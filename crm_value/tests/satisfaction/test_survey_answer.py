"""What people answered, as measures read it."""

from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .survey_common import SurveyCommon


@tagged("post_install", "-at_install")
class TestSurveyAnswer(SurveyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reason, cls.other = cls.survey.question_ids.filtered(
            lambda question: question.question_type == "text_box"
        )
        cls.user = cls._user("answer_user", "crm_value.group_user")
        cls.manager = cls._user("answer_manager", "crm_value.group_manager")
        cls.surveyor = cls._user(
            "answer_surveyor", "survey.group_survey_manager,crm_value.group_user"
        )

    @classmethod
    def _user(cls, login, groups, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env,
            login,
            groups,
            company_id=company.id,
            company_ids=company.ids,
        )

    def _as(self, user, model):
        self.env.invalidate_all()
        records = self.env[model].with_user(user)
        return records.with_context(allowed_company_ids=user.company_ids.ids)

    def _seen(self, user, participations, model="crm.value.answer"):
        field = "user_input_id" if model == "crm.value.answer" else "id"
        return self._as(user, model).search([(field, "in", participations.ids)])

    def test_a_page_of_the_latest_is_that_of_all_answers(self):
        """Also where few of the latest meet the domain, or nobody knows when."""
        given = self.env["survey.user_input"]
        for day in range(1, 13):
            one = self._answer(self.survey, {"qual1": 4, "qual2": day % 5 + 1})
            one.end_datetime = datetime(2026, 1, day)
            given |= one
        given[3].end_datetime = False
        answers, mine = self.env["crm.value.answer"], ("user_input_id", "in", given.ids)
        for domain in ([mine], [mine, ("item", "=", "qual2"), ("value", "=", 1)]):
            every = answers.search_fetch(domain, ["date"])
            for offset, limit in ((0, 1), (0, 2), (1, 2), (0, 80)):
                page = answers.search_fetch(domain, ["date"], offset, limit)
                self.assertEqual(page, every[offset : offset + limit])
        self.assertEqual(answers.search_fetch([mine], limit=1).user_input_id, given[3])

    def test_a_page_of_what_was_entered_last_is_that_of_all_answers(self):
        """The list's own order; a page that the last lines do not fill takes all."""
        given = self.env["survey.user_input"]
        for number in range(12):
            given |= self._answer(self.survey, {"qual1": 4, "qual2": number % 5 + 1})
        answers, mine = self.env["crm.value.answer"], ("user_input_id", "in", given.ids)
        for domain in ([mine], [mine, ("item", "=", "qual2"), ("value", "=", 1)]):
            every = answers.search(domain, order="id DESC")
            self.assertEqual(every.ids, sorted(every.ids, reverse=True))
            for offset, limit in ((0, 1), (0, 2), (2, 1), (0, 80)):
                page = answers.search_fetch(
                    domain, ["date"], offset, limit, order="id DESC"
                )
                self.assertEqual(page, every[offset : offset + limit])

    def test_a_page_of_what_was_entered_last_reads_the_last_lines(self):
        for number in range(20):
            self._answer(self.survey, {"qual1": number % 5 + 1, "qual2": 4})
        since = self.env["crm.value.answer"]._since_line(1)
        lines = self.env["survey.user_input.line"].search([], order="id DESC")
        self.assertEqual(list(since), [("id", ">=", lines[16].id)])
        self.assertFalse(self.env["crm.value.answer"]._since_line(10**6))

    # --- numbers ---

    def test_answers_are_flat_with_scale_and_score(self):
        given = self._answer(
            self.survey,
            {"qual1": 4, "qual2": 2, self.reason: "Slow", self.other: "No"},
            self.anna,
        )
        rows = self._rows(given)
        self.assertEqual(set(rows), {"qual1", "qual2", "reason"})
        row = rows["qual1"]
        self.assertEqual((row.value, row.scale_min, row.scale_max), (4, 1, 5))
        self.assertEqual(row.score, 75)
        self.assertEqual(row.construct_id, self.quality)
        self.assertEqual((row.role, row.audience), ("item", "customer"))
        self.assertEqual((row.partner_id, row.survey_id), (self.anna, self.survey))
        self.assertEqual(row.commercial_partner_id, self.acme)
        self.assertEqual(row.company_id, self.company)
        self.assertEqual(row.date, given.end_datetime)
        self.assertEqual(row.origin, "customer")
        self.assertEqual(rows["reason"].text, "Slow")

    def test_reversed_item_is_turned_but_its_answer_kept(self):
        row = self._rows(self._answer(self.survey, {"qual2": 2}, self.anna))["qual2"]
        self.assertEqual((row.value, row.score), (2, 75))

    def test_zero_is_an_answer(self):
        row = self._rows(self._answer(self.survey, {"nps1": 0}, self.anna))["nps1"]
        self.assertEqual((row.value, row.score, row.role), (0, 0, "nps"))

    def test_line_without_its_number_is_no_zero(self):
        given = self._answer(self.survey, {"nps1": 0, "qual1": 5}, self.anna)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE survey_user_input_line SET value_scale = NULL "
            "WHERE user_input_id = %s AND question_id = %s",
            [given.id, self._question("nps1").id],
        )
        self.assertEqual(set(self._rows(given)), {"qual1"})

    def test_skipped_is_none(self):
        given = self._answer(self.survey, {"qual1": None, "nps1": None}, self.anna)
        self.assertEqual(len(given.user_input_line_ids), 2)
        self.assertFalse(self._rows(given))

    def test_choice_counts_by_its_number_and_its_comment_does_not(self):
        survey = self.env.ref("crm_value.survey_service")
        question = self._question("resolution1", survey)
        partly = question.suggested_answer_ids[1]
        given = self._answer(survey, {"csat1": 5, question: partly.id}, self.anna)
        given._save_lines(question, str(partly.id), comment="Almost")
        rows = self._rows(given)
        self.assertEqual(set(rows), {"csat1", "resolution1"})
        row = rows["resolution1"]
        self.assertEqual((row.value, row.scale_max, row.score), (1, 2, 50))

    def test_less_is_better_of_complaints_only(self):
        survey = self.env.ref("crm_value.survey_acsi")
        never = self._question("comp1", survey).suggested_answer_ids[0]
        given = self._answer(survey, {"comp1": never.id, "loy1": 3}, self.anna)
        rows = self._rows(given)
        self.assertEqual(rows["comp1"].score, 0)
        self.assertTrue(rows["comp1"].less_is_better)
        self.assertFalse(rows["loy1"].less_is_better)

    def test_unfinished_and_test_entries_do_not_count(self):
        begun = self._answer(self.survey, {"qual1": 4}, self.anna, done=False)
        tried = self._answer(self.survey, {"qual1": 4}, self.anna, test_entry=True)
        self.assertFalse(self._rows(begun + tried))
        begun._mark_done()
        self.assertEqual(len(self._rows(begun)), 1)

    def test_answers_outside_a_scale_do_not_count(self):
        question = self._question("qual1")
        given = self._answer(self.survey, {"qual1": 5}, self.anna)
        given.user_input_line_ids.value_scale = 9
        self.assertFalse(self._rows(given))
        self.assertEqual(question.scale_max, 5)

    # --- who, and for which company ---

    def test_origin_tells_customers_from_colleagues_and_strangers(self):
        ours = self._customer("Bob", parent=self.company.partner_id)
        portal = new_test_user(self.env, "answer_portal", "base.group_portal")
        for partner, origin in (
            (self.anna, "customer"),
            (portal.partner_id, "customer"),
            (self.user.partner_id, "internal"),
            (ours, "internal"),
            (None, "anonymous"),
        ):
            given = self._answer(self.survey, {"qual1": 4}, partner)
            self.assertEqual(self._rows(given)["qual1"].origin, origin)

    def test_company_is_the_contacts_or_that_of_who_asks(self):
        second = self._create_company("Second", self.usd)
        theirs = self._customer("Theirs", company_id=second.id)
        answers = {"qual1": 4}
        for partner, values, company in (
            (self.anna, {}, self.company),
            (theirs, {}, second),
            (self.anna, {"value_company_id": second.id}, second),
        ):
            given = self._answer(self.survey, answers, partner, **values)
            self.assertEqual(given.value_company_id, company)
            self.assertEqual(self._rows(given)["qual1"].company_id, company)

    def test_measures_read_it_in_one_query(self):
        for partner in (self.anna, self.acme):
            self._answer(self.survey, {"qual1": 4, "nps1": 9}, partner)
        self.env.flush_all()
        self.env.invalidate_all()
        answers = self.env["crm.value.answer"].with_user(self.manager)
        answers.has_access("read")
        domain = [("survey_id", "=", self.survey.id)]
        answers._read_group(domain, ["construct_id"], ["score:avg"])
        with self.assertQueryCount(1):
            found = answers._read_group(domain, ["construct_id"], ["score:avg"])
        self.assertEqual(dict(found)[self.quality], 75)

    # --- who may see ---

    def test_user_reads_customers_answers_and_opens_them(self):
        given = self._answer(self.survey, {"qual1": 4}, self.anna)
        row = self._seen(self.user, given)
        self.assertEqual(row.read(["score", "question_id"])[0]["score"], 75)
        row.formatted_read_group([], ["survey_id", "question_id"], ["__count"])
        action = row.action_open_answer()
        self.assertEqual(action["res_model"], "crm.value.answer")
        action = self._seen(self.surveyor, given).action_open_answer()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("survey.user_input", given.id)
        )

    def test_answers_of_another_company_stay_there(self):
        second = self._create_company("Second", self.usd)
        stranger = self._user("answer_stranger", "crm_value.group_manager", second)
        given = self._answer(self.survey, {"qual1": 4}, self.anna)
        self.assertTrue(self._seen(self.user, given))
        self.assertFalse(self._seen(stranger, given))
        row = self.env["crm.value.answer"].search([("user_input_id", "=", given.id)])
        with self.assertRaises(AccessError):
            self._as(stranger, row._name).browse(row.id).read(["score"])

    def test_restricted_survey_is_for_its_people(self):
        self.survey.restrict_user_ids = self.surveyor
        given = self._answer(self.survey, {"qual1": 4}, self.anna)
        self.assertFalse(self._seen(self.user, given))
        self.assertTrue(self._seen(self.surveyor, given))
        self.assertTrue(self._seen(self.manager, given))

    def test_colleagues_answers_are_for_managers_whatever_the_survey(self):
        given = self._answer(self.survey, {"qual1": 4}, self.user.partner_id)
        self.assertFalse(self._seen(self.user, given))
        self.assertTrue(self._seen(self.manager, given))

    def _staff(self, count, days=1):
        survey = self._survey(self._nps(), value_audience="staff")
        given = self.env["survey.user_input"].union(
            *(self._answer(survey, {"nps1": 3}) for _at in range(count))
        )
        return survey, self._in_round(given, days)

    def _counted(self, participations):
        """Return what figures count, whoever may look at them."""
        answers = self.env["crm.value.answer"].sudo()
        return answers.search([("user_input_id", "in", participations.ids)])

    def test_staff_stay_nameless_and_uncounted_below_five(self):
        survey, given = self._staff(4)
        self.assertFalse(self._counted(given))
        test = self._answer(survey, {"nps1": 3}, test_entry=True)
        self._in_round(test)
        self.assertFalse(self._counted(given))
        fifth = self._answer(survey, {"nps1": 3}, self.user.partner_id)
        self.assertFalse(self._counted(given | fifth), "nobody asked for it")
        self._in_round(fifth)
        rows = self._counted(given | fifth | test)
        self.assertEqual(len(rows), 5)
        self.assertFalse(rows.partner_id | rows.commercial_partner_id)
        self.assertFalse(rows.user_id)
        self.assertEqual(set(rows.mapped("origin")), {"internal"})
        self.assertEqual(len(set(rows.mapped("date"))), 1)
        for user in (self.user, self.manager):
            self.assertFalse(self._seen(user, given | fifth))
        with self.assertRaisesRegex(UserError, "not shown to anyone"):
            survey.with_user(self.manager).action_open_value_answers()

    def test_round_of_staff_is_told_when_it_is_over_and_then_is_fixed(self):
        survey, given = self._staff(6, days=0)
        self.assertFalse(self._counted(given), "it ends today")
        self._in_round(given)
        self.assertEqual(len(self._counted(given)), 6)
        late = self._answer(survey, {"nps1": 9})
        self._in_round(late)
        late.end_datetime = datetime(2026, 6, 15, 9)
        self.assertFalse(self._counted(late), "it came after the end")
        self.assertEqual(len(self._counted(given)), 6)

    def test_all_figures_of_a_round_rest_on_the_same_people(self):
        survey = self._survey(
            self._item("qual1", value_construct_id=self.quality.id),
            self._item("qual2", value_construct_id=self.quality.id),
            self._nps(),
            value_audience="staff",
        )
        given = self.env["survey.user_input"].union(
            *(self._answer(survey, {"qual1": 4, "qual2": 2}) for _at in range(5)),
            self._answer(survey, {"qual1": 4, "qual2": 2, "nps1": 0}),
            self._answer(survey, {"qual1": 1}),
        )
        rows = self._counted(self._in_round(given))
        self.assertEqual(set(rows.mapped("item")), {"qual1", "qual2"})
        self.assertEqual(len(rows.user_input_id), 6, "who skipped one is left out")
        self.assertEqual(len(rows), 12)

    def test_staff_answers_cannot_be_made_those_of_customers(self):
        survey, _given = self._staff(1)
        with self.assertRaisesRegex(UserError, "Employees have responded"):
            survey.value_audience = "customer"
        survey.value_audience = "staff"

    def test_staff_answers_are_nobodys_in_the_survey_application_too(self):
        _survey, everything = self._staff(5)
        self.assertFalse(self._seen(self.user, everything))
        self.assertFalse(self._seen(self.surveyor, everything))
        boss = self._user(
            "answer_boss", "survey.group_survey_manager,crm_value.group_manager"
        )
        for user in (self.surveyor, boss):
            self.assertFalse(self._seen(user, everything, "survey.user_input"))
            lines = self.env["survey.user_input.line"].with_user(user)
            self.assertFalse(
                lines.search_count([("user_input_id", "in", everything.ids)])
            )
        mine = self._answer(self.survey, {"qual1": 4}, self.anna)
        self.assertTrue(self._seen(self.surveyor, mine, "survey.user_input"))
