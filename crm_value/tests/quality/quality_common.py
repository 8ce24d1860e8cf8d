"""What the tests of data quality share: users of each right, short ways to findings."""

from odoo.fields import Command
from odoo.tests import new_test_user

from ..common import ValueCommon

SELLER = "sales_team.group_sale_salesman"


class QualityCommon(ValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "UTC"
        cls.home = cls.env.ref("base.us")
        cls.owner = cls._user("quality_owner", f"{SELLER}_all_leads")
        cls.officer = cls._user("quality_officer", "crm_value.group_officer")
        cls.plain = cls._user("quality_plain", "crm_value.group_user")
        cls.clean = cls._clean("Clean")

    @classmethod
    def _user(cls, login, groups):
        return new_test_user(
            cls.env,
            login,
            f"base.group_user,{groups}",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            context=cls.env.context,
        )

    @classmethod
    def _clean(cls, name, /, **values):
        """Return a customer of whom nothing is missing, unless values say so."""
        complete = {
            "email": f"{name.replace(' ', '.').lower()}@example.com",
            "country_id": cls.home.id,
            "user_id": cls.owner.id,
        }
        return cls._customer(**{"name": name, **complete, **values})

    @classmethod
    def _bare(cls, amount, **values):
        """Return an invoice line of a new product that has no cost."""
        product = cls.env["product.product"].create(
            {"name": "No Cost", "type": "consu", "taxes_id": False}
        )
        return cls._line(amount, product_id=product.id, **values)

    @classmethod
    def _score(cls, company=None, as_of=None):
        """Run a full scoring, and measure what is missing, as the queue does."""
        run = super()._score(company, as_of)
        cls.env["crm.value.quality"]._check(run.company_id, run)
        return run

    def _finding(self, kind, user=None):
        findings = self.env["crm.value.quality"].with_user(user or self.env.user)
        return findings.search(
            [("kind", "=", kind), ("company_id", "=", self.company.id)]
        )

    def _found(self):
        """Return {kind: (records, money)} of what the last check found."""
        self.env.invalidate_all()
        findings = self.env["crm.value.quality"].search(
            [("company_id", "=", self.company.id), ("record_count", ">", 0)]
        )
        return {row.kind: (row.record_count, row.money) for row in findings}

    def _opened(self, kind, user=None):
        """Return the records that the button of a finding opens."""
        action = self._finding(kind, user).action_mend()
        records = self.env[action["res_model"]].with_user(user or self.env.user)
        return records.search(action["domain"])
