"""CSAT, net promoter score and index of groups; themes; satisfaction against value."""

from random import Random
from unittest.mock import patch

import numpy as np
from scipy.stats import t

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, new_test_user, tagged

from ...analytics.satisfaction import satisfaction
from ...models.satisfaction.crm_value_theme import _expression
from ...report.satisfaction import crm_value_section_satisfaction
from ..common import TODAY, ago
from .measure_common import MeasureCommon


@tagged("post_install", "-at_install")
class TestShares(BaseCase):
    def test_counted_answers_agree_with_answers_one_by_one(self):
        rng = np.random.default_rng(3)
        for size in (2, 5, 40):
            answers = rng.integers(0, 11, size).astype(float)
            votes = np.where(answers >= 9, 1, np.where(answers <= 6, -1, 0))
            slow = 100 * votes.mean()
            more = np.append(votes, (-1, 0, 1))
            half = 1.959964 * 100 * more.std() / np.sqrt(size + 3)
            up = (answers >= satisfaction.PROMOTER).sum()
            down = (answers < satisfaction.PASSIVE).sum()
            value, low, high = satisfaction.net_share(up, down, size)
            self.assertAlmostEqual(value, slow)
            middle = 100 * more.mean()
            self.assertAlmostEqual(low, max(middle - half, -100), places=3)
            self.assertAlmostEqual(high, min(middle + half, 100), places=3)

    def test_net_share_holds_95_percent_of_samples_of_five(self):
        """Rocks (2016): simulated over all mixtures, and where promoters prevail."""
        rng = np.random.default_rng(2016)
        for size in (5, 10, 30):
            for alpha in ((1, 1, 1), (8, 3, 1.5)):
                mixtures = rng.dirichlet(alpha, 20000)
                up, _passive, down = rng.multinomial(size, mixtures).T
                truth = 100 * (mixtures[:, 0] - mixtures[:, 2])
                _value, low, high = satisfaction.net_share(up, down, size)
                held = ((low <= truth) & (truth <= high)).mean()
                self.assertGreater(held, 0.945, (size, alpha))

    def test_where_all_agree_the_interval_is_no_point(self):
        _value, low, high = satisfaction.net_share([5, 0], [0, 5], [5, 5])
        self.assertTrue((high - low > 60).all())
        _mean, low, high = satisfaction.mean_index([100, 40], [0, 0], [5, 5])
        self.assertTrue((high - low > 5).all())

    def test_mean_index_holds_of_few_people(self):
        """Skewed answers are the hard case; before, five people held 74 %."""
        rng = np.random.default_rng(5)
        steps = 100 / 9 * np.arange(10)
        for size in (5, 10, 30):
            for crowd in ((1,) * 10, (0, 0, 0, 0, 0, 0, 1, 2, 5, 12)):
                shares = np.array(crowd) / sum(crowd)
                drawn = rng.choice(steps, (20000, size), p=shares)
                _mean, low, high = satisfaction.mean_index(
                    drawn.mean(1), drawn.std(1, ddof=1), size
                )
                truth = steps @ shares
                held = ((low <= truth) & (truth <= high)).mean()
                self.assertGreater(held, 0.9, (size, crowd))

    def test_one_answer_has_no_interval_of_a_mean(self):
        for found in (
            satisfaction.net_share([1], [0], [1]),
            satisfaction.mean_index([50], [np.nan], [1]),
        ):
            self.assertFalse(np.isnan(found[0]).any())
            self.assertTrue(np.isnan(found[1]).all() and np.isnan(found[2]).all())


