from datetime import timedelta

from odoo.fields import Command
from odoo.tests import new_test_user

from ..desk.desk_common import MONDAY_NOON, DeskCommon

HOUR = timedelta(hours=1)
# Facts in the order of the duties, with what else has to be known.
FACTS = {
    "acknowledge": {"value_acknowledged_at": MONDAY_NOON - 9 * HOUR},
    "assess": {
        "value_severity": "minor",
        "value_assessed_at": MONDAY_NOON - 8 * HOUR,
    },
    "investigate": {"value_investigated_at": MONDAY_NOON - 7 * HOUR},
    "decide": {
        "value_remedy": "replace",
        "value_decided_at": MONDAY_NOON - 6 * HOUR,
    },
    "tell": {"value_told_at": MONDAY_NOON - 5 * HOUR},
    "confirm": {"value_confirmed_at": MONDAY_NOON - 4 * HOUR},
}
CAME = MONDAY_NOON - 10 * HOUR


class ComplaintCommon(DeskCommon):
    """Today is Monday, 2026-06-15, at noon; the complaint came ten hours ago."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint.value_complaint = True
        cls.ours, cls.supplier, cls.theirs = cls.env["crm.value.cause"].create(
            [
                {"name": "Ours", "fault": "ours"},
                {"name": "Supplier", "fault": "supplier"},
                {"name": "Theirs", "fault": "customer"},
            ]
        )
        cls.agent = cls._person("agent", "helpdesk_mgmt.group_helpdesk_user")

    @classmethod
    def _person(cls, login, groups):
        return new_test_user(
            cls.env,
            f"complaint_{login}",
            groups,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    @classmethod
    def _complain(cls, partner=None, opened=CAME, **values):
        """Return a complaint, as the agent sees it."""
        values = {"category_id": cls.complaint.id, **values}
        ticket = cls._open(partner or cls.ann, opened, **values)
        return ticket.with_user(cls.agent)

    @classmethod
    def _fact(cls, duty):
        """Return what has to be written for a duty to be done."""
        found = dict(FACTS[duty])
        if duty == "investigate":
            found["value_cause_id"] = cls.ours.id
        return found

    @classmethod
    def _settle(cls, ticket, but=()):
        """Do all duties, or all but some."""
        for duty in FACTS.keys() - set(but):
            ticket.write(cls._fact(duty))
        return ticket
