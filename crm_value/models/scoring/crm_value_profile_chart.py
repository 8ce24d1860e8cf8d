import numpy as np

from odoo import api, models
from odoo.fields import Domain

from ...analytics.scoring import pareto
from .const import PARETO_CLASSES, QUADRANTS

MAX_POINTS = 2000


class CrmValueProfile(models.Model):
    """Data of the charts for the current company, in a few queries."""

    _inherit = "crm.value.profile"

    @api.model
    @api.readonly
    def get_pareto_curve(self):
        """Return the share of customers against the share of revenue since ever.

        The classes are those of the last run, so that a click on one opens exactly
        the customers it counts.
        """
        rows = self._chart_rows(
            Domain("purchase_count", ">", 0), ["revenue_total", "pareto_class"]
        )
        revenue = np.array([row[0] or 0.0 for row in rows])
        total = revenue.clip(min=0).sum()
        shares, cumulated = pareto.curve(revenue)
        policy = self.env["crm.value.policy"]._published(self.env.company)
        return {
            **self._chart_company(),
            "customers": len(rows),
            "revenue": float(total),
            "share": policy.pareto_share,
            "points": np.column_stack((shares, cumulated)).tolist(),
            "classes": self._chart_classes([row[1] for row in rows], revenue, total),
        }

    @api.model
    def _chart_classes(self, codes, revenue, total):
        """Return count and revenue of each Pareto class, with their shares."""
        codes = np.array(codes, dtype=object)
        labels = self._chart_labels("pareto_class")
        classes = []
        for code, _label in PARETO_CLASSES:
            inside = codes == code
            money = float(revenue[inside].sum())
            classes.append(
                {
                    "code": code,
                    "label": labels[code],
                    "count": int(inside.sum()),
                    "customer_share": float(inside.mean()) if codes.size else 0.0,
                    "revenue": money,
                    "revenue_share": money / float(total) if total else 0.0,
                }
            )
        return classes

    @api.model
    @api.readonly
    def get_value_matrix(self):
        """Return current against potential value of the largest customers.

        Quadrants are counted over all customers, the points stop at MAX_POINTS.
        """
        domain = Domain("company_id", "=", self.env.company.id) & Domain(
            "quadrant", "!=", False
        )
        groups = {
            code: (count, revenue)
            for code, count, revenue in self._read_group(
                domain, ["quadrant"], ["__count", "revenue:sum"]
            )
        }
        labels = self._chart_labels("quadrant")
        # Users do not read what a run fitted; the chart shows them the limits.
        runs = self.env["crm.value.run"].sudo()
        run = runs._current(self.env.company) if groups else runs
        return {
            **self._chart_company(),
            "cuts": (run.cuts or {}).get("quadrant", [None, None]),
            "as_of": run.as_of,
            "total": sum(count for count, _revenue in groups.values()),
            "points": self._chart_points(domain),
            "quadrants": [
                {
                    "code": code,
                    "label": labels[code],
                    "count": groups.get(code, (0,))[0],
                    "revenue": groups[code][1] if code in groups else 0.0,
                }
                for code, _label in reversed(QUADRANTS)
            ],
        }

    @api.model
    def _chart_points(self, domain):
        """Return one dict per customer, the largest by revenue in the window.

        Which they are an index tells, and only they are read.
        """
        order = "revenue DESC, id"
        largest = self._search(domain, order=order, limit=MAX_POINTS)
        query = self._search(
            Domain("id", "in", largest)
            & Domain("current_value_score", "!=", False)
            & Domain("potential_value_score", "!=", False),
            order=order,
        )
        partner = query.left_join(
            self._table, "partner_id", "res_partner", "id", "partner_id"
        )
        names = ["id", "current_value_score", "potential_value_score"]
        names += ["quadrant", "revenue"]
        rows = self.env.execute_query(
            query.select(
                *(self._field_to_sql(self._table, name, query) for name in names),
                self.env["res.partner"]._field_to_sql(partner, "complete_name", query),
            )
        )
        keys = ("id", "x", "y", "quadrant", "revenue", "name")
        return [dict(zip(keys, row, strict=True)) for row in rows]

    @api.readonly
    def get_history(self):
        """Return the scores at each month end, and today's as the last point."""
        self.ensure_one()
        names = ["value_score", "current_value_score", "potential_value_score"]
        past = self.env["crm.value.snapshot"].search_fetch(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("month_end", "=", True),
            ],
            ["date", *names],
            order="date, id",
        )
        points = [
            {"date": record.date, **{name: record[name] for name in names}}
            for record in past
        ]
        if self.as_of:
            today = {"date": self.as_of, **{name: self[name] for name in names}}
            points.append(today)
        return {
            "labels": {
                name: self._fields[name]._description_string(self.env) for name in names
            },
            "points": points,
        }

    @api.model
    def _chart_rows(self, domain, names):
        """Return columns of the profiles the user may see in the current company."""
        query = self._search(Domain("company_id", "=", self.env.company.id) & domain)
        return self.env.execute_query(
            query.select(
                *(self._field_to_sql(self._table, name, query) for name in names)
            )
        )

    @api.model
    def _chart_company(self):
        company = self.env.company
        return {
            "company_id": company.id,
            "company": company.name,
            "currency_id": company.currency_id.id,
        }

    @api.model
    def _chart_labels(self, name):
        return dict(self._fields[name]._description_selection(self.env))
