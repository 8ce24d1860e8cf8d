"""Registered figures, each against numbers that a reader can check by hand."""

from datetime import date, datetime

from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ...models.scorecard.sources import SOURCES
from ..common import freeze_time
from .scorecard_common import ScorecardCommon

APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)
MONTHS = [APRIL, MAY]


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestMeasureSource(ScorecardCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._customer("First")
        cls.second = cls._customer("Second")

    def _figures(self, key, months=None):
        sources = self.env["crm.value.measure.source"]
        found = sources._figures(key, self.company, months or MONTHS)
        return {month: (round(value, 4), n) for month, (value, n) in found.items()}

    def _product(self, kind):
        return self.env["product.product"].create({"name": kind, "type": kind})

    def _entry(self, day, amount, kind, other="asset_cash"):
        """Post a journal entry: an amount on the credit of one kind of account."""
        accounts = [
            self.env["account.account"].create(
                {
                    "name": f"{name} {day}",
                    "code": f"T{self.env['account.account'].search_count([])}{at}",
                    "account_type": name,
                }
            )
            for at, name in enumerate((kind, other))
        ]
        lines = [
            {"account_id": accounts[0].id, "credit": max(amount, 0)},
            {"account_id": accounts[1].id, "debit": max(amount, 0)},
        ]
        if amount < 0:
            lines[0]["debit"], lines[1]["credit"] = -amount, -amount
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": day,
                "line_ids": [Command.create(line) for line in lines],
            }
        )
        entry.action_post()
        return entry

    def test_each_registered_figure_has_its_method_and_no_months_no_figures(self):
        for source in SOURCES:
            with self.subTest(source=source.key):
                self.assertEqual(self._figures(source.key, []), {})
                self._figures(source.key)

    # --- the ledger ---

    def test_net_profit_is_income_less_expenses_of_what_is_posted(self):
        self._entry(APRIL, 1000, "income")
        self._entry(APRIL, -300, "expense")
        self._entry(date(2026, 4, 30), -100, "expense_depreciation")
        self._entry(MAY, -50, "expense_direct_cost")
        self._invoice(self.first, 999, APRIL, post=False)
        expected = {APRIL: (600, 3), MAY: (-50, 1)}
        self.assertEqual(self._figures("net_profit"), expected)

    def test_cash_flow_is_what_came_in_less_what_went_out(self):
        self._entry(APRIL, 1000, "income")
        self._entry(APRIL, -300, "expense")
        self._entry(MAY, 200, "income", "asset_receivable")
        self.assertEqual(self._figures("cash_flow"), {APRIL: (700, 2)})

    def test_service_income_is_of_services_less_what_was_credited(self):
        service = self._product("service")
        line = [self._line(400, product_id=service.id), self._line(100)]
        self._invoice(self.first, 0, APRIL, lines=line)
        self._credit(
            self.first, 0, APRIL, lines=[self._line(50, product_id=service.id)]
        )
        self.assertEqual(self._figures("service_income"), {APRIL: (350, 2)})

    def test_cost_of_a_customer_shares_all_expenses(self):
        self._entry(APRIL, -300, "expense")
        self._entry(APRIL, -100, "expense_direct_cost")
        self._entry(MAY, -70, "expense")
        for amount in (10, 20):
            self._invoice(self.first, amount, APRIL)
        self._invoice(self.second, 30, APRIL)
        self.assertEqual(self._figures("customer_cost"), {APRIL: (200, 2)})

    def test_new_products_are_those_first_invoiced_within_a_year(self):
        new = self._product("consu")
        self._invoice(self.first, 10, date(2025, 1, 10))
        self._invoice(self.first, 75, APRIL)
        lines = [self._line(25, product_id=new.id)]
        self._invoice(self.first, 0, date(2026, 4, 20), lines=lines)
        self.assertEqual(self._figures("new_products"), {APRIL: (25, 2)})
        # In the first year of the documents everything is new: nobody knows.
        self.assertEqual(self._figures("new_products", [date(2025, 6, 1)]), {})

    # --- customers ---

    def _facts(self, *rows):
        self.env["crm.value.month.fact"].create(
            [
                {
                    "company_id": self.company.id,
                    "month": APRIL,
                    "number": at,
                    "origin_id": customer.id,
                    "partner_id": customer.id,
                    "buyer_id": customer.id,
                    "channel": channel,
                    "size": size,
                    "age": age,
                    "revenue": revenue,
                    "margin": margin,
                    "categ_id": self.env["product.category"].create({"name": "C"}).id,
                }
                for at, (customer, channel, size, age, revenue, margin) in enumerate(
                    rows
                )
            ]
        )

    def test_figures_of_stored_months(self):
        self._facts(
            (self.first, "office", "ten", "later", 300, 120),
            (self.first, "online", "ten", "later", 100, 40),
            (self.second, "office", "rest", "first", 100, False),
        )
        for key, value in {
            "margin": 160,  # 120 + 40, what is not known left out
            "concentration": 80,  # 400 of 500
            "first_year": 50,  # one of two
            "channels": 2,
            "cross_selling": 1.5,  # two categories and one
        }.items():
            with self.subTest(source=key):
                self.assertEqual(self._figures(key), {APRIL: (value, 2)})

    def _end(self, day, **relations):
        """Keep a month end: what each customer is then, and is worth."""
        run = self._score().copy({"as_of": day})
        self.env["crm.value.snapshot"].create(
            [
                {
                    "run_id": run.id,
                    "company_id": self.company.id,
                    "partner_id": getattr(self, name).id,
                    "origin_id": getattr(self, name).id,
                    "date": day,
                    "month_end": True,
                    "relation": relation,
                    "clv": 100 if relation == "active" else False,
                }
                for name, relation in relations.items()
            ]
        )

    def test_retention_and_equity_of_month_ends(self):
        self.third = self._customer("Third")
        self._end(date(2025, 4, 30), first="active", second="active", third="lost")
        self._end(date(2026, 4, 30), first="active", second="lost", third="active")
        self.assertEqual(self._figures("retention"), {APRIL: (50, 2)})
        self.assertEqual(self._figures("equity"), {APRIL: (200, 2)})

    # --- service ---

    def test_response_times_are_told_apart_by_complaint(self):
        complaint = self.env["helpdesk.ticket.category"].search(
            [("value_complaint", "=", True)], limit=1
        ) or self.env["helpdesk.ticket.category"].create(
            {"name": "Complaint", "value_complaint": True}
        )
        for hours, category in ((2, False), (4, False), (10, complaint.id)):
            ticket = self._ticket(self.first, APRIL, category_id=category)
            ticket.value_responded_at = datetime(2026, 4, 1, 12 + hours)
        self._ticket(self.first, APRIL)  # nobody has answered
        self.assertEqual(self._figures("response"), {APRIL: (3, 2)})
        self.assertEqual(self._figures("complaint_response"), {APRIL: (10, 1)})

    # --- deliveries ---

    def _deliver(self, promised, done):
        """Sell a thing that is promised for a day, and deliver it on a day, if any."""
        order = self.env["sale.order"].create(
            {
                "partner_id": self.first.id,
                "company_id": self.company.id,
                "commitment_date": promised,
                "order_line": [Command.create({"product_id": self.thing.id})],
            }
        )
        order.action_confirm()
        if done:
            with freeze_time(done):
                order.picking_ids.move_ids.write({"quantity": 1, "picked": True})
                order.picking_ids.button_validate()

    def test_delivery_is_the_share_done_by_its_deadline(self):
        if "picking_ids" not in self.env["sale.order"]:
            self.skipTest("needs Odoo's sale_stock; install it beside the add-on")
        self.thing = self._product("consu")
        for promised, done in (
            ("2026-04-10 12:00:00", "2026-04-09 12:00:00"),
            ("2026-04-10 12:00:00", "2026-04-10 12:00:01"),  # a second late
            ("2026-04-12 12:00:00", "2026-04-12 12:00:00"),
            ("2026-05-05 12:00:00", "2026-05-04 12:00:00"),
            ("2026-04-20 12:00:00", "2026-05-20 12:00:00"),  # late, and done in May
            ("2026-04-20 12:00:00", None),  # still to be delivered
        ):
            self._deliver(promised, done)
        expected = {APRIL: (66.6667, 3), MAY: (50, 2)}
        self.assertEqual(self._figures("delivery"), expected)

    # --- opinions ---

    def _answers(self, survey, question, values, **given):
        survey = self.env.ref(f"crm_value.{survey}")
        question = self.env.ref(f"crm_value.{question}")
        for value in values:
            participation = self.env["survey.user_input"].create(
                {
                    "survey_id": survey.id,
                    "state": "done",
                    "end_datetime": datetime(2026, 4, 10, 12),
                    "value_company_id": self.company.id,
                    **given,
                }
            )
            self.env["survey.user_input.line"].create(
                {
                    "user_input_id": participation.id,
                    "question_id": question.id,
                    "answer_type": "scale",
                    "value_scale": value,
                }
            )

    def _satisfaction(self, survey):
        """Return the question of a survey that asks for satisfaction, by its XML id."""
        question = self.env["survey.question"].search(
            [
                ("survey_id", "=", self.env.ref(f"crm_value.{survey}").id),
                (
                    "value_construct_id",
                    "=",
                    self.env.ref("crm_value.construct_satisfaction").id,
                ),
            ],
            limit=1,
        )
        name = question.get_external_id()[question.id].removeprefix("crm_value.")
        return name, question.scale_min, question.scale_max

    def test_customers_and_dealers_are_asked_apart(self):
        name, low, high = self._satisfaction("survey_acsi")
        self._answers("survey_acsi", name, (low, high, high), partner_id=self.first.id)
        self.assertEqual(self._figures("satisfaction"), {APRIL: (66.6667, 3)})
        self.assertEqual(self._figures("dealer_satisfaction"), {})
        name, low, high = self._satisfaction("survey_dealer")
        given = {"partner_id": self.second.id}
        self._answers("survey_dealer", name, (low, low, low, high), **given)
        self.assertEqual(self._figures("satisfaction"), {APRIL: (66.6667, 3)})
        self.assertEqual(self._figures("dealer_satisfaction"), {APRIL: (25, 4)})

    def test_employees_are_told_of_from_five_on(self):
        given = {"value_round": "r", "value_round_end": date(2026, 4, 20)}
        self._answers("survey_staff", "survey_staff_wor1", [10] * 4, **given)
        self.assertEqual(self._figures("staff_satisfaction"), {})
        self._answers("survey_staff", "survey_staff_wor1", [1], **given)
        self.assertEqual(self._figures("staff_satisfaction"), {APRIL: (80, 5)})

    # --- the system ---

    def test_use_of_the_system_is_who_left_something_behind(self):
        company = self._create_company("Office", self.usd)
        people = [
            new_test_user(
                self.env,
                f"office_{at}",
                "base.group_user",
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
            )
            for at in range(4)
        ]
        ids = tuple(user.id for user in people)
        self.env.cr.execute(
            "UPDATE res_users SET create_date = '2026-01-01' WHERE id IN %s", (ids,)
        )
        for user in people[:3]:
            message = self.first.message_post(author_id=user.partner_id.id)
            message.date = datetime(2026, 4, 10)
        self.env.user.company_ids -= company
        found = self.env["crm.value.measure.source"]._figures(
            "system_use", company, MONTHS
        )
        self.assertEqual(found, {APRIL: (75, 4), MAY: (0, 4)})
