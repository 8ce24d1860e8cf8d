"""A segment of customers who bought before, so that a campaign can be measured."""

from datetime import timedelta

from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user

from ..common import TODAY, ValueCommon, ago

CUSTOMERS = 160


class CampaignCommon(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.customers = cls.env["res.partner"].create(
            [
                {
                    "name": f"Customer {at}",
                    "is_company": True,
                    "email": f"customer{at}@example.com",
                }
                for at in range(CUSTOMERS)
            ]
        )
        cls._bought(cls.customers, ago(40), lambda at: 50 + at)
        cls._score()
        cls.segment = cls.env["crm.value.segment"].create(
            {"name": "All", "domain": "[('purchase_count', '>', 0)]"}
        )
        cls.template = cls.env["mail.template"].create(
            {
                "name": "Spring",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "subject": "Spring",
                "email_to": "{{ object.email }}",
            }
        )
        cls.officer = cls._user("campaign_officer", "crm_value.group_officer")
        cls.manager = cls._user("campaign_manager", "crm_value.group_manager")

    @classmethod
    def _user(cls, login, groups, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env,
            login,
            groups,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
            lang="en_US",
        )

    @classmethod
    def _bought(cls, customers, day, margin):
        """Let customers have bought on a day; ``margin`` is a function of a number."""
        cls.env["crm.value.transaction"].create(
            [
                {
                    "partner_id": customer.id,
                    "company_id": cls.company.id,
                    "date": day,
                    "amount": 2 * margin(at),
                    "margin": margin(at),
                    "currency_id": cls.company.currency_id.id,
                    "source_key": f"{day} {customer.id}",
                }
                for at, customer in enumerate(customers)
            ]
        )

    def _campaign(self, **values):
        return self.env["crm.value.campaign"].create(
            {
                "name": "Spring Letter",
                "segment_id": self.segment.id,
                "mail_template_id": self.template.id,
                "cost_fixed": 100,
                "days": 60,
                "share": 0.25,
                **values,
            }
        )

    def _launched(self, **values):
        campaign = self._campaign(**values)
        campaign.action_launch()
        return campaign

    def _group(self, campaign, arm):
        return campaign.member_ids.filtered(lambda member: member.arm == arm).partner_id

    def _end(self, campaign):
        """Do the nightly job after the last day of a campaign."""
        self.env.flush_all()
        with freeze_time(campaign.date_end + timedelta(days=2)), self._no_commit():
            self.env["crm.value.campaign"]._cron_measure()
        self.env.invalidate_all()

    def _effect(self, campaign, more, day=TODAY):
        """Let everybody buy in the window, and who gets the campaign ``more``."""
        treated = set(self._group(campaign, "treated").ids)
        customers = self.customers
        self._bought(
            customers,
            day,
            lambda at: 50 + at + (at % 7) + more * (customers[at].id in treated),
        )
