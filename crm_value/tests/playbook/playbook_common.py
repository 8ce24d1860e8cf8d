"""A company with scored customers whose stages a test can change."""

from odoo.tests import new_test_user

from ..common import TODAY, ValueCommon, ago


class PlaybookCommon(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._only_this_company()
        cls.seller = cls._seller("seller")
        cls.acme = cls._buyer("Acme", email="acme@example.com")
        cls.scored = cls._score()
        cls.declining = cls.env.ref("crm_value.playbook_declining")
        cls.starts = cls.env["crm.value.playbook.start"]
        cls.contacts = cls.env["crm.value.contact"]

    @classmethod
    def _seller(cls, login, company=None, groups="sales_team.group_sale_salesman"):
        company = company or cls.company
        return new_test_user(
            cls.env,
            login,
            groups,
            company_id=company.id,
            company_ids=company.ids,
            context=cls.env.context,
        )

    @classmethod
    def _buyer(cls, name, **values):
        """Return a customer who has bought steadily; not scored yet."""
        values = {"user_id": cls.seller.id, **values}
        buyer = cls._customer(name, **values)
        cls._purchases(buyer, *((100, day) for day in range(10, 800, 30)))
        return buyer

    @classmethod
    def _buyers(cls, count, prefix="Buyer"):
        """Return customers with one purchase each and an address, scored."""
        buyers = cls.env["res.partner"].create(
            [
                {
                    "name": f"{prefix} {at}",
                    "is_company": True,
                    "email": f"{prefix}{at}@example.com",
                    "user_id": cls.seller.id,
                }
                for at in range(count)
            ]
        )
        cls.env["crm.value.transaction"].create(
            [
                {
                    "partner_id": buyer.id,
                    "company_id": cls.company.id,
                    "date": ago(60),  # too lately to be lost
                    "amount": 10,
                    "currency_id": cls.company.currency_id.id,
                    "source_key": f"{prefix} {at}",
                }
                for at, buyer in enumerate(buyers)
            ]
        )
        cls._score()
        return buyers

    @classmethod
    def _move(cls, customers, after, before="stability", day=TODAY):
        """Let customers enter a stage, as a run does; return the transitions."""
        stages = {s.code: s for s in cls.env["crm.value.stage"].search([])}
        profiles = cls.env["crm.value.profile"].search(
            [
                ("partner_id", "in", customers.ids),
                ("company_id", "=", cls.company.id),
            ]
        )
        profiles.write({"stage_id": stages[after].id})
        moved = cls.env["crm.value.transition"]._log(
            cls.scored,
            "stage",
            [
                {
                    "partner_id": customer.id,
                    "date": day,
                    "stage_from_id": stages[before].id,
                    "stage_to_id": stages[after].id,
                    "user_id": False,
                    "evidence": {},
                }
                for customer in customers
            ],
        )
        moved._take_effect()
        return moved

    @classmethod
    def _work(cls):
        """Do the cron's work, without its commits."""
        with cls._no_commit():
            cls.starts._cron_playbook()
            cls.env["crm.value.contact"]._cron_contact()
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _started(self, customer, **values):
        return self.starts.search(
            [
                ("partner_id", "=", customer.id),
                *((name, "=", value) for name, value in values.items()),
            ]
        )

    def _activities(self, customers):
        return self.env["mail.activity"].search(
            [("res_model", "=", "res.partner"), ("res_id", "in", customers.ids)],
            order="date_deadline, id",
        )

    def _mails(self, customers):
        return self.env["mail.mail"].search(
            [("model", "=", "res.partner"), ("res_id", "in", customers.ids)]
        )

    @classmethod
    def _playbook(cls, name="Mine", steps=1, **values):
        """Return a playbook with steps for the salesperson."""
        return cls.env["crm.value.playbook"].create(
            {
                "name": name,
                "company_id": False,
                "template_ids": [
                    (
                        0,
                        0,
                        {
                            "activity_type_id": cls.env.ref(
                                "mail.mail_activity_data_call"
                            ).id,
                            "summary": f"{name} {at}",
                            "responsible_type": "salesperson",
                            "delay_count": at,
                            "delay_from": "after_plan_date",
                        },
                    )
                    for at in range(steps)
                ],
                **values,
            }
        )
