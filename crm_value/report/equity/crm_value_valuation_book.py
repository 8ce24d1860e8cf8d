from odoo import api, models

from .valuation_book import ValuationBook

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
    "clv_confidence": "text",
}
SUMMED = ("purchase_count", "expected_purchases", "expected_revenue", "clv")


class CrmValueValuation(models.AbstractModel):
    """The valuation as a workbook, in the user's language."""

    _inherit = "crm.value.valuation"

    @api.model
    def _workbook(self):
        """Return (file name, xlsx) of the current company."""
        found = self._value()
        book = ValuationBook(
            self.env,
            found,
            self._facts(found),
            self._assumptions(found),
            self.env["crm.value.equity"]._months()[-12:],
            self._customer_table(),
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
            (self.env._("Predicts"), rule, "text"),
            (self.env._("Learnt until"), fit.as_of, "date"),
            (self.env._("Confidence"), dict(levels)[fit.confidence], "text"),
            (
                self.env._("Back-test: purchases predicted too many"),
                *(unknown if off is None else (off, "percent")),
            ),
        ]

    @api.model
    def _assumptions(self, found):
        """Return [(label, value, kind)] of what a reader may change."""
        policy = found.policy
        return [
            (self.env._("Discount rate of a year"), policy.discount_rate, "percent"),
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
        known["partner_id"] = self.env._("%s others", count)
        known["quadrant"] = quadrant
        return [known.get(name) for name in KINDS]
