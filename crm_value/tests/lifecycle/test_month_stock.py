from odoo.tests import tagged

from ..equity.test_equity import APRIL, MAY, EquityCommon

FLOWS = {  # what happened between two month ends: that adds up
    "crm.value.snapshot": set(),
    "crm.value.equity": {"new", "grown", "shrunk", "lost", "re_estimated"},
    "crm.value.migration": {
        *("kept", "churned", "bought", "sales", "profit", "margin_kept"),
    },
}
NUMBERS = ("integer", "float", "monetary")


@tagged("post_install", "-at_install")
class TestMonthStock(EquityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        other = cls._customer("Other")
        stages = cls.env["crm.value.stage"].search([], limit=2)
        cls.first, cls.second = stages.ids
        for customer, day, stage, revenue in (
            (cls.acme, APRIL, cls.first, 100),
            (other, APRIL, cls.first, 50),
            (cls.acme, MAY, cls.second, 30),
            (other, MAY, cls.first, 40),
        ):
            cls._stood(customer, day, revenue, revenue=revenue, stage_id=stage)
        cls.domain = [("company_id", "=", cls.company.id), ("month_end", "=", True)]
        cls.sums = ["__count", "revenue:sum", "revenue:avg"]

    def _found(self, group):
        return [group[name] for name in self.sums]

    def test_pivot_of_months_ends_with_the_last(self):
        months, stages, [total] = self.env[
            "crm.value.snapshot"
        ].formatted_read_grouping_sets(
            self.domain, [["date:month"], ["stage_id"], []], self.sums
        )
        self.assertEqual([self._found(one)[:2] for one in months], [[2, 150], [2, 70]])
        self.assertEqual(
            {one["stage_id"][0]: self._found(one)[:2] for one in stages},
            {self.first: [1, 40], self.second: [1, 30]},
        )
        self.assertEqual(self._found(total), [2, 70, 55])

    def test_chart_of_years_ends_with_the_last_month_of_each(self):
        for groupby in (["date:year"], ["date:quarter"], []):
            [group] = self.env["crm.value.snapshot"].formatted_read_group(
                self.domain, groupby, self.sums
            )
            self.assertEqual(self._found(group)[:2], [2, 70], groupby)

    def test_list_counts_its_rows_and_adds_up_the_last_month(self):
        found = self.env["crm.value.snapshot"].web_read_group(
            self.domain, ["company_id"], ["revenue:sum"]
        )
        [group] = found["groups"]
        self.assertEqual((group["__count"], group["revenue:sum"]), (4, 70))

    def test_migration_begins_with_the_first_month(self):
        [group] = self.env["crm.value.migration"].formatted_read_group(
            [("company_id", "=", self.company.id), ("is_step", "=", True)],
            [],
            ["revenue_from:sum", "revenue_to:sum", "kept_to:sum"],
        )
        self.assertEqual(group["revenue_to:sum"], 70)
        self.assertEqual(group["kept_to:sum"], 2)
        self.assertFalse(group["revenue_from:sum"], "nothing is known before April")

    def test_no_report_adds_up_month_ends(self):
        """A new measure says whether it is there at a month end, or happened."""
        pairs = self.env.registry["crm.value.month.pair"]._inherit_children
        self.assertEqual({"crm.value.snapshot", *pairs}, set(FLOWS))
        for name, flows in FLOWS.items():
            model = self.env[name]
            added = {
                f"{field.name}:sum"
                for field in model._fields.values()
                if field.type in NUMBERS and field.aggregator == "sum"
            }
            stocks = set(model._stocks(sorted(added)))
            self.assertEqual(added - stocks, {f"{flow}:sum" for flow in flows}, name)

    def test_nobody_adds_up_ids(self):
        added = {
            f"{name}.{field.name}"
            for name, model in self.env.registry.items()
            if name.startswith("crm.value.") and not model._abstract
            for field in model._fields.values()
            if field.type == "integer" and field.name.endswith("_id")
            if field.aggregator == "sum"
        }
        self.assertFalse(added)
