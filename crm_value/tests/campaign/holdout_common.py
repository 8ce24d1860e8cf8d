"""Customers who enter a stage whose playbook holds some of them out."""

from datetime import timedelta

from odoo.tests import freeze_time

from ..common import TODAY
from ..playbook.playbook_common import PlaybookCommon

CUSTOMERS = 200


class HoldoutCommon(PlaybookCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.config.settings"].create(
            {"group_value_strategy": True}
        ).set_values()
        cls.customers = cls._buyers(CUSTOMERS)
        cls.declining.hold_share = 0.25
        cls.holdouts = cls.env["crm.value.holdout"]
        cls.members = cls.env["crm.value.holdout.member"]

    def _enter(self, customers=None, day=TODAY):
        """Let customers enter the stage of the playbook; return its control group."""
        self._move(customers or self.customers, "decline", day=day)
        return self.holdouts._search_playbook(self.company, self.declining)

    def _arm(self, holdout, arm):
        return holdout.member_ids.filtered(lambda one: one.arm == arm).partner_id

    def _buy(self, customers, day, margin):
        """Let customers buy on a day; ``margin`` is a function of a number."""
        self.env["crm.value.transaction"].create(
            [
                {
                    "partner_id": customer.id,
                    "company_id": self.company.id,
                    "date": day,
                    "amount": 2 * margin(at),
                    "margin": margin(at),
                    "currency_id": self.company.currency_id.id,
                    "source_key": f"{day} {customer.id}",
                }
                for at, customer in enumerate(customers)
            ]
        )

    def _effect(self, holdout, more, day=TODAY):
        """Let everybody buy after a day, and who gets it ``more``."""
        treated = set(self._arm(holdout, "treated").ids)
        self._buy(
            self.customers,
            day + timedelta(days=20),
            lambda at: 50 + at % 7 + more * (self.customers[at].id in treated),
        )

    def _night(self, day):
        """Do the job of the night after a day."""
        self.env.flush_all()
        with freeze_time(day + timedelta(days=1)), self._no_commit():
            self.holdouts._cron_holdout()
        self.env.invalidate_all()
