from dataclasses import dataclass
from datetime import date

import numpy as np

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ... import bulk
from ...analytics.equity import valuation
from ...analytics.forecast import total
from ...analytics.forecast.prediction import READ
from ...models.scoring.const import QUADRANTS
from .valuation_book import ValuationBook

MONTHS = 60  # the longest horizon that a policy may have
NO_QUADRANT = len(QUADRANTS)
LISTED = 10_000

KINDS = {
    "partner_id": "text",
    "quadrant": "text",
    "rfm_segment": "text",
    "asset_state": "text",
    "relation": "text",
    "last_purchase_date": "date",
    "purchase_count": "whole",
    "p_alive": "percent",
    "expected_purchases": "number",
    "expected_spend": "money",
    "expected_revenue": "money",
    "clv": "money",
    "clv_low": "money",
    "clv_high": "money",
    "clv_words": "text",
    "clv_confidence": "text",
}

SUMMED = ("purchase_count", "expected_purchases", "expected_revenue", "clv")


@dataclass(frozen=True, slots=True)
class Group:
    """The customers of one quadrant.

    :param name: its label
    :param customers: how many have bought
    :param revenue: expected in each month, shape (months,)
    :param stored: sum of their stored lifetime values
    :param margin_rate: the one rate that turns the revenue into that sum
    """

    name: str
    customers: int
    revenue: np.ndarray
    stored: float
    margin_rate: float


@dataclass(frozen=True, slots=True)
class Valuation:
    """Valuation of the customers of one company, with its assumptions."""

    company: object
    policy: object
    fit: object
    as_of: date
    groups: tuple
    months: int = MONTHS

    @property
    def stored(self):
        """The customer equity that is stored, of all groups."""
        return self.company.currency_id.round(sum(g.stored for g in self.groups))