class MeasuresCommon(MeasureCommon):
    def setUp(self):
        super().setUp()
        self.answers = self.env["crm.value.answer"]
        self.responses = self.env["crm.value.response"]

    def _as(self, groups, login="measures_user", company=None):
        company = company or self.company
        user = new_test_user(
            self.env, login, groups, company_id=company.id, company_ids=company.ids
        )
        self.env.invalidate_all()
        answers = self.answers.with_user(user)
        return answers.with_context(allowed_company_ids=company.ids)

    def _crowd(self, size=12, seed=1, **values):
        """Let customers answer, each once, in this month or the year before."""
        random = Random(seed)
        for at in range(size):
            customer = self._buyer(f"Voice {seed} {at}", **values)
            self._say(
                customer,
                days=random.choice((1, 20, 300, 500)),
                sat1=random.randint(1, 5),
                sat2=random.choice((None, 1, 3, 5)),
                nps1=random.randint(0, 10),
                csat1=random.randint(1, 5),
            )


@tagged("post_install", "-at_install")
class TestMeasures(MeasuresCommon):
    def test_each_measure_is_written_as_what_it_is(self):
        for name, value, said in (
            ("csat", 66.4, "66%"),
            ("csi", 58.2, "58"),
            ("nps", 4.6, "+5"),
            ("nps", -9.1, "-9"),
            ("nps", 0.2, "0"),
        ):
            self.assertEqual(self.answers._say_measure(name, value), said)

    def test_each_group_opens_the_responses_it_counts(self):
        self._crowd()
        self._score()
        for grouping in self.answers.get_measures()["groupings"]:
            for days in (30, 365, 0):
                found = self.answers.get_measures(grouping, days)
                people, answers = 0, 0
                for group in found["groups"]:
                    responses = self.responses.search(group["domain"])
                    self.assertEqual(len(responses), group["answers"])
                    given = [("user_input_id", "in", responses.ids)]
                    rows = self.answers.search([*given, ("role", "!=", "reason")])
                    self._check_group(group, rows)
                    people += group["people"]
                    answers += group["answers"]
                self.assertEqual(people, found["total"]["people"])
                self.assertEqual(answers, found["total"]["answers"])

    def test_each_figure_opens_as_many_responses_as_it_counts(self):
        """Of who answered a survey again, the newest response alone is behind it."""
        self._crowd()
        again = self._buyer("Asked Twice")
        for days, nps in ((200, 3), (20, 9), (5, 10)):
            self._say(again, days=days, nps1=nps, csat1=None, sat1=None, sat2=None)
        self._score()
        for days in (30, 365, 0):
            found = self.answers.get_measures("survey_id", days)
            for group in (found["total"], *found["groups"]):
                for name in ("csat", "nps", "csi"):
                    rows = self.responses.search(group[name]["domain"])
                    self.assertEqual(len(rows), group[name]["n"], (days, name))
            rows = self.responses.search(found["total"]["nps"]["domain"])
            own = rows.filtered(lambda row: row.commercial_partner_id == again)
            self.assertEqual(own.nps, 10)

    def test_each_tile_of_the_overview_opens_what_it_counts(self):
        self._crowd()
        self._score()
        section = self.env["crm.value.section.satisfaction"].with_company(self.company)
        for day in (TODAY, ago(10)):
            told = section._told({"date_to": day})
            self.assertEqual(len(told["tiles"]), 3)
            for tile in told["tiles"]:
                opens = tile["opens"]
                count = self.env[opens["model"]].search_count(opens["domain"])
                self.assertTrue(tile["note"].endswith(f"n = {count}"), tile)

    def test_overview_looks_back_until_there_are_enough_answers(self):
        """Ten people answer four questions each, and say why: 40 answers, no more."""
        section = self.env["crm.value.section.satisfaction"].with_company(self.company)
        for at in range(10):
            said = {"nps1": 9, "csat1": 4, "sat1": 5, "sat2": 5, "why": "Quick"}
            self._say(self._customer(f"Asked {at}"), 20, **said)
        for enough, days in ((40, 30), (41, 365)):
            with patch.object(crm_value_section_satisfaction, "ENOUGH", enough):
                self.assertEqual(section._span({"date_to": TODAY})[0], days, enough)

    def _check_group(self, group, rows):
        """Reckon the figures of a group answer by answer."""
        nps = rows.filtered(lambda row: row.role == "nps").mapped("value")
        up, down = sum(n >= 9 for n in nps), sum(n <= 6 for n in nps)
        self.assertEqual(group["nps"]["n"], len(nps))
        self.assertAlmostEqual(group["nps"]["value"], 100 * (up - down) / len(nps))
        csat = rows.filtered(lambda row: row.role == "csat").mapped("value")
        share = 100 * sum(n >= 4 for n in csat) / len(csat)
        self.assertAlmostEqual(group["csat"]["value"], share)
        items = rows.filtered(lambda row: row.construct_id == self.satisfaction)
        means = [
            sum(own.mapped("score")) / len(own)
            for own in items.grouped("user_input_id").values()
        ]
        self.assertEqual(group["csi"]["n"], len(means))
        self.assertAlmostEqual(group["csi"]["value"], sum(means) / len(means), places=6)
        ends = (group["csi"]["low"], group["csi"]["high"])
        if len(means) > 1:
            half = t.ppf(0.975, len(means) - 1) * np.std(means, ddof=1)
            # Where all agree, others may still differ.
            missed = satisfaction.STEP * (1 - 0.025 ** (1 / len(means)))
            half = max(half / np.sqrt(len(means)), missed)
            self.assertAlmostEqual(
                ends[0], max(group["csi"]["value"] - half, 0), places=3
            )
        else:
            self.assertEqual(ends, (None, None))

    def test_net_promoter_score_of_zero_is_a_value(self):
        for score in (10, 0):
            self._say(self._buyer(f"Says {score}"), nps1=score)
        found = self.answers.get_measures()["total"]["nps"]
        self.assertEqual((found["value"], found["n"]), (0.0, 2))
        nothing = self.answers.get_measures()["total"]["csat"]
        self.assertEqual((nothing["value"], nothing["n"]), (None, 0))

    def test_nobody_answered_shows_nothing(self):
        found = self.answers.get_measures()
        self.assertIsNone(found["total"])
        self.assertEqual(found["groups"], [])
        self.assertEqual(self.answers.get_measures_by_month()["history"], [])

    def test_change_is_against_the_period_before(self):
        buyers = [self._buyer(f"Often {at}") for at in range(5)]
        for buyer in buyers:
            self._say(buyer, days=40, nps1=0)
            self._say(buyer, days=4, nps1=10)
        total = self.answers.get_measures(days=30)["total"]["nps"]
        before = self.answers.get_measures_before(days=30)
        self.assertEqual((total["value"], total["n"]), (100, 5))
        then = before["total_before"]["nps"]
        self.assertEqual((then["value"], then["n"], then["told"]), (-100, 5, True))
        self.assertEqual(before["before"][None]["nps"], then)  # nobody is scored yet
        before = self.answers.get_measures_before(days=0)
        self.assertEqual(before, {"before": {}, "total_before": None})

    def test_colleagues_and_staff_are_left_out_strangers_are_not(self):
        colleague = new_test_user(self.env, "measures_colleague", "base.group_user")
        self._say(colleague.partner_id, nps1=0)
        self._say(None, nps1=10)
        self.assertEqual(self.answers.get_measures()["total"]["people"], 1)

    def _staff_round(self, survey, scores, days, name):
        given = self.env["survey.user_input"].union(
            *(self._say(None, survey=survey, nps1=score) for score in scores)
        )
        return self._in_round(given, days, name)

    def test_staff_figures_of_periods_cannot_be_subtracted(self):
        """Neither a longer period nor looking again gives one colleague away."""
        survey = self._survey(self._nps(), value_audience="staff")
        self._staff_round(survey, [10] * 5, 5, "1 calendar 1")
        self._staff_round(survey, [0], 60, "1 calendar 0")
        boss = self._as("crm_value.group_manager")

        def told(days):
            total = boss.get_measures("survey_id", days, "staff")["total"]
            return total["people"], total["nps"]["value"]

        for days in (30, 90, 365, 0):
            self.assertEqual(told(days), (5, 100))
        self._staff_round(survey, [0], 0, "1 calendar 2")
        self._say(None, survey=survey, nps1=0)
        self.assertEqual(told(0), (5, 100))
        self._staff_round(survey, [0] * 5, 40, "2 calendar 0")
        self.assertEqual((told(30), told(90)), ((5, 100), (10, 0)))

    def test_colleagues_asked_twice_are_no_more_people(self):
        survey = self._survey(self._nps(), value_audience="staff")
        for at in range(2):
            self._staff_round(survey, [5] * 3, 30 * at + 1, f"1 calendar {at}")
        found = self.answers.get_measures("survey_id", 0, "staff")
        self.assertIsNone(found["total"])
        self.assertEqual(found["groups"], [])

    def test_staff_figures_are_for_managers_and_open_nothing(self):
        survey = self._survey(self._nps(), value_audience="staff")
        self._staff_round(survey, [5] * 6, 3, "1 calendar 0")
        boss = self._as("crm_value.group_manager")
        total = boss.get_measures("survey_id", 0, "staff")["total"]
        self.assertEqual((total["nps"]["n"], total["nps"]["value"]), (6, -100))
        self.assertIs(total["domain"], False)
        self.assertFalse(boss.search_count([("audience", "=", "staff")]))
        user = self._as("crm_value.group_user", "measures_reader")
        found = user.get_measures("survey_id", 0, "staff")
        self.assertIsNone(found["total"])
        self.assertNotIn("staff", found["audiences"])

    def test_another_company_sees_nothing(self):
        self._crowd(2)
        second = self._create_company("Second", self.usd)
        user = self._as("crm_value.group_manager", company=second)
        self.assertIsNone(user.get_measures(days=0)["total"])

    def test_category_is_what_was_bought_before(self):
        category = self.env["product.category"].create({"name": "Tools"})
        self.product.categ_id = category
        buyer, other = self._customer("Buyer"), self._customer("Other")
        self._invoice(buyer, 100)
        for one in (buyer, other):
            self._say(one, nps1=9)
        found = self.answers.get_measures("category")["groups"]
        labels = [(group["label"], group["people"]) for group in found]
        self.assertEqual(labels, [("Tools", 1), ("Not known", 1)])

    def test_index_weighs_questions_as_the_latest_result(self):
        self.asked.value_index_id = self.index
        self._say(self._buyer("One"), sat1=5, sat2=1)
        self.assertEqual(self.answers.get_measures()["total"]["csi"]["value"], 50)
        result = self.env["crm.value.index.result"].create(
            {
                "index_id": self.index.id,
                "date_from": "2026-06-01",
                "date_to": "2026-06-30",
            }
        )
        for item, share in (("sat1", 0.75), ("sat2", 0.25)):
            self.env["crm.value.index.result.item"].create(
                {
                    "result_id": result.id,
                    "construct_id": self.satisfaction.id,
                    "item": item,
                    "share": share,
                }
            )
        result.state = "done"
        self.assertEqual(self.answers.get_measures()["total"]["csi"]["value"], 75)

    def test_history_is_told_by_month(self):
        for days in (3, 40, 45):
            self._say(self._buyer(f"At {days}"), days=days, nps1=9)
        history = self.answers.get_measures_by_month()["history"]
        months = [(month["key"], month["people"]) for month in history]
        self.assertEqual(months, [("2026-05", 2), ("2026-06", 1)])

    def test_few_answers_are_not_told(self):
        for at in range(4):
            self._say(self._buyer(f"Few {at}"), nps1=9, csat1=5)
        found = self.answers.get_measures()
        self.assertFalse(found["total"]["nps"]["told"])
        self.assertEqual((found["headline"], found["shown"]), (None, "nps"))
        self._say(self._buyer("Enough"), nps1=9)
        found = self.answers.get_measures()
        self.assertTrue(found["total"]["nps"]["told"])
        self.assertFalse(found["total"]["csat"]["told"])
        self.assertEqual((found["headline"], found["shown"]), ("nps", "nps"))

    def test_the_past_takes_three_months_that_are_told(self):
        answers = {40: 9, 75: 0, 100: 9}  # days ago: answer
        for days, nps in answers.items():
            self.assertIsNone(self.answers.get_measures_by_month()["past"]["nps"])
            for at in range(5):
                self._say(self._buyer(f"{days} {at}"), days=days, nps1=nps)
        self._say(self._buyer("Alone"), days=130, nps1=0)
        found = self.answers.get_measures_by_month()["past"]
        self.assertIsNone(found["csat"])
        self.assertAlmostEqual(found["nps"]["mean"], 100 / 3)
        self.assertEqual(found["nps"]["best"]["value"], 100)
        self.assertEqual(found["nps"]["worst"]["value"], -100)
        months = [found["nps"][which]["key"] for which in ("best", "worst")]
        self.assertEqual(months, ["2026-03", "2026-04"])

    def test_queries_are_flat_at_two_sizes(self):
        counts = []
        for seed in (1, 2):
            self._crowd(6 * seed, seed=seed)
            self.env.flush_all()
            self.answers.get_measures("rfm_segment", 0)
            before = self.cr.sql_log_count
            self.answers.get_measures("rfm_segment", 0)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts)
        self.assertLess(counts[0], 10)


