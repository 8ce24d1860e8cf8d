from datetime import datetime
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import new_test_user

from ..benefit.benefit_common import BenefitCommon

MONDAY_NOON = datetime(2026, 6, 15, 12)
SAID = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}


class DeskCommon(BenefitCommon):
    """A desk open nine to five UTC; everybody is answered in 8 hours, Silver in 4.

    Today is Monday, 2026-06-15, at noon.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id = cls._calendar("UTC")
        cls.company.write({"value_response_hours": 8, "value_resolution_hours": 40})
        cls.silver.write(
            {"ticket_priority": "2", "response_hours": 4, "resolution_hours": 0}
        )
        cls.complaint = cls.env["helpdesk.ticket.category"].create(
            {"name": "Complaint", "company_id": cls.company.id}
        )
        cls.staff = new_test_user(
            cls.env,
            "staff",
            "helpdesk_mgmt.group_helpdesk_manager,crm_value.group_user",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )
        cls.other = cls._customer("Other")
        cls.new, cls.doing, cls.awaiting = (
            cls.env.ref(f"helpdesk_mgmt.helpdesk_ticket_stage_{name}")
            for name in ("new", "in_progress", "awaiting")
        )

    @classmethod
    def _calendar(cls, zone, **values):
        """Return working hours from nine to five on five days."""
        days = [
            Command.create(
                {
                    "name": f"Day {day}",
                    "dayofweek": str(day),
                    "hour_from": 9,
                    "hour_to": 17,
                    "day_period": "morning",
                }
            )
            for day in range(5)
        ]
        return cls.env["resource.calendar"].create(
            {
                "name": f"Nine to five, {zone}",
                "tz": zone,
                "company_id": cls.company.id,
                "attendance_ids": days,
                **values,
            }
        )

    @classmethod
    def _open(cls, partner, opened=MONDAY_NOON, **values):
        """Return a ticket that came at some moment."""
        vals = {
            "name": "Help",
            "description": "Please",
            "partner_id": partner.id,
            "company_id": cls.company.id,
            "stage_id": cls.new.id,
        }
        with patch.object(cls.env.cr, "now", lambda: opened):
            return cls.env["helpdesk.ticket"].create({**vals, **values})

    def _logged(self, ticket):
        return " ".join(ticket.message_ids.mapped("body"))
