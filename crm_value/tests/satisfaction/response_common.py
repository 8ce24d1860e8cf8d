from odoo.tools import SQL

from .measure_common import MeasureCommon


class ResponseCommon(MeasureCommon):
    """Six responses, and the sums of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sums = cls.env["crm.value.response.sum"]
        cls.buyers = [cls._buyer(f"Buyer {at}") for at in range(6)]
        cls.given = [
            cls._say(buyer, days=at, sat1=1 + at % 5, sat2=5, nps1=4 + at, loy1=3)
            for at, buyer in enumerate(cls.buyers)
        ]

    @classmethod
    def _rows_of_sums(cls):
        """Return {participation: its sums}, kept or not."""
        cls.env.flush_all()
        told = SQL("WITH %s SELECT * FROM said", cls.sums._said())
        rows = cls.env.execute_query_dict(told)
        return {row["user_input_id"]: row for row in rows}

    @classmethod
    def _kept(cls):
        found = cls.env.execute_query(
            cls.sums._search([("user_input_id.survey_id", "=", cls.asked.id)]).select()
        )
        return len(found)

    def _assert_true(self):
        """Check that what is kept is what adding up anew gives."""
        kept = self._rows_of_sums()
        self.env.cr.execute("DELETE FROM crm_value_response_sum")
        fresh = self._rows_of_sums()
        said = {key for key, row in kept.items() if any(list(row.values())[1:])}
        self.assertEqual(said, fresh.keys())
        for key, row in fresh.items():
            self.assertEqual(kept[key], row)