@tagged("post_install", "-at_install")
class TestThemes(MeasuresCommon):
    def setUp(self):
        super().setUp()
        self.env["crm.value.theme"].search([]).active = False
        themes = self.env["crm.value.theme"]
        self.delivery = themes.create({"name": "Delivery", "words": "deliver\n送货\n"})
        self.price = themes.create({"name": "Price", "words": "price\nC++ (new)\n太贵"})

    def _write(self, text, **values):
        given = self._say(self._buyer(text), why=text, **values)
        return self.answers.search(
            [("user_input_id", "=", given.id), ("role", "=", "reason")]
        )

    def test_words_of_any_language_give_themes_away(self):
        for text, themes in (
            ("Delivery was late", self.delivery),
            ("DELIVERED at a good price", self.delivery | self.price),
            ("送货太慢，太贵", self.delivery | self.price),
            ("undelivered", self.env["crm.value.theme"]),  # begins with another
            ("Is it C++ (new)?", self.price),
            ("Nice", self.env["crm.value.theme"]),
        ):
            with self.subTest(text=text):
                answer = self._write(text)
                self.assertEqual(answer.theme_ids, themes)
                found = self.answers.search(
                    [("id", "=", answer.id), ("theme_ids", "in", themes.ids)]
                )
                self.assertEqual(found, answer if themes else self.answers)

    def test_expression_of_a_word_takes_signs_literally(self):
        self.assertEqual(_expression("a.b"), r"\ma\.b")
        self.assertEqual(_expression("价格"), "价格")

    def test_each_theme_opens_the_answers_it_counts(self):
        self._write("Delivery is slow", nps1=2)
        self._write("Late delivery, high price", nps1=10)
        self._write("Fine")
        found = self.answers.get_themes()
        self.assertEqual(found["total"]["count"], 3)
        rows = {row["label"]: row for row in found["themes"]}
        counts = {label: row["count"] for label, row in rows.items()}
        self.assertEqual(counts, {"Delivery": 2, "Price": 1, "No theme": 1})
        for row in rows.values():
            self.assertEqual(self.answers.search_count(row["domain"]), row["count"])
        self.assertEqual(rows["Delivery"]["nps"], 0)
        self.assertIsNone(rows["No theme"]["nps"])
        self.assertEqual(found["most"], "Delivery")
        self.assertAlmostEqual(rows["Delivery"]["share"], 2 / 3)
        self.assertFalse(rows["Delivery"]["told"])

    def test_who_writes_about_two_themes_is_one_of_all(self):
        self._write("Late delivery, high price", nps1=0)
        self._write("Good price", nps1=10)
        total = self.answers.get_themes()["total"]
        self.assertEqual((total["count"], total["nps"], total["nps_n"]), (2, 0, 2))

    def test_without_themes_or_answers_nothing_breaks(self):
        found = self.answers.get_themes()
        self.assertEqual((found["total"]["count"], found["most"]), (0, None))
        (self.delivery | self.price).active = False
        self._write("Fine")
        [row] = self.answers.get_themes()["themes"]
        self.assertEqual((row["key"], row["count"]), (0, 1))

    def test_a_theme_that_answers_speak_of_stays(self):
        self._write("Late delivery")
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            self.delivery.unlink()
        unheard = self.delivery.copy({"words": "zeppelin"})
        unheard.unlink()
        self.assertFalse(unheard.exists())

    def test_words_are_for_managers_to_change(self):
        user = self._as("crm_value.group_user").env.user
        self.assertTrue(self.price.with_user(user).read(["words"]))
        with self.assertRaises(AccessError):
            self.price.with_user(user).words = "cost"

    def test_the_score_of_five_people_is_told(self):
        for at in range(5):
            [row, *_others] = self.answers.get_themes()["themes"]
            self.assertFalse(row["told"])
            self._write(f"Delivery {at}", nps1=9)
        [row, *_others] = self.answers.get_themes()["themes"]
        self.assertEqual((row["label"], row["told"]), ("Delivery", True))

    def test_themes_cost_a_few_queries_at_two_sizes(self):
        counts = []
        for size in (2, 9):
            for at in range(size):
                self._write(f"Delivery {size} {at}")
            self.env.flush_all()
            self.answers.get_themes()
            before = self.cr.sql_log_count
            self.answers.get_themes()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts)


