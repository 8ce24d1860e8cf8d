from math import isnan

import numpy as np

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...analytics.suggestion import gain
from ...const import OFFICER
from ...models.suggestion.const import KINDS, WINDOW_DAYS


class CrmValueOfferReport(models.AbstractModel):
    """What suggesting adds: what was bought of what was shown, and of what was not.

    Only suggestions whose 90 days are over are compared. Both groups were drawn at
    random from what would have been shown, so that their difference is the effect of
    showing; clicks are counted, but prove nothing. For officers, as it says margins.
    """

    _name = "crm.value.offer.report"
    _description = "What Suggesting Adds"

    @api.model
    @api.readonly
    def get_report(self):
        """Return the comparison for the current company as plain data."""
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Only officers can see costs and margins."))
        company = self.env.company
        self.env.user._value_check_whole(company)
        self.env["crm.value.offer"].flush_model()
        offers = self.env.execute_query_dict(SQL(OFFERS, company=company.id))
        kinds = self.env["crm.value.offer"]._fields["kind"]
        names = dict(kinds._description_selection(self.env))
        rows = [
            self._row(names[kind], kind, [one for one in offers if one["kind"] == kind])
            for kind, _label in KINDS
        ]
        return {
            "company": company.name,
            "company_id": company.id,
            "currency_id": company.currency_id.id,
            "days": WINDOW_DAYS,
            "fewest": gain.FEWEST,
            "all": self._row(self.env._("All suggestions"), False, offers),
            "rows": [row for row in rows if row["offers"]],
        }

    @api.model
    def _row(self, name, kind, offers):
        """Return what became of some suggestions, and the difference of both groups."""
        settled = [one for one in offers if one["is_settled"]]
        held = np.array([one["is_held_out"] for one in settled], bool)
        bought, margin = (
            np.array([float(one[column] or 0.0) for one in settled])
            for column in ("is_bought", "margin")
        )
        added = gain.gain(margin, held)
        share = gain.gain(bought, held)
        shown = [one for one in offers if not one["is_held_out"]]
        return {
            "kind": kind,
            "name": name,
            "offers": len(offers),
            **self._outcomes(shown),
            "shown": added.shown,
            "held": added.held,
            "bought_shown": _known(share.mean_shown),
            "bought_held": _known(share.mean_held),
            "margin_shown": _known(added.mean_shown),
            "margin_held": _known(added.mean_held),
            "difference": None if isnan(added.low) else added.difference,
            "low": _known(added.low),
            "high": _known(added.high),
            "total": None if isnan(added.low) else added.difference * added.shown,
            "verdict": _verdict(added),
        }

    @api.model
    def _outcomes(self, shown):
        """Return how many were shown so far, added, kept, dismissed."""
        return {
            "so_far": len(shown),
            "kept": sum(one["is_kept"] for one in shown),
            **{
                outcome: sum(one["outcome"] == outcome for one in shown)
                for outcome in ("added", "dismissed")
            },
        }


def _known(number):
    return None if isnan(number) else number


def _verdict(added):
    """Return what may be said: too few to say, more, less, or no difference."""
    if isnan(added.low):
        return "few"
    if added.low > 0:
        return "more"
    return "less" if added.high < 0 else "none"


OFFERS = """
    SELECT kind, outcome, is_held_out IS TRUE AS is_held_out,
           is_settled IS TRUE AS is_settled, is_kept IS TRUE AS is_kept,
           is_bought IS TRUE AS is_bought, margin::float8 AS margin
      FROM crm_value_offer WHERE company_id = %(company)s
"""
