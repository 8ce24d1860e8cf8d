from odoo import api, models

from ...const import OFFICER

MONTHS = 13  # a year's months, and the one that is not over
FEW = 50  # customers below which no share of them says much
MANAGER = "crm_value.group_manager"


class CrmValueOverview(models.AbstractModel):
    """What matters, on one screen: the parts that the capabilities contribute.

    The screen asks for its head first and then for all parts at once, so that each is
    there as soon as it is known. docs/method.md, section 12.
    """

    _name = "crm.value.overview"
    _description = "Overview"

    @api.model
    @api.readonly
    def get_overview(self, month=None, company_id=None):
        """Return what the overview is about: company, month, and its parts by name.

        :param month: day that ends a month, default: the latest that is known
        :param company_id: one of the companies the user works in at present
        """
        self = self._of_company(company_id)
        ends = self._ends()
        run = self.env["crm.value.run"]._current(self.env.company)
        customers = self._customers()
        parts = self.env["crm.value.section"]._all() if customers else []
        return {
            **self.env["crm.value.profile"]._chart_company(),
            "companies": [
                {"key": one.id, "label": one.name} for one in self.env.companies
            ],
            "ends": ends[-MONTHS:],
            "month": self._month(ends, month),
            "as_of": run.as_of,
            "customers": customers,
            "few": FEW,
            "officer": self.env.user.has_group(OFFICER),
            "manager": self.env.user.has_group(MANAGER),
            "busy": self._say_busy() if not run else False,
            "parts": [part._name for part in parts],
            "due": [part._name for part in parts if part._is_due],
        }

    @api.model
    @api.readonly
    def get_part(self, name, month=None, company_id=None):
        """Return one part of the overview, None where it has nothing to say."""
        self = self._of_company(company_id)
        about = self._month(self._ends(), month)
        parts = {part._name: part for part in self.env["crm.value.section"]._all()}
        part = parts.get(str(name))
        return part is not None and about and part._told(about) or None

    @api.model
    def _of_company(self, company_id):
        """Return the model in one of the user's companies, default: the current one.

        Who may not read what customers are worth is refused here.
        """
        self.env["crm.value.profile"].check_access("read")
        chosen = self.env.companies.filtered(lambda one: one.id == company_id)
        return self.with_company(chosen) if chosen else self

    @api.model
    def _ends(self):
        return self.env["crm.value.migration"]._ends()[-MONTHS - 1 :]

    @api.model
    def _month(self, ends, day):
        """Return the month that a day ends, and the month end before; None: unknown."""
        at = next((n for n, one in enumerate(ends) if str(one["date"]) == day), -1)
        if not ends:
            return None
        at %= len(ends)
        return {
            "date_from": ends[at - 1]["date"] if at else None,
            "date_to": ends[at]["date"],
            "is_open": ends[at]["is_open"],
            "is_latest": at == len(ends) - 1,
        }

    @api.model
    def _customers(self):
        """Return how many customers there are, counted no further than few."""
        return self.env["crm.value.profile"].search_count(
            [("company_id", "=", self.env.company.id)], limit=FEW
        )

    @api.model
    def _say_busy(self):
        """Say whether the first figures are under way or wait, False: neither."""
        run = self.env["crm.value.run"]._waiting(self.env.company)
        return bool(run) and run._say_under_way()
