"""What PostgreSQL sends in bulk arrives as it is there."""

import numpy as np

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ... import bulk

ROWS = SQL(
    """
    SELECT * FROM (VALUES
        (-1, 2, DATE '2000-01-03', 0.5, -2147483648, 7),
        (3, -4, DATE '1999-12-31', -1.5, 2147483647, -7),
        (5, 0, DATE '2000-01-01', 'NaN', 0, 0)
    ) AS row (a, b, day, money, c, odd)
    """
)
COLUMNS = {
    "a": "int4",
    "b": "int4",
    "day": "date",
    "money": "float8",
    "c": "int4",
    "odd": "int4",
}


@tagged("post_install", "-at_install")
class TestBulk(TransactionCase):
    def test_integers_that_share_a_field_keep_their_sign(self):
        found = bulk.read(self.env.cr, ROWS, COLUMNS)
        self.assertEqual(list(found), list(COLUMNS))
        self.assertEqual(found["a"].tolist(), [-1, 3, 5])
        self.assertEqual(found["b"].tolist(), [2, -4, 0])
        self.assertEqual(found["day"].tolist(), [2, -1, 0])
        self.assertEqual(found["c"].tolist(), [-(2**31), 2**31 - 1, 0])
        self.assertEqual(found["odd"].tolist(), [7, -7, 0])
        self.assertEqual(found["money"][:2].tolist(), [0.5, -1.5])
        self.assertTrue(np.isnan(found["money"][2]))

    def test_rows_of_two_kinds_come_as_two_tables(self):
        tables = [
            (("a", "day"), lambda rows: rows["b"] > 0),
            (("odd",), lambda rows: rows["b"] <= 0),
        ]
        first, second = bulk.read_apart(self.env.cr, ROWS, COLUMNS, tables)
        self.assertEqual((first["a"].tolist(), first["day"].tolist()), ([-1], [2]))
        self.assertEqual(second["odd"].tolist(), [-7, 0])

    def test_no_rows_are_empty_columns(self):
        nothing = SQL("SELECT * FROM (%s) AS row WHERE a > 9", ROWS)
        self.assertEqual(bulk.read(self.env.cr, nothing, COLUMNS)["c"].size, 0)
