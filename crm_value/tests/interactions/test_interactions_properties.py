"""Pages of interactions: whatever the dates, nothing is lost and nothing twice.

Needs ``hypothesis``, so Odoo's own loader does not import this file; pytest does.
"""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import freeze_time, tagged

from ..statistics.test_analytics_properties import quick
from .interactions_common import NOON, InteractionsCommon

KINDS = ("mail", "noted", "ticket", "activity")
things = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 3)), min_size=1, max_size=14
)


@freeze_time("2026-06-15 12:00:00")
@tagged("post_install", "-at_install")
class TestInteractionsProperties(InteractionsCommon):
    @given(things=things, limit=st.integers(1, 5))
    @quick
    def test_pages_together_are_the_whole(self, things, limit):
        savepoint = self.env.cr.savepoint()
        for kind, days in things:
            self._make(kind, days)
        self.env.flush_all()
        interactions = self.env["crm.value.interaction"]
        whole, _more = interactions._interactions(self.customer, limit=100)
        keys, before, more = [], None, True
        while more:
            lines, more = interactions._interactions(
                self.customer, before=before, limit=limit
            )
            self.assertLessEqual(len(lines), limit)
            keys += [line["key"] for line in lines]
            before = keys[-1]
        self.assertEqual(keys, [line["key"] for line in whole])
        self.assertEqual(len({tuple(key) for key in keys}), len(things))
        self.env.clear()
        savepoint.rollback()
        savepoint.close(rollback=False)

    def _make(self, kind, days):
        """Create something of one of few days: many are of the same moment."""
        moment = NOON.replace(hour=0) - timedelta(days=days)
        if kind == "ticket":
            self._ticket(self.person, create_date=moment)
        elif kind == "activity":
            self.customer.activity_schedule(
                "mail.mail_activity_data_todo", date_deadline=moment.date()
            )
        else:
            channel = kind == "noted" and self.phone.id
            self._message(
                self.customer,
                self.person,
                date=moment,
                message_type="comment" if channel else "email",
                subtype_id=self.env.ref(
                    "mail.mt_note" if channel else "mail.mt_comment"
                ).id,
                value_channel_id=channel,
                value_direction=channel and "in",
            )