class CrmValueValuation(models.AbstractModel):
    """Values the customers of the current company from their stored facts.

    Each customer's lifetime value has its own margin rate. By quadrant, one rate for
    all is found that gives the stored sum at the policy's assumptions.
    """

    _name = "crm.value.valuation"
    _description = "Customer Valuation"

    @api.model
    def action_download(self):
        """Download the valuation of the current company as a workbook."""
        self.env["crm.value.equity"].check_access("read")
        url = f"/crm_value/equity/valuation/{self.env.company.id}"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    @api.model
    def _value(self):
        """Return the Valuation as the last run left it."""
        self.env["crm.value.equity"].check_access("read")
        company = self.env.company
        self.env.user._value_check_whole(company)
        run = self.env["crm.value.run"]._current(company)
        customers = self._customers(company)
        if not run.fit_id or not customers["quadrant"].size:
            raise UserError(
                self.env._(
                    "No customer of %(company)s has been valued yet. Post invoices or "
                    "import purchases, then start a run.",
                    company=company.name,
                )
            )
        if np.isnan(customers["clv"]).all():
            raise UserError(
                self.env._(
                    "The customers of %(company)s have been customers too short a time "
                    "to say what they are worth. Come back in some weeks.",
                    company=company.name,
                )
            )
        return Valuation(
            company=company,
            policy=run.policy_id,
            fit=run.fit_id,
            as_of=run.as_of,
            groups=self._groups(run, customers),
        )

    @api.model
    def _groups(self, run, customers):
        """Return the Groups that have customers, the best quadrant first."""
        codes, group = np.unique(customers["quadrant"], return_inverse=True)
        rules = run.policy_id._as_rules()
        # The parameters are a manager's; what follows from them is an officer's.
        forecast = run.fit_id.sudo()._as_forecast()
        revenue = valuation.monthly_revenue(forecast, customers, group, MONTHS, rules)
        present = valuation.present_value(
            revenue, rules.discount_rate, rules.horizon_months
        )
        stored = np.bincount(group, np.nan_to_num(customers["clv"]))
        rounded = run.company_id.currency_id.round
        found = [
            Group(
                name=self._quadrant_name(code),
                customers=int((group == at).sum()),
                revenue=revenue[:, at],
                stored=rounded(float(stored[at])),
                margin_rate=float(stored[at] / present[at]) if present[at] else 0.0,
            )
            for at, code in enumerate(codes)
        ]
        best = np.argsort(np.where(codes == NO_QUADRANT, -1, codes))[::-1]
        return tuple(found[at] for at in best)

    @api.model
    def _quadrant_name(self, code):
        if code == NO_QUADRANT:
            return self.env._("No Quadrant")
        field = self.env["crm.value.profile"]._fields["quadrant"]
        labels = dict(field._description_selection(self.env))
        return labels[QUADRANTS[code][0]]

    @api.model
    def _customers(self, company, more=None):
        """Return the stored facts that a forecast reads, of all who bought.

        :param more: {name: SQL of a number} of a profile, to be read besides
        """
        more = more or {}
        profiles = self.env["crm.value.profile"]
        profiles.flush_model([*READ, "clv", "company_id", "quadrant"])
        kinds = {
            name: "date" if profiles._fields[name].type == "date" else "float8"
            for name in READ
        }
        figure = "COALESCE(%(n)s::float8, 'NaN') AS %(n)s"
        columns = [
            SQL(figure if kind == "float8" else "%(n)s", n=SQL.identifier(name))
            for name, kind in kinds.items()
        ]
        query = SQL(
            """
            SELECT %s, %s COALESCE(clv, 'NaN') AS clv,
                   COALESCE(array_position(%s::varchar[], quadrant) - 1, %s) AS quadrant
              FROM crm_value_profile
             WHERE company_id = %s AND purchase_count > 0
            """,
            SQL(", ").join(columns),
            SQL().join(
                SQL("%s AS %s,", figure, SQL.identifier(name))
                for name, figure in more.items()
            ),
            self.env["crm.value.figures"]._codes("quadrant"),
            NO_QUADRANT,
            company.id,
        )
        kinds |= dict.fromkeys(more, "float8")
        return bulk.read(
            self.env.cr, query, {**kinds, "clv": "float8", "quadrant": "int4"}
        )

    @api.model
    def _workbook(self):
        """Return (file name, xlsx) of the current company."""
        found = self._value()
        statement = self.env["crm.value.equity"]
        months = statement._months()
        book = ValuationBook(
            self.env,
            found,
            self._facts(found),
            self._assumptions(found),
            months[-12:],
            self._customer_table(),
            interval=statement._certainty()["interval"],
            past=self._past(months),
            newcomers=self._newcomers(found),
        )
        name = self.env._(
            "Customer equity %(company)s %(day)s.xlsx",
            company=found.company.name,
            day=found.as_of,
        )
        return name, book.content()

    @api.model
    def _facts(self, found):
        """Return [(label, value, kind)] of what the valuation stands on."""
        fit, policy = found.fit, found.policy
        rule = dict(fit._fields["rule"]._description_selection(self.env))[fit.rule]
        levels = fit._fields["confidence"]._description_selection(self.env)
        off = self._back_test_error(fit)
        version = self.env._(
            "%(name)s, version %(version)s", name=policy.name, version=policy.version
        )
        count = sum(group.customers for group in found.groups)
        unknown = (self.env._("not known"), "text")
        return [
            (self.env._("As of"), found.as_of, "date"),
            (self.env._("Currency"), found.company.currency_id.name, "text"),
            (self.env._("Policy"), version, "text"),
            (self.env._("Customers with a purchase"), count, "whole"),
            (self.env._("Prediction Rule"), rule, "text"),
            (self.env._("Trained on data until"), fit.as_of, "date"),
            (self.env._("Confidence"), dict(levels)[fit.confidence], "text"),
            (
                self.env._("Back-test: predicted purchases against actual"),
                *(unknown if off is None else (off, "percent")),
            ),
        ]

    @api.model
    def _assumptions(self, found):
        """Return [(label, value, kind)] of what a reader may change."""
        policy = found.policy
        return [
            (self.env._("Annual discount rate"), policy.discount_rate, "percent"),
            (self.env._("Horizon in months"), policy.horizon_months, "whole"),
            *(
                (
                    self.env._("Margin rate, %s", group.name),
                    group.margin_rate,
                    "percent",
                )
                for group in found.groups
            ),
        ]

    @api.model
    def _back_test_error(self, fit):
        """Return the share by which the latest back-test was off, None: there is none.

        It tells no margin, so that officers may see it on a manager's card.
        """
        folds = fit.sudo().card["folds"]
        measures = folds[0]["rules"] if folds else []
        return next((m["bias"] for m in measures if m["rule"] == fit.rule), None)

    @api.model
    def _total_error(self, fit):
        """Return (how far totals are off, as a logarithm, from how many cut-offs).

        Of money where the card has it, else of purchases; None: not known. It tells no
        margin, so that officers may see it of a manager's card.
        """
        card = (fit.sudo().card or {}) if fit else {}
        folds = card.get("folds", [])
        known = card.get("total") or {}
        if known.get("money") is not None:
            return known["money"], len(folds)
        chosen = [
            next((m["bias"] for m in fold["rules"] if m["rule"] == fit.rule), None)
            for fold in folds
        ]
        return total.spread(chosen), len(folds)

    # --- customers ---

    @api.model
    def _customer_table(self):
        """Return (header, kinds, rows): the most valuable, the others by quadrant."""
        profiles = self.env["crm.value.profile"]
        domain = [
            ("company_id", "=", self.env.company.id),
            ("purchase_count", ">", 0),
        ]
        listed = profiles.search_fetch(
            domain, list(KINDS), limit=LISTED, order="clv DESC NULLS LAST, id"
        )
        labels = {
            name: dict(profiles._fields[name]._description_selection(self.env))
            for name in KINDS
            if profiles._fields[name].type == "selection"
        }
        rows = [
            [self._shown(profile[name], labels.get(name)) for name in KINDS]
            for profile in listed
        ]
        if len(listed) == LISTED:
            rows += self._others(domain, listed, labels["quadrant"])
        header = [profiles._fields[n]._description_string(self.env) for n in KINDS]
        return header, list(KINDS.values()), rows

    @api.model
    def _shown(self, value, labels):
        if labels:
            return labels.get(value, "")
        return value.display_name if isinstance(value, models.BaseModel) else value

    @api.model
    def _others(self, domain, listed, labels):
        """Return one row per quadrant of the customers that are not listed."""
        totals = {
            quadrant: [count, *sums]
            for quadrant, count, *sums in listed._read_group(
                domain, ["quadrant"], ["__count", *(f"{n}:sum" for n in SUMMED)]
            )
        }
        for profile in listed:
            total = totals[profile.quadrant]
            total[0] -= 1
            for at, name in enumerate(SUMMED, start=1):
                total[at] = (total[at] or 0) - (profile[name] or 0)
        return [
            self._other_row(count, labels.get(quadrant, ""), sums)
            for quadrant, (count, *sums) in totals.items()
            if count
        ]

    @api.model
    def _other_row(self, count, quadrant, sums):
        known = dict(zip(SUMMED, sums, strict=True))
        known["partner_id"] = self.env._("Others: %s", count)
        known["quadrant"] = quadrant
        return [known.get(name) for name in KINDS]
