from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Domain

SELLER = "sales_team.group_sale_salesman"
SEES_ALL = ("sales_team.group_sale_salesman_all_leads", "crm_value.group_manager")


class ResUsers(models.Model):
    """Tells who may speak for all companies, and whose customers a user sees."""

    _inherit = "res.users"

    def _value_may_share(self):
        """Return whether the user may change what counts for every company."""
        self.ensure_one()
        if self._is_system():
            return True
        theirs = self.sudo().company_ids.ids
        others = self.env["res.company"].sudo()
        return not others.search_count([("id", "not in", theirs)], limit=1)

    # --- rules of records: kept by Odoo, so they name no customer ---

    def _value_own(self, customer="partner_id", company="company_id"):
        """Return the domain of records whose customer the user may see.

        :param customer: field of the customer; None: the records store its salesperson
        :param company: field of the company, whose switch decides
        """
        if not self._value_is_partial():
            return list(Domain.TRUE)
        sights = self._value_sights()
        nobody = Domain("user_id", "=", False)
        theirs = Domain("user_id", "any", self._value_sellers())

        def of(seller):
            return Domain(customer, "any", seller) if customer else seller

        if not sights["own"] and not sights["all"]:  # one question for all of them
            return list(of(theirs | nobody))
        domain = of(theirs)
        if sights["free"]:
            domain |= Domain(company, "in", sights["free"]) & of(nobody)
        return list(domain | self._value_whole_companies(company))

    def _value_whole(self, company="company_id"):
        """Return the domain of sums over customers that the user may see one by one."""
        if not self._value_is_partial():
            return list(Domain.TRUE)
        return list(self._value_whole_companies(company))

    def _value_whole_companies(self, company):
        return Domain(company, "in", self._value_sights()["all"])

    def _value_is_partial(self):
        """Return whether some companies show the user a part of their customers."""
        self.ensure_one()
        return self.has_group(SELLER) and not any(map(self.has_group, SEES_ALL))

    def _value_sees_whole(self, company):
        """Return whether the user sees all customers of a company."""
        return not self._value_is_partial() or company.sudo().value_sight == "all"

    def _value_check_whole(self, company):
        """Refuse what adds up all customers of a company to who sees some of them."""
        if not self._value_sees_whole(company):
            raise AccessError(
                self.env._(
                    "This adds up all customers of %(company)s, and you see your own.",
                    company=company.name,
                )
            )

    def _value_sights(self):
        """Return the ids of companies by what they show salespersons."""
        sights = {"all": [], "free": [], "own": []}
        for company in self.env["res.company"]._value_all_scored():
            sights[company.value_sight or "own"].append(company.id)
        return sights

    def _value_sellers(self):
        """Return the domain of the user, and of who is in a team the user leads."""
        return Domain("id", "=", self.id) | Domain(
            "crm_team_member_ids",
            "any",
            [("active", "=", True), ("crm_team_id.user_id", "=", self.id)],
        )
