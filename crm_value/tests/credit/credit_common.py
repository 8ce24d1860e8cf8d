"""Customers that pay as one likes, and people who may see it or not."""

from odoo.fields import Command
from odoo.tests import new_test_user

from ..common import ValueCommon, ago

ACCOUNTANT = "account.group_account_invoice,base.group_partner_manager"


class CreditCommon(ValueCommon):
    """Three customers: pays in time, pays two months late, has nothing due yet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sure = cls._payer("Sure", late=0)
        cls.slow = cls._payer("Slow", late=55)
        cls.fresh = cls._customer("Fresh")
        cls._invoice(cls.fresh, 100, ago(5), due=ago(-20))
        cls.user = cls._person("user", "crm_value.group_user")
        cls.officer = cls._person("officer", "crm_value.group_officer")
        cls.accountant = cls._person(
            "accountant", f"crm_value.group_officer,{ACCOUNTANT}"
        )

    @classmethod
    def _payer(cls, name, late, count=8, amount=100, **values):
        """Return a customer with an invoice each 60 days, paid so many days late."""
        customer = cls._customer(name)
        for at in range(count):
            due = ago(70 + 60 * at)
            invoice = cls._invoice(
                customer, amount, ago(100 + 60 * at), due=due, **values
            )
            if late is not None:
                cls._pay(invoice, ago(70 + 60 * at - late))
        return customer

    @classmethod
    def _person(cls, login, groups, companies=None):
        companies = companies or cls.company
        return new_test_user(
            cls.env,
            f"credit_{login}",
            groups,
            company_id=companies[0].id,
            company_ids=[Command.set(companies.ids)],
            lang="en_US",
        )

    def _seen(self, partner, user, company=None):
        """Return a customer's profile as somebody sees it."""
        self.env.invalidate_all()
        profile = self._profile(partner, company)
        return profile.with_user(user).with_context(lang="en_US")
