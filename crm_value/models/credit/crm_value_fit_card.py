from odoo import api, models
from odoo.tools import format_date, formatLang

from ... import words
from ...analytics.credit import credit, trial
from ...const import from_day


class CrmValueFit(models.Model):
    """The try of the credit grade, as the model card shows it."""

    _inherit = "crm.value.fit"

    @api.readonly
    def get_card(self):
        """Add how credit grades did on past invoices."""
        card = super().get_card()
        shown = card and self.env.user.has_group("crm_value.group_part_selling")
        # Closed as a whole, for it tells a turnover; this part of it tells none.
        return {**card, "credit": self.sudo()._card_credit()} if shown else card

    def _card_credit(self):
        """Return the section as plain data, False where nothing was asked."""
        account = self.credit_card
        return bool(account) and {
            "rule": account["rule"],
            "headline": self._say_credit_rule(account),
            "data": self._say_credit_data(account),
            "tables": self._card_credit_tables(account),
        }

    def _say_credit_rule(self, account):
        """Return which rule is in force, and why."""
        if account["rule"] == trial.UNTRIED:
            return self.env._(
                "Grades are shown, but not tried: it needs %(fewest)s customers who "
                "paid late, and as many who did not.",
                fewest=trial.FEWEST,
            )
        texts = {
            name: formatLang(self.env, account[name], digits=2)
            for name in ("auc", "naive", "gain", "error")
        }
        if account["rule"] == trial.POINTS:
            return self.env._(
                "The grade tells better who pays late than “late last time”: area "
                "under the curve %(auc)s against %(naive)s (difference %(gain)s, "
                "standard error %(error)s).",
                **texts,
            )
        return self.env._(
            "No grade is shown: “late last time” tells no worse who pays late, area "
            "under the curve %(naive)s against %(auc)s. That is shown instead.",
            **texts,
        )

    def _say_credit_data(self, account):
        if not account["customers"]:
            return ""
        days = [format_date(self.env, from_day(day)) for day in account["days"]]
        return self.env._(
            "Tried on %(days)s past dates, %(first)s to %(last)s, by what was known "
            "then: customers who owed something in the quarter after, each date "
            "counted separately. Late is who paid more than half of it over %(grace)s "
            "late.",
            days=len(days),
            first=days[-1],
            last=days[0],
            grace=words.days(self.env, credit.GRACE),
        )

    def _card_credit_tables(self, account):
        """Return one table for the grades and one for the rule without points."""
        if not account["customers"]:
            return []
        figures = self.env["crm.value.figures"]._fields["credit_grade"]
        grades = [label for _code, label in figures._description_selection(self.env)]
        last = [self.env._("In time"), self.env._("Late")]
        return [
            self._card_credit_table(
                "grades", self.env._("By grade"), self.env._("Grade"), grades, account
            ),
            self._card_credit_table(
                "last",
                self.env._("By the latest invoice alone"),
                self.env._("Latest Invoice"),
                last,
                account,
            ),
        ]

    def _card_credit_table(self, code, title, label, labels, account):
        return {
            "code": code,
            "title": title,
            "label": label,
            "rows": [
                self._card_credit_row(name, row)
                for name, row in zip(labels, account[code], strict=True)
            ],
        }

    def _card_credit_row(self, label, row):
        count, between = row["customers"], row["between"]
        shares = [words.percent(self.env, share) for share in between or ()]
        return {
            "label": label,
            "customers": words.number(self.env, count),
            "late": words.percent(self.env, row["late"] / count) if count else "",
            "between": "–".join(shares),
        }
