from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

MARGIN_GROUP = "crm_value.group_officer"
LIST = "crm_value.crm_value_loyalty_view_list"
ROWS = ("high", "low")
COLUMNS = ("high", "low", "unknown")
CLASSES = {
    ("high", "high"): "loyal",
    ("high", "low"): "spurious",
    ("low", "high"): "latent",
    ("low", "low"): "none",
}


class CrmValueProfile(models.Model):
    """The loyalty matrix: customers by behavioural and attitudinal loyalty."""

    _inherit = "crm.value.profile"

    @api.model
    @api.readonly
    def get_loyalty_matrix(self):
        """Return count, revenue and, for officers, margin of each cell.

        Each cell comes with the domain that finds exactly the customers it counts.
        """
        known = self._loyalty_domain()
        policy = self._loyalty_policy(known)
        sums = self._loyalty_sums(known, policy) if policy else {}
        labels = self._chart_labels("loyalty_class")
        return {
            **self._chart_company(),
            "list_view_id": self.env["ir.model.data"]._xmlid_to_res_id(LIST),
            "shows_margin": self.env.user.has_group(MARGIN_GROUP),
            "total": sum(cell["count"] for cell in sums.values()),
            "answered": sum(
                cell["count"] for key, cell in sums.items() if key[1] != "unknown"
            ),
            "behaviour_cut": policy.loyalty_behaviour_cut,
            "attitude_cut": policy.loyalty_attitude_cut,
            "attitude_months": policy.attitude_months,
            "cells": [
                {
                    "behaviour": behaviour,
                    "attitude": attitude,
                    "code": (code := CLASSES.get((behaviour, attitude), "unknown")),
                    "label": labels[code],
                    "domain": list(known & self._cell(policy, behaviour, attitude)),
                    **sums.get((behaviour, attitude), {"count": 0, "revenue": 0.0}),
                }
                for behaviour in ROWS
                for attitude in COLUMNS
            ],
        }

    @api.model
    def _loyalty_domain(self):
        return Domain("company_id", "=", self.env.company.id) & Domain(
            "loyalty_behaviour", "!=", False
        )

    @api.model
    def _loyalty_policy(self, domain):
        """Return the policy that the newest figures were classed by.

        That is the last run's, which scored everybody; empty without any figure.
        """
        # Users do not read what a run fitted; its policy they may.
        runs = self.env["crm.value.run"].sudo()
        any_known = self.search_count(domain, limit=1)
        run = runs._current(self.env.company) if any_known else runs
        return run.policy_id.sudo(False)

    @api.model
    def _cell(self, policy, behaviour, attitude):
        """Return the domain of one cell."""
        operator = {"high": ">=", "low": "<"}
        found = Domain(
            "loyalty_behaviour", operator[behaviour], policy.loyalty_behaviour_cut
        )
        if attitude == "unknown":
            return found & Domain("loyalty_attitude", "=", False)
        return found & Domain(
            "loyalty_attitude", operator[attitude], policy.loyalty_attitude_cut
        )

    @api.model
    def _loyalty_sums(self, domain, policy):
        """Return count and money by (behaviour, attitude), in one query."""
        names = ["revenue"]
        if self.env.user.has_group(MARGIN_GROUP):
            names.append("margin")
        query = self._search(domain)
        high = SQL(
            "CASE WHEN %s >= %s THEN 'high' ELSE 'low' END",
            self._field_to_sql(self._table, "loyalty_behaviour", query),
            policy.loyalty_behaviour_cut,
        )
        attitude = self._field_to_sql(self._table, "loyalty_attitude", query)
        liking = SQL(
            "CASE WHEN %(score)s IS NULL THEN 'unknown' "
            "WHEN %(score)s >= %(cut)s THEN 'high' ELSE 'low' END",
            score=attitude,
            cut=policy.loyalty_attitude_cut,
        )
        query.groupby = SQL("1, 2")
        money = (
            SQL("SUM(%s)", self._field_to_sql(self._table, name, query))
            for name in names
        )
        rows = self.env.execute_query(
            query.select(high, liking, SQL("COUNT(*)"), *money)
        )
        return {
            (row[0], row[1]): dict(
                zip(("count", *names), (n or 0 for n in row[2:]), strict=True)
            )
            for row in rows
        }