@tagged("post_install", "-at_install")
class TestSatisfactionMatrix(MeasuresCommon):
    def setUp(self):
        super().setUp()
        for at, (satisfied, score) in enumerate(((5, 10), (1, 0), (3, 8), (5, 9))):
            self._say(self._buyer(f"Asked {at}"), sat1=satisfied, nps1=score)
        self._buyer("Not Asked")
        self._score()

    def _matrix(self, group):
        profiles = self.env["crm.value.profile"].with_user(self._as(group).env.user)
        return profiles, profiles.get_satisfaction_matrix()

    def test_each_cell_opens_the_customers_it_counts(self):
        profiles, matrix = self._matrix("crm_value.group_user")
        self.assertFalse(matrix["shows_margin"])
        for cells in (matrix["quadrants"], matrix["voices"]):
            self.assertEqual(sum(cell["count"] for cell in cells), 5)
            for cell in cells:
                found = profiles.search(cell["domain"])
                self.assertEqual(len(found), cell["count"])
                self.assertAlmostEqual(sum(found.mapped("revenue")), cell["revenue"])
                self.assertNotIn("margin", cell)
        voices = {}
        for cell in matrix["voices"]:
            voices[cell["voice"]] = voices.get(cell["voice"], 0) + cell["count"]
        self.assertEqual(
            voices, {"promoter": 2, "passive": 1, "detractor": 1, "unknown": 1}
        )
        self.assertEqual(matrix["answered"], 4)
        self.assertEqual(set(matrix["stake"]), {"count", "revenue"})
        self.assertEqual(matrix["stake"]["count"], 1)

    def test_margins_are_for_officers(self):
        _profiles, matrix = self._matrix("crm_value.group_officer")
        self.assertTrue(matrix["shows_margin"])
        self.assertTrue(any(cell.get("margin") for cell in matrix["voices"]))
        against = [cell for cell in matrix["voices"] if cell["voice"] == "detractor"]
        margin = sum(cell.get("margin", 0) for cell in against)
        self.assertAlmostEqual(matrix["stake"]["margin"], margin)

    def test_nobody_asked_puts_nothing_at_stake(self):
        self.env["survey.user_input"].search([]).unlink()
        self._score()
        _profiles, matrix = self._matrix("crm_value.group_user")
        found = [matrix[name] for name in ("answered", "hostages", "stake")]
        self.assertEqual(found, [0, 0, None])

    def test_matrix_keeps_to_a_few_queries(self):
        profiles, _matrix = self._matrix("crm_value.group_user")
        self.env.flush_all()
        with self.assertQueryCount(4):
            profiles.get_satisfaction_matrix()
