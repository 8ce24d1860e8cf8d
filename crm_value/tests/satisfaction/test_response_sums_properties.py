"""Sums that are kept say what the answers say, whatever happened to these.

Needs ``hypothesis``, so Odoo's own loader does not import this file; pytest does.
"""

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import tagged
from odoo.tools import mute_logger

from .response_common import ResponseCommon


@tagged("post_install", "-at_install")
class TestResponseSumsProperties(ResponseCommon):
    """Kept, changed, taken away, answered again."""

    @settings(max_examples=15, deadline=None)
    @given(st.data())
    def test_whatever_changes_the_sums_are_those_of_the_answers(self, data):
        """Keep, change, take away and answer again, in any order."""
        with self.env.cr.savepoint(), mute_logger("odoo.models.unlink"):
            for step in data.draw(st.lists(st.sampled_from("kcdanw"), max_size=6)):
                at = data.draw(st.integers(0, len(self.given) - 1))
                self._change(step, self.given[at].exists())
            self._assert_true()

    def _change(self, step, said):
        lines = said.user_input_line_ids
        if step == "k":
            self.sums._keep()
        elif step == "c" and lines:
            lines[0].value_scale = 2
        elif step == "d" and lines:
            lines[-1].unlink()
        elif step == "a":
            self._say(self.buyers[0], sat1=2, nps1=3)
        elif step == "n":
            said.unlink()
        elif step == "w":
            said.value_company_id = False
