"""What the tests of leads share: industries, customers of long ago, leads."""

from odoo import Command
from odoo.tests import new_test_user

from ..common import ValueCommon, ago

SELLER = "sales_team.group_sale_salesman"


class LeadCommon(ValueCommon):
    """Two trades: six hotels that brought much in a first year, six shops little."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.hotels, cls.shops = cls.env["res.partner.industry"].create(
            [{"name": "Hotels"}, {"name": "Shops"}]
        )
        cls.fair = cls.env["utm.source"].create({"name": "Trade Fair Test"})
        cls.country = cls.env.ref("base.ch")
        cls.seller = cls._user("lead_seller", SELLER)
        cls.everybody_s = cls._user("lead_all", f"{SELLER}_all_leads")
        cls.officer = cls._user(
            "lead_officer", f"{SELLER}_all_leads,crm_value.group_officer"
        )

    @classmethod
    def _user(cls, login, groups):
        return new_test_user(
            cls.env,
            login,
            groups,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            lang="en_US",
        )

    @classmethod
    def _trades(cls, days=500):
        """Create the customers of both trades, who bought first so many days ago."""
        for industry, base in ((cls.hotels, 1000), (cls.shops, 100)):
            for at in range(6):
                customer = cls._customer(
                    f"{industry.name} {at}", industry_id=industry.id
                )
                # The second purchase is after the first year.
                cls._purchases(customer, (base + 10 * at, days), (5000, days - 400))

    @classmethod
    def _lead(cls, name="Lead", days=0, **values):
        """Return a lead that came so many days ago."""
        lead = cls.env["crm.lead"].create(
            {
                "name": name,
                "type": "lead",
                "company_id": cls.company.id,
                "user_id": cls.seller.id,
                "probability": 50,
                **values,
            }
        )
        lead.flush_recordset()
        cls.env.cr.execute(
            "UPDATE crm_lead SET create_date = %s WHERE id = %s",
            (f"{ago(days)} 09:00:00", lead.id),
        )
        lead.invalidate_recordset(["create_date"])
        return lead

    @classmethod
    def _won(cls, customer, days, **values):
        """Return a lead of a customer that came so many days ago and was won."""
        name = f"Won {customer.name}"
        lead = cls._lead(name, days, partner_id=customer.id, **values)
        lead.action_set_won()
        return lead

    @classmethod
    def _value(cls):
        """Run, and value the open leads as the job does."""
        cls._score()
        with cls._no_commit():
            cls.env["crm.lead"]._cron_value_worth()
        cls.env.flush_all()

    @classmethod
    def _worth(cls):
        return cls.env["crm.value.lead.worth"].search(
            [("company_id", "=", cls.company.id)]
        )
