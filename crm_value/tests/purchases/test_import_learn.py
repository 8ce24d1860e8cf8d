"""What a file identified a customer by is learnt, and taken back by the undoing."""

from unittest.mock import patch

from odoo.tests import tagged

from .test_import import HEADER
from .test_import_identity import IdentityCase

BOTH = [*HEADER, "Email"]


@tagged("post_install", "-at_install")
class TestImportLearn(IdentityCase):
    def test_number_that_led_to_an_email_is_known_the_next_time(self):
        self.ann.ref = False
        first = self.done([BOTH, ["2024-03-05", "N-1", "5", "S1", self.ann.email]])
        self.assertEqual((self.ann.ref, first.learnt_count), ("N-1", 1))
        self.assertEqual(first.action_view_learnt()["res_id"], self.ann.id)
        self.done([HEADER, ["2024-04-05", "N-1", "6", "S2"]])
        self.assertEqual(self.bought().partner_id, self.ann)

    def test_email_is_put_on_a_contact_found_by_its_number(self):
        self.done([BOTH, ["2024-03-05", "IMP-2", "5", "S1", "Bob <BOB@x.example>"]])
        self.assertEqual(self.bob.email, "bob@x.example")
        self.assertEqual(self.bob.email_normalized, "bob@x.example")
        self.done([["Date", "Email", "Amount"], ["2024-04-05", "bob@x.example", "6"]])
        self.assertEqual(self.bought().partner_id, self.bob)

    def test_undo_takes_back_what_nobody_changed_since(self):
        self.ann.ref = False
        record = self.done(
            [
                BOTH,
                ["2024-03-05", "N-1", "5", "S1", self.ann.email],
                ["2024-03-05", "IMP-2", "5", "S2", "bob@x.example"],
            ]
        )
        self.bob.email = "bob@other.example"
        record.action_undo()
        self.assertEqual((self.ann.ref, self.bob.email), (False, "bob@other.example"))
        self.assertIn("was taken back: 1.", record.message)

    def test_nothing_is_overwritten_nor_given_to_two(self):
        carl = self.env["res.partner"].create({"name": "Carl", "ref": "IMP-3"})
        record = self.done(
            [
                BOTH,
                ["2024-03-05", "IMP-1", "5", "S1", "new@x.example"],  # has another
                ["2024-03-05", "IMP-2", "5", "S2", "family@x.example"],
                ["2024-03-05", "IMP-3", "5", "S3", "family@x.example"],
            ]
        )
        self.assertEqual(self.ann.email, "ann@import.example")
        self.assertFalse(self.bob.email or carl.email)
        self.assertEqual(record.learnt_count, 0)
        self.done([BOTH, ["2024-03-06", "IMP-2", "5", "S4", self.ann.email]])
        self.assertFalse(self.bob.email)  # it is Ann's

    def test_number_is_learnt_from_a_match_by_name(self):
        self.ann.ref = False
        header = ["Date", "Customer Reference", "Customer Name", "Amount"]
        row = ["2024-03-05", "N-7", "ann import", "5"]
        self.done([header, row], match_by="name")
        self.assertEqual(self.ann.ref, "N-7")

    def test_first_of_two_numbers_of_one_customer_is_learnt(self):
        self.ann.ref = False
        record = self.make(
            [
                BOTH,
                ["2024-03-05", "N-1", "5", "S1", self.ann.email],
                ["2024-03-05", "N-2", "5", "S2", self.ann.email],
            ]
        )
        record.action_check()
        record.action_same_customer()
        record.action_import()
        self.assertEqual(self.ann.ref, "N-1")

    def test_who_may_not_change_contacts_learns_nothing(self):
        row = ["2024-03-05", "IMP-2", "5", "S1", "b@x.example"]
        record = self.make([BOTH, row])
        record.action_check()
        with patch.object(type(self.bob), "has_access", return_value=False):
            record._learn_customers()
        self.assertFalse(self.bob.email)
        record._learn_customers()
        self.assertEqual(self.bob.email, "b@x.example")
