import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ...const import to_day


class CrmValueFacts(models.AbstractModel):
    """What a customer's facts say only beside those of all customers."""

    _inherit = "crm.value.facts"

    @api.model
    def _gather(self, scope):
        """Leave growth unknown where the time before is not in the history.

        A company that began, or was imported, within the window before would else seem
        to grow by whatever is missing there.
        """
        facts = super()._gather(scope)
        before = to_day(scope.window_start) - scope.rules.window_days
        begins = self._history_begins(scope, facts["first_purchase_date"])
        if begins is not None and begins > before + 1:
            facts["growth"] = np.full_like(facts["growth"], np.nan)
        return facts

    @api.model
    def _history_begins(self, scope, first):
        """Return the day of the company's first purchase, None without any.

        :param first: first days of those who were read
        """
        known = first[~np.isnan(first)].tolist()
        if scope.partner_ids is not None:  # of the others, the last run knows
            self.env["crm.value.profile"].flush_model(["first_purchase_date"])
            [[day]] = self.env.execute_query(
                SQL(
                    "SELECT MIN(first_purchase_date) FROM crm_value_profile"
                    " WHERE company_id = %s AND partner_id <> ALL(%s)",
                    scope.company.id,
                    list(scope.partner_ids),
                )
            )
            known += [to_day(day)] if day else []
        return min(known, default=None)
