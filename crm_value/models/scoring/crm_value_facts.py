import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ...analytics.purchases.purchases import CENT
from ...const import from_day, to_day


class CrmValueFacts(models.AbstractModel):
    """What a customer's facts say only beside those of all customers."""

    _inherit = "crm.value.facts"

    @api.model
    def _gather(self, scope):
        """Leave growth unknown where the time before is not in the history.

        A company that began, or was imported, within the window before would else seem
        to grow by whatever is missing there. Who bought then and has brought nothing
        since has lost all of it, whatever is missing.
        """
        facts = super()._gather(scope)
        before = to_day(scope.window_start) - scope.rules.window_days
        if not self._history_reaches(scope, facts["first_purchase_date"], before + 1):
            lost_all = np.abs(facts["revenue"]) < CENT
            facts["growth"] = np.where(lost_all, facts["growth"], np.nan)
        return facts

    @api.model
    def _history_reaches(self, scope, first, day):
        """Return whether anybody bought up to a day.

        :param first: first days of those who were read
        """
        if (first <= day).any():
            return True
        if scope.partner_ids is None:
            return False
        # Of the others, the last run knows; one of them is enough.
        self.env["crm.value.profile"].flush_model(["first_purchase_date"])
        [[reaches]] = self.env.execute_query(
            SQL(
                """
                SELECT EXISTS (
                    SELECT FROM crm_value_profile
                     WHERE company_id = %s AND first_purchase_date <= %s
                       AND partner_id <> ALL(%s))
                """,
                scope.company.id,
                from_day(int(day)),
                list(scope.partner_ids),
            )
        )
        return reaches
