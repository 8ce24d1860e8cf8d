import hashlib
from dataclasses import dataclass
from dataclasses import fields as columns_of

import numpy as np

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL, date_utils

from ...analytics.equity import retention, valuation
from ...analytics.scenario.outcome import YEAR, Base
from ..scoring.const import QUADRANTS
from .const import HORIZON, YEAR_DAYS

KINDS = 10**6  # ids of segments are below
READ = {
    "rfm_segment": SQL("COALESCE(rfm_segment, 0)"),
    "kept": SQL("(relation IS DISTINCT FROM 'lost')::int"),
    "margin": SQL("COALESCE(margin, 0)"),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What scenarios of a company rest on: one run, as its figures are stored.

    :param run: the last finished crm.value.run
    :param base: outcome.Base
    :param quadrant: position of each cell in QUADRANTS, their number: none
    :param segment: id of the RFM segment of each cell, 0: none
    :param sale: margin of one purchase, NaN: not known
    """

    run: models.Model
    base: Base
    quadrant: np.ndarray
    segment: np.ndarray
    sale: float

    @property
    def digest(self):
        """A short mark of all figures that it is made of."""
        told = hashlib.sha256()
        for column in columns_of(Base):
            found = getattr(self.base, column.name)
            told.update(np.round(np.array(found, dtype=float), 6).tobytes())
        return told.hexdigest()[:16]


class CrmValueScenario(models.Model):
    """Reads what a scenario rests on, once and for all customers together."""

    _inherit = "crm.value.scenario"

    def _ground(self):
        """Return the Ground of the scenario's company."""
        self.ensure_one()
        company = self.company_id
        run = self.env["crm.value.run"]._current(company)
        book = self.env["crm.value.valuation"].with_company(company)
        self.env["crm.value.profile"].flush_model()
        customers = book._customers(company, READ) if run.fit_id else None
        if customers is None or not customers["quadrant"].size:
            raise UserError(
                self.env._(
                    "No customer of %(company)s has been valued yet. Post invoices or "
                    "import purchases, then start a run.",
                    company=company.name,
                )
            )
        key = customers["quadrant"] * KINDS + customers["rfm_segment"].astype(int)
        cells, cell = np.unique(key, return_inverse=True)
        quadrant, segment = np.divmod(cells, KINDS)
        return Ground(
            run=run,
            base=self._base(run, customers, cell, quadrant),
            quadrant=quadrant,
            segment=segment,
            sale=float(
                np.nansum(customers["margin_total"]) / customers["purchase_count"].sum()
            ),
        )

    def _base(self, run, customers, cell, quadrant):
        """Return the outcome.Base of cells of customers."""
        rules, width = run.policy_id._as_rules(), quadrant.size
        # The parameters are a manager's; what follows from them is an officer's.
        forecast = run.fit_id.sudo()._as_forecast()
        months = self._looked_at(rules)
        revenue = valuation.monthly_revenue(forecast, customers, cell, months, rules)
        present = valuation.present_value(
            revenue, rules.discount_rate, rules.horizon_months
        )
        stored = np.bincount(cell, np.nan_to_num(customers["clv"]), width)
        rate = np.divide(stored, present, np.zeros(width), where=present > 0)
        yearly = customers["kept"] * customers["margin"]
        yearly *= YEAR_DAYS / rules.window_days
        kept, of, days = self._stayed(quadrant)
        typical, cuts = self.env["crm.value.valuation"]._total_error(run.fit_id)
        return Base(
            customers=np.bincount(cell, customers["kept"], width),
            margin=np.bincount(cell, yearly, width),
            revenue=revenue,
            margin_rate=rate,
            kept=kept,
            of=of,
            days=days,
            rate=rules.discount_rate,
            horizon=rules.horizon_months,
            discounted=self._discounted(run),
            typical=typical,
            cuts=cuts,
        )

    def _looked_at(self, rules):
        """Return how many months are asked for: a year, or the longest horizon."""
        asked = self.line_ids.filtered(lambda line: line.parameter == HORIZON)
        return max(YEAR, rules.horizon_months, *map(int, asked.mapped("amount")))

    def _stayed(self, quadrant):
        """Return who stayed of the last year, by cell: (kept, of how many, days).

        Where a quadrant had too few, all customers stand for it.
        """
        reports = self.env["crm.value.migration"].with_company(self.company_id)
        pair = reports._year_pair()
        nothing = np.zeros(quadrant.size)
        if not pair:
            return nothing, nothing, YEAR_DAYS
        groups = reports._group_figures(pair, "quadrant")
        found = {
            group["key"]: (group.get("kept") or 0, group.get("kept_from") or 0)
            for group in groups
        }
        everybody = tuple(np.sum(list(found.values()), axis=0)) if found else (0, 0)
        codes = [*(code for code, _label in QUADRANTS), False]
        told = [found.get(codes[at], (0, 0)) for at in quadrant.tolist()]
        rows = [one if one[1] >= retention.FEW else everybody for one in told]
        kept, of = np.array(rows, dtype=float).T
        return kept, of, pair["days"]

    @api.model
    def _discounted(self, run):
        """Return the share of the list price waived in the last twelve months."""
        month = date_utils.start_of(run.as_of, "month")
        [(revenue, waived)] = self.env["crm.value.month.fact"]._read_group(
            [
                ("company_id", "=", run.company_id.id),
                ("month", ">=", date_utils.subtract(month, months=12)),
                ("month", "<", month),
            ],
            [],
            ["revenue:sum", "discount:sum"],
        )
        listed = (revenue or 0.0) + (waived or 0.0)
        return waived / listed if listed > 0 else float("nan")
