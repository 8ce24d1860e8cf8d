"""The model card: what it says of each kind of company, and to whom."""

import json
from random import Random

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from ...analytics.forecast import fitting
from ..common import ValueCommon, ago
from .forecast_samples import AS_OF, RULES, days_of, regular

WARNINGS = [
    *("few", "low", "no_backtest", "no_dropout", "not_converged"),
    *("correlated", "off", "interval"),
]


@tagged("post_install", "-at_install")
class TestModelCard(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._user("card_user", "crm_value.group_user")
        cls.officer = cls._user("card_officer", "crm_value.group_officer")
        cls.manager = cls._user("card_manager", "crm_value.group_manager")

    @classmethod
    def _user(cls, login, group, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env,
            login=login,
            groups=f"base.group_user,{group}",
            company_id=company.id,
            company_ids=company.ids,
            lang="en_US",
        )

    # --- kinds of companies ---

    def _learnt(self, *histories):
        """Return the fit of a run over customers, each (amount, days since) tuples."""
        customers = self.env["res.partner"].create(
            [{"name": f"Customer {at}"} for at in range(len(histories))]
        )
        self.env["crm.value.transaction"].create(
            [
                values
                for customer, history in zip(customers, histories, strict=True)
                for values in self._rows(customer, history)
            ]
        )
        return self._score().fit_id

    def _rows(self, customer, history):
        return [
            {
                "partner_id": customer.id,
                "company_id": self.company.id,
                "currency_id": self.usd.id,
                "date": ago(days),
                "amount": amount,
                "source_key": f"{customer.id} {at}",
            }
            for at, (amount, days) in enumerate(history)
        ]

    @staticmethod
    def _leaving(size, seed=4):
        """Return histories of customers who buy at their own rate until they leave."""
        random = Random(seed)
        found = []
        for _customer in range(size):
            start, left = random.randint(30, 900), random.expovariate(1 / 300)
            rate, day, history = random.gammavariate(1, 1 / 40), 0.0, []
            while day <= min(start, left):
                history.append((random.gammavariate(4, 20), int(start - day)))
                day += random.expovariate(rate)
            found.append(history)
        return found

    def _card(self, fit, user=None):
        """Return the card as a user gets it: plain data, without NaN."""
        self.env.flush_all()
        self.env.invalidate_all()
        card = fit.with_user(user or self.manager).get_card()
        json.dumps(card, allow_nan=False)
        return card

    def _codes(self, rows):
        return [row["code"] for row in rows]

    def _row(self, rows, code):
        return next(row for row in rows if row["code"] == code)

    # --- what it says ---

    def test_too_few_customers_say_so(self):
        card = self._card(self._learnt(*self._leaving(18)))
        self.assertEqual(
            card["headline"],
            "Too few customers for a model (18, 50 are needed): each customer's own "
            "purchase rate is used, shrunk towards the overall rate. That one in five "
            "leaves after a purchase is assumed, as far as the purchases do not say "
            "otherwise. Where customers leave, every second total of so few was off by "
            "two fifths or more.",
        )
        self.assertEqual(card["confidence"], "insufficient")
        self.assertEqual(self._codes(card["warnings"]), ["few"])
        self.assertFalse(card["backtest"])
        self.assertFalse(card["answers"])
        self.assertFalse(card["weeks"])
        self.assertEqual(self._codes(card["parameters"]), ["spend", "everybody"])

    def test_false_alarms_are_told_where_they_were_measured(self):
        fit = self._learnt(*self._leaving(18))
        self.assertFalse(self._card(fit)["lifecycle"])
        fit.card = fit.card | {
            "lifecycle": {"lost_back_90": 0.064, "lost_back_365": None}
        }
        [row] = self._card(fit)["lifecycle"]
        self.assertEqual(row["label"], "Lost, and bought within 90 days")
        self.assertEqual(row["text"], "6.4%")
        self.assertFalse(row["note"], "an earlier card did not count them")
        counted = {**fit.card["lifecycle"], "lost_90": 141}
        fit.write({"card": {**fit.card, "lifecycle": counted}, "as_of": "2026-03-31"})
        [row] = self._card(fit)["lifecycle"]
        self.assertEqual(row["note"], "Of 141 customers who counted so on 12/31/2025.")

    def test_some_customers_have_low_confidence(self):
        card = self._card(self._learnt(*self._leaving(90)))
        self.assertEqual(card["confidence"], "low")
        self.assertIn("low", self._codes(card["warnings"]))
        self.assertIn("90", card["warnings"][0]["text"])

    def test_good_model_shows_its_past(self):
        histories = self._leaving(320)
        returned = [(50.0, 200), (-50.0, 200)]
        fit = self._learnt(*histories, returned)
        card = self._card(fit)
        self.assertEqual(card["confidence"], "good")
        self.assertRegex(card["headline"], r"is used: over 3 cutoffs")
        said = card["conclusion"]
        self.assertRegex(
            said, r"[\d,]+ purchases of \d+ customers were .*: \d+ for every 100\."
        )
        self.assertRegex(said, r"revenue within ±\d+%\. A single customer")
        self.assertIn("Who is the likelier to leave: ", said)
        self._check_answers(card, fit)
        self.assertEqual(
            self._row(card["used"], "customers")["text"],
            str(fit.card["data"]["customers"]),
        )
        nothing = self._row(card["left_out"], "nothing_bought")["text"]
        self.assertEqual(nothing, str(fit.card["data"]["nothing_bought"]))
        self.assertGreaterEqual(int(nothing), 1)
        self._check_backtest(card, fit)
        self._check_charts(card)
        self._check_parameters(card, fit)

    def _check_answers(self, card, fit):
        answers = card["answers"]
        self.assertEqual(
            self._codes(answers)[:4], ["purchases", "money", "whole", "inside"]
        )
        self.assertRegex(self._row(answers, "purchases")["text"], r"^\d+% closer$")
        whole = self._row(answers, "whole")
        self.assertIn("within 12 months", whole["label"])
        self.assertTrue(fit.card["whole"])
        self.assertRegex(whole["note"], r"customers were foretold and \$.* came; error")
        fit.card = {**fit.card, "whole": None}
        whole = self._row(self._card(fit)["answers"], "whole")
        self.assertEqual(whole["text"], "–")
        self.assertIn("a history twice as long", whole["note"])

    def _check_backtest(self, card, fit):
        groups = [card["backtest"]["total"]]
        groups += [fold["rules"] for fold in card["backtest"]["folds"]]
        self.assertEqual(len(groups), 4)
        for rules in groups:
            self.assertEqual([r["rule"] for r in rules if r["chosen"]], [fit.rule])
            self.assertIn("naive", [r["rule"] for r in rules])
        total = {r["rule"]: r["rmse"] for r in card["backtest"]["total"]}
        self.assertLess(total[fit.rule], total["naive"])

    def _check_charts(self, card):
        self.assertEqual(len(card["weeks"]["rules"]), 2)
        lengths = {len(rule["values"]) for rule in card["weeks"]["rules"]}
        self.assertEqual(lengths, {len(card["weeks"]["labels"])})
        self.assertEqual(len(card["deciles"]), 10)

    def _check_parameters(self, card, fit):
        buying, spend, everybody = card["parameters"]
        symbols = [row["symbol"] for row in buying["rows"]]
        pareto = fit.parameters["buying"]["model"] == "pareto"
        self.assertEqual(symbols, ["r", "α", *(["s", "β"] if pareto else ["a", "b"])])
        self.assertTrue(all(row["error"].startswith("±") for row in buying["rows"]))
        symbols = ["Mean", "Weight", "First purchase", "Level"]
        if fit.parameters["spending"]["p"]:
            symbols = ["p", "q", "v"]
        self.assertEqual([row["symbol"] for row in spend["rows"]], symbols)
        self.assertEqual(everybody["rows"][0]["symbol"], "Correlation")

    def test_rule_stays_where_no_other_is_surely_better(self):
        fit = self._learnt(*self._leaving(120))
        self.assertEqual(fit.rule, "stacked")
        fit.rule = "pareto"
        fit.parameters = {**fit.parameters, "rule": "pareto", "weights": None}
        fit.as_of = ago(40)
        run = self.env["crm.value.run"]._request(self.company)
        run._note({"refit": True, "fit_id": False})
        with self._no_commit():
            run._execute()
        self.assertNotEqual(run.fit_id, fit)
        self.assertEqual(run.fit_id.rule, "pareto", "another one was not much better")

    def test_one_time_buyers_have_a_card(self):
        card = self._card(self._learnt(*([(50.0, 30 + 9 * at)] for at in range(80))))
        self.assertEqual(self._row(card["used"], "repeaters")["text"], "0")
        self.assertEqual(self._row(card["left_out"], "single")["text"], "80")

    def test_without_dropout_nobody_is_seen_to_leave(self):
        random = Random(2)
        histories = [
            sorted((40.0 + at, random.randint(0, 700)) for _n in range(20))
            for at in range(80)
        ]
        fit = self._learnt(*histories)
        self.assertFalse(fit.parameters["buying"]["dropout"])
        self.assertIn("no_dropout", self._codes(self._card(fit)["warnings"]))

    def test_short_past_has_no_backtest(self):
        fit = self._learnt(*([(50.0, at % 20), (60.0, 1)] for at in range(60)))
        card = self._card(fit)
        self.assertFalse(card["backtest"])
        self.assertIn("too short", card["headline"])
        self.assertIn("do not plan with these figures", card["conclusion"])
        self.assertIn("no_backtest", self._codes(card["warnings"]))

    def test_customers_set_aside_are_counted(self):
        fit = self._learnt(*self._leaving(18))
        run = fit.run_ids
        run.issue_ids.create({"run_id": run.id, "partner_id": 1, "message": "NaN"})
        row = self._row(self._card(fit)["left_out"], "issues")
        self.assertEqual(row["text"], "1")
        self.assertTrue(row["note"])

    def test_total_of_all_has_an_interval_and_says_what_it_rests_on(self):
        fit = self._learnt(*self._leaving(320))
        rows = self._card(fit)["totals"]
        self.assertEqual(self._codes(rows), ["purchases", "revenue"])
        folds = fit.card["folds"]
        for row, name in zip(rows, ("bias", "money_bias"), strict=True):
            self.assertRegex(row["text"], r"\d.* \(.*\d–.*\d")
            self.assertIn(f"over {folds[0]['length']} days each", row["note"])
            errors = [
                next(m[name] for m in fold["rules"] if m["rule"] == fit.rule)
                for fold in folds[::-1]
            ]
            self.assertEqual(fit._errors(name), errors)
        sums = self.env["crm.value.profile"].search(
            [("run_id.fit_id", "=", fit.id), ("purchase_count", ">", 0)]
        )
        sums = sum(sums.mapped("expected_purchases"))
        found = fit._foretold_total(sums, "bias")
        self.assertTrue(found.low < sums < found.high)
        fit.card = {**fit.card, "folds": []}
        [purchases, _revenue] = fit._card_totals()
        self.assertIn("about", purchases["text"])
        self.assertIn("not known", purchases["note"])

    # --- a card made by hand ---

    def _prepared(self):
        """Return the fit of a run with the card of another company's purchases."""
        fit = self._learnt(*self._leaving(3))
        found, card = fitting.fit(days_of(regular(80)), AS_OF, RULES)
        fit.write({"rule": found.rule, "card": card, "parameters": found.to_json()})
        return fit

    def test_every_warning_has_words(self):
        fit = self._prepared()
        for correlation, bias, inside in ((0.5, 0.4, 0.6), (-0.5, -0.4, 0.95)):
            card = dict(fit.card, warnings=WARNINGS, correlation=correlation)
            card["folds"][0]["inside"] = inside
            for rule in card["folds"][0]["rules"]:
                rule.update(predicted=100 * (1 + bias), actual=100.0)
            fit.card = card
            warnings = self._card(fit)["warnings"]
            self.assertEqual(self._codes(warnings), WARNINGS)
            off = self._row(warnings, "off")["text"]
            self.assertIn("40.0% too", off)
            self.assertIn("many" if bias > 0 else "few", off)
            self.assertIn("a season it has not seen", off)

    def test_card_without_figures_is_empty(self):
        fit = self._learnt(*self._leaving(3))
        fit.write({"card": False, "parameters": False})
        self.assertFalse(self._card(fit))

    def test_headline_keeps_to_the_measure_of_choice(self):
        """The mean error may favour another rule than the squared error does."""
        fit = self._prepared()
        card = dict(fit.card, weeks=None)
        for fold in card["folds"]:
            for rule in fold["rules"]:
                own = rule["rule"] == "mbg"
                rule.update(rmse=1.611 if own else 1.618, mae=1.2 if own else 1.1)
                rule["money_rmse"] = 1296.4 if own else 1302.2
        fit.write({"card": card, "rule": "mbg"})
        shown = self._card(fit)
        self.assertIn("1.61 purchases, against 1.62 for buying", shown["headline"])
        self.assertIn("1.10 against 1.20", shown["measure"])
        self.assertRegex(shown["measure"], "1,296, against .*1,302 for the same")

    # --- to whom ---

    def test_margins_are_for_officers(self):
        fit = self._prepared()
        retention = dict(rate=0.5, margin=4321.0, value=3210.0, customers=60)
        fit.write(
            {
                "card": {**fit.card, "retention": retention},
                "parameters": {**fit.parameters, "margin_rate": 0.4567},
            }
        )
        told = ("4,321.00", "3,200", "45.7")
        for user, seen in ((self.user, False), (self.officer, True)):
            with self.subTest(user=user.login):
                card = self._card(fit, user)
                text = json.dumps(card, ensure_ascii=False)
                self.assertEqual([figure in text for figure in told], [seen] * 3)
                self.assertEqual(card["hidden"], not seen)
                self.assertIn("50.0%", card["retention"]["sentence"])
                with self.assertRaises(AccessError):
                    fit.with_user(user).read(["card"])

    def test_officer_sees_the_mean_of_the_model(self):
        fit = self._prepared()
        retention = dict(rate=0.5, margin=1.0, value=1.0, customers=60)
        fit.card = {**fit.card, "retention": retention}
        self.assertTrue(self._card(fit, self.officer)["retention"]["compared"])
        self.assertFalse(self._card(fit, self.user)["retention"]["compared"])

    def test_strangers_get_no_card(self):
        fit = self._learnt(*self._leaving(3))
        other = self.env["res.company"].create({"name": "Other Company"})
        foreigner = self._user("card_foreigner", "crm_value.group_manager", other)
        employee = self._user("card_employee", "base.group_user")
        for user in (foreigner, employee):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._card(fit, user)

    def test_only_managers_let_it_learn_again(self):
        fit = self._learnt(*self._leaving(3))
        for user in (self.user, self.officer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                fit.with_user(user).action_fit_again()
            self.assertNotIn("action_fit_again", self._form(user))
        self.assertIn("action_fit_again", self._form(self.manager))
        action = fit.with_user(self.manager).action_fit_again()
        run = self.env["crm.value.run"].browse(action["res_id"])
        self.assertTrue(run.refit)
        self.assertEqual(run.state, "queued")
        with self.assertRaises(UserError):
            fit.unlink()

    def _form(self, user):
        fits = self.env["crm.value.fit"].with_user(user)
        return fits.get_view(view_type="form")["arch"]

    def test_menu_is_for_officers_and_the_run_opens_its_card(self):
        menu = self.env.ref("crm_value.crm_value_fit_menu").id
        for user, seen in ((self.user, False), (self.officer, True)):
            visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            self.assertEqual(menu in visible, seen)
        fit = self._learnt(*self._leaving(3))
        action = fit.run_ids.with_user(self.user).action_open_fit()
        self.assertEqual((action["res_model"], action["res_id"]), (fit._name, fit.id))

    def test_filters_and_groups_work_for_everybody(self):
        fits = self.env["crm.value.fit"].with_user(self.user)
        arch = fits.get_view(view_type="search")["arch"]
        for node in etree.fromstring(arch).iter("filter"):
            with self.subTest(filter=node.get("name")):
                fits.search_count(safe_eval(node.get("domain") or "[]"))
                group = safe_eval(node.get("context") or "{}").get("group_by")
                if group:
                    fits.formatted_read_group([], [group], ["__count"])
