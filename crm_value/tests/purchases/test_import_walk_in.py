"""Lines that name nobody belong to the one contact that was chosen for them."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ...sheets.purchases import keys
from .test_import import HEADER, ImportCase

TILL = [
    HEADER,
    ["2024-03-05", "IMP-1", "100", "S1"],
    ["2024-03-05", "", "10", "S2"],
    ["2024-03-05", "#N/A", "20", "S3"],
    ["2024-03-06", "guest", "-5", "S4"],
]
PREVIEWED = "<td>Walk-in customers</td>"


@tagged("post_install", "-at_install")
class TestImportWalkIn(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.walk_in, cls.other = cls.env["res.partner"].create(
            [{"name": "Walk-in customers"}, {"name": "Market stall"}]
        )

    def checked(self, rows, walk_in=None, **values):
        partner = self.walk_in if walk_in is None else walk_in
        record = self.make(rows, walk_in_id=partner.id, **values)
        record.action_check()
        return record

    def sums(self):
        return {
            partner.name: round(sum(bought.mapped("amount")), 2)
            for partner, bought in self.bought().grouped("partner_id").items()
        }

    def test_left_empty_lines_are_errors_that_say_what_to_choose(self):
        record = self.make(TILL, create_missing=True)
        record.action_check()
        self.assertEqual((record.good_count, record.bad_count), (1, 3))
        [(reason, count, rows)] = record.problems
        self.assertIn("“Lines without a Customer Belong to”", reason)
        self.assertEqual((count, rows), (3, [3, 4, 5]))
        self.assertIn(record._fields["walk_in_id"].string, reason)

    def test_all_money_is_imported_and_no_contact_created(self):
        partners = self.env["res.partner"].search_count([])
        record = self.checked(TILL, create_missing=True)
        self.assertFalse(record.bad_count, self.reasons(record))
        self.assertEqual((record.amount_total, record.new_customer_count), (125, 0))
        record.action_import()
        self.assertEqual(self.sums(), {"Ann Import": 100, "Walk-in customers": 25})
        self.assertTrue(self.walk_in.value_is_crowd)
        self.assertEqual(self.env["res.partner"].search_count([]), partners)
        self.assertIn(PREVIEWED, record.preview)

    def test_same_file_again_adds_nothing_whoever_was_chosen(self):
        self.checked(TILL).action_import()
        keys = self.bought().mapped("source_key")
        for partner in (self.walk_in, self.other):
            again = self.checked(TILL, partner)
            self.assertEqual((again.known_count, again.bad_count), (4, 0))
            self.assertFalse(again.good_count)
        emptied = self.checked(TILL, self.env["res.partner"])
        self.assertEqual((emptied.known_count, emptied.bad_count), (1, 3))
        self.assertEqual(self.bought().mapped("source_key"), keys)

    def test_good_lines_first_then_the_others_complete_the_file(self):
        record = self.checked(TILL, self.env["res.partner"])
        record.action_import_good()
        rest = self.checked(TILL)
        self.assertEqual((rest.known_count, rest.good_count), (1, 3))
        rest.action_import()
        self.assertEqual(self.sums(), {"Ann Import": 100, "Walk-in customers": 25})

    def test_line_of_a_contact_that_an_earlier_version_made_of_null_is_known(self):
        texts = {"document": "S3", "product": ""}
        written = {"ref": "#N/A"}
        key = keys.of_old_versions(texts, "2024-03-05", written, "20.0 None EUR")
        self.env["crm.value.transaction"].create(
            {
                "partner_id": self.other.id,
                "company_id": self.company.id,
                "date": "2024-03-05",
                "document": "S3",
                "amount": 20,
                "source_key": key,
            }
        )
        record = self.checked(TILL)
        self.assertEqual((record.known_count, record.good_count), (1, 3))

    def test_identical_sales_of_nobody_all_count(self):
        rows = [HEADER, *[["2024-03-05", "", "3", ""]] * 3]
        self.checked(rows).action_import()
        self.assertEqual(self.sums(), {"Walk-in customers": 9})
        self.assertEqual(self.checked(rows).known_count, 3)

    def test_change_drops_the_last_check(self):
        record = self.checked(TILL)
        record.walk_in_id = self.other
        self.assertEqual((record.state, record.good_count), ("draft", 0))
        record.action_check()
        record.action_import()
        self.assertEqual(self.sums(), {"Ann Import": 100, "Market stall": 25})
        with self.assertRaises(UserError):
            record.walk_in_id = self.walk_in

    def test_deleted_contact_is_not_made_anew(self):
        record = self.checked(TILL, create_missing=True)
        self.walk_in.unlink()
        with self.assertRaisesRegex(UserError, "no longer there"):
            record.action_import()
        self.assertFalse(self.bought())

    def test_total_is_no_purchase_of_a_walk_in_customer(self):
        record = self.checked(
            [
                *TILL,
                ["2024-03-06", "Total", "125", ""],
                ["2024-03-06", "", "125", "Grand total"],
            ]
        )
        self.assertEqual((record.skipped_count, record.amount_total), (1, 125))
        self.assertEqual(
            self.reasons(record),
            [(7, "“Grand total” may be a total: name the customer if it is none")],
        )

    def test_line_that_names_somebody_otherwise_stays_an_error(self):
        header = [*HEADER, "Customer Name"]
        row = ["2024-03-05", "", "10", "S2", "Ann Import"]
        record = self.checked([header, row], match_by="ref")
        self.assertEqual(self.reasons(record), [(2, "The customer is missing")])

    def test_line_of_a_document_that_names_a_customer_stays_an_error(self):
        rows = [*TILL, ["2024-03-05", "", "7", "S1"], ["2024-03-09", "", "7", "S1"]]
        record = self.checked(rows)
        self.assertEqual(
            self.reasons(record),
            [
                (
                    6,
                    "The customer is missing, but another line of “S1” names one",
                )
            ],
        )

    def test_file_that_names_no_customer_is_of_one_contact(self):
        rows = [["Date", "Amount"], ["2024-03-05", "10"], ["2024-03-06", "2.5"]]
        with self.assertRaisesRegex(UserError, "Lines without a Customer Belong to"):
            self.make(rows).action_check()
        record = self.checked(rows)
        record.action_import()
        self.assertEqual(self.sums(), {"Walk-in customers": 12.5})

    def test_contact_of_another_company_is_refused(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.walk_in.company_id = elsewhere
        with self.assertRaises(UserError):
            self.make(TILL, walk_in_id=self.walk_in.id)

    def test_user_reads_and_officer_chooses(self):
        record = self.make(TILL)
        for group, allowed in (("group_user", False), ("group_officer", True)):
            user = new_test_user(
                self.env,
                f"walk_in_{group}",
                f"base.group_partner_manager,crm_value.{group}",
                company_id=self.company.id,
                company_ids=self.company.ids,
            )
            own = record.with_user(user)
            if allowed:
                own.walk_in_id = self.walk_in
                own.action_check()
                self.assertEqual(own.good_count, 4)
            else:
                with self.assertRaises(AccessError):
                    own.walk_in_id = self.walk_in

    def test_queries_do_not_grow_with_the_lines(self):
        def count(many):
            rows = [
                HEADER,
                *(["2024-03-05", "", "3", f"D{many}-{n}"] for n in range(many)),
            ]
            record = self.make(rows, walk_in_id=self.walk_in.id)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            record.action_check()
            record.action_import()
            return self.env.cr.sql_log_count - before

        count(2)
        self.assertLessEqual(abs(count(300) - count(3)), 4)
