import numpy as np

from odoo import api, models
from odoo.fields import Domain

from ...analytics.equity import retention

GROUPINGS = ("stage_id", "quadrant", "rfm_segment")
POINTS = np.arange(-10, 11) / 100
ONE_POINT = (0.01,)
LEAST_DAYS = 85  # a shorter time says nothing about a year
ABOUT_DAYS = 5  # so far off, it is no year any more
BEFORE = ("kept_from", "kept", "margin_at_stake", "margin_kept")
NOW = ("kept_to", "margin_present")


class CrmValueMigration(models.Model):
    """Retention economics from the company's own last year, for officers."""

    _inherit = "crm.value.migration"

    @api.model
    @api.readonly
    def get_economics(self, grouping="stage_id"):
        """Return retention and its worth, of all customers and by group.

        Who stayed is grouped by the earlier end, who is there by the later one.
        """
        grouping = grouping if grouping in GROUPINGS else GROUPINGS[0]
        self.env["crm.value.equity"].check_access("read")  # margins, even if none yet
        pair = self._year_pair()
        return {
            **self.env["crm.value.profile"]._chart_company(),
            "grouping": grouping,
            "groupings": {
                name: self._fields[f"{name}_to"]._description_string(self.env)
                for name in GROUPINGS
            },
            "points": POINTS.tolist(),
            "pair": pair,
            **(self._economics(pair, grouping) if pair else {}),
        }

    @api.model
    def _year_pair(self):
        """Return the last twelve months, or what there is of them."""
        pair = self._choose_pair(self._ends())
        if not pair:
            return None
        days = (pair["date_to"] - pair["date_from"]).days
        if days < LEAST_DAYS:
            return None
        off = abs(days - retention.YEAR_DAYS)
        return {**pair, "days": days, "is_a_year": off < ABOUT_DAYS}

    @api.model
    def _economics(self, pair, grouping):
        policy = self.env["crm.value.policy"]._published(self.env.company)
        groups = self._group_figures(pair, grouping)
        names = {name for group in groups for name in group} - {"key", "label"}
        total = {
            name: sum(group.get(name, 0.0) for group in groups)
            for name in sorted(names | {*BEFORE, *NOW})
        }
        rows = [{"key": "all", "label": self.env._("All customers"), **total}, *groups]
        columns = {
            name: np.array([row.get(name, 0.0) for row in rows], dtype=float)
            for name in (*BEFORE, *NOW)
        }
        figures = self._valued(columns, pair["days"], policy)
        found = [
            {"key": row["key"], "label": row["label"], **self._plain(figures, at)}
            for at, row in enumerate(rows)
        ]
        return {
            "total": found[0],
            "groups": found[1:],
            "discount_rate": policy.discount_rate,
            "window_days": policy.window_days,
            "horizon_months": policy.horizon_months,
            # What all other pages show; the rule of thumb stands beside it.
            "lifetime": self.env["crm.value.equity"]._mean_values()["kept"],
        }

    @api.model
    def _group_figures(self, pair, grouping):
        """Return one dict per group: its key, label, and sums of both ends."""
        domain = self._pair_domain(pair) & Domain("move", "!=", "gone")
        source = self._source_of(pair)
        found = {}
        for end, names in (("from", BEFORE), ("to", NOW)):
            group = f"{grouping}_{end}"
            rows = source._read_group(domain, [group], [f"{n}:sum" for n in names])
            for key, *sums in rows:
                figures = found.setdefault(key, {})
                figures.update(zip(names, (s or 0.0 for s in sums), strict=True))
        return [
            {
                "key": getattr(key, "id", key) or False,
                "label": self._group_label(grouping, key),
                **found[key],
            }
            for key in sorted(found, key=lambda key: self._group_place(grouping, key))
            if found[key].get("kept_from") or found[key].get("kept_to")
        ]

    @api.model
    def _group_label(self, grouping, key):
        if not key:
            return self.env._("Not known")
        if grouping != "quadrant":
            return key.display_name
        field = self._fields["quadrant_to"]
        return dict(field._description_selection(self.env))[key]

    @api.model
    def _group_place(self, grouping, key):
        """Return where a group is listed: the not known last, quadrants best first."""
        if not key:
            return (1, 0, 0)
        if grouping == "quadrant":
            codes = [code for code, _label in self._fields["quadrant_to"].selection]
            return (0, -codes.index(key), 0)
        return (0, key.sequence, key.id)

    @api.model
    def _valued(self, sums, days, policy):
        """Return rates, lives and worths as arrays, one row for each group."""
        rates = self._rates(sums, days)
        with np.errstate(invalid="ignore", divide="ignore"):
            margin = sums["margin_present"] / sums["kept_to"]
        margin *= retention.YEAR_DAYS / policy.window_days
        discount = policy.discount_rate

        def worth(rate, points):
            return retention.worth_of_points(
                sums["kept_to"], margin, rates[rate], discount, points
            )

        return {
            **rates,
            "before": sums["kept_from"],
            "kept": sums["kept"],
            "customers": sums["kept_to"],
            "margin": margin,
            "life": retention.expected_life(rates["rate"]),
            "value": retention.bounded_value(margin, rates["rate"], discount),
            "point": worth("rate", ONE_POINT)[:, 0],
            "point_low": worth("low", ONE_POINT)[:, 0],
            "point_high": worth("high", ONE_POINT)[:, 0],
            "worth": worth("rate", POINTS),
        }

    @api.model
    def _rates(self, sums, days):
        """Return the retention of a year: of customers, its interval, by margin."""
        low, high = retention.wilson(sums["kept"], sums["kept_from"])
        with np.errstate(invalid="ignore", divide="ignore"):
            rate = sums["kept"] / sums["kept_from"]
            weighted = sums["margin_kept"] / sums["margin_at_stake"]
        # Where there was a loss, what was kept of it is no share.
        weighted = np.where(sums["margin_at_stake"] > 0, weighted, np.nan)
        rates = {"rate": rate, "low": low, "high": high}
        rates["margin_rate"] = np.clip(weighted, 0.0, 1.0)
        return {name: retention.yearly(rate, days) for name, rate in rates.items()}

    @api.model
    def _plain(self, figures, at):
        """Return one row of the arrays as plain numbers, None where not known."""
        rows = {name: column[at].tolist() for name, column in figures.items()}
        worth = rows.pop("worth")
        known = {name: None if np.isnan(x) else x for name, x in rows.items()}
        return {
            **known,
            "few": known["before"] < retention.FEW,
            "worth": [None if np.isnan(x) else x for x in worth],
        }
