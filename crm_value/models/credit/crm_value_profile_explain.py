import numpy as np

from odoo import api, fields, models
from odoo.tools import format_date

from ... import words
from ...analytics.credit import credit, trial
from ...const import OFFICER, from_day, to_day


class CrmValueProfile(models.Model):
    """Why a customer has its credit grade: its points, and how such grades did."""

    _inherit = "crm.value.profile"

    credit = fields.Json(compute="_compute_credit")

    @api.depends("credit_grade", "credit_points")
    @api.depends_context("uid", "lang")
    def _compute_credit(self):
        officer = self.env.user.has_group(OFFICER)
        labels = self._chart_labels("credit_grade")
        standings = self._credit_standings() if officer else {}
        suggested = self._credit_suggestions(standings) if officer else {}
        for profile in self:
            card = profile._credit_fit().credit_card or {}
            profile.credit = profile.days_late_recent is not False and {
                "grade": profile.credit_grade or "",
                "label": labels.get(profile.credit_grade, ""),
                "said": profile.credit_words,
                "test": profile._say_credit_test(card),
                "points": profile._say_credit_points() if officer else "",
                "parts": profile._credit_parts(standings.get(profile)),
                "terms": profile._say_credit_terms(suggested.get(profile)),
                "opens": self._can_open_documents("dues"),
            }

    def _credit_standings(self):
        """Return ({name: figure}, {part: points}) of each profile that has a grade."""
        found = {}
        graded = self.filtered("credit_grade")
        for run, of_run in graded.grouped("run_id").items():
            for day, profiles in of_run.grouped("as_of").items():
                found.update(profiles._credit_standings_of(run.sudo(), day))
        return found

    def _credit_standings_of(self, run, day):
        """Return the same of profiles of one run and day.

        :param run: as the system, for it reads documents that the reader may not
        """
        scope = run._scope(day, partner_ids=tuple(self.partner_id.ids))
        standing = run.env["crm.value.facts"]._credit_standing(scope)
        typical = run.fit_id._credit_typical()
        parts, _in_all = credit.rated(standing, to_day(day), typical)
        places = standing["partner"].tolist() if standing else []
        rows = {partner: at for at, partner in enumerate(places)}
        return {
            profile: tuple(
                {name: float(column[at]) for name, column in columns.items()}
                for columns in (standing, parts)
            )
            for profile in self
            if (at := rows.get(profile.partner_id.id)) is not None
        }

    # --- its points ---

    def _say_credit_points(self):
        if self.credit_points is False:
            return ""
        return self.env._(
            "%(points)s of 100 points",
            points=words.number(self.env, self.credit_points),
        )

    def _credit_parts(self, standing):
        """Return one row a part: what it is, what is known of it, and its points."""
        if not standing:
            return []
        known, given = standing
        labels = self._credit_labels()
        return [
            {
                "code": code,
                "label": labels[code],
                "said": getattr(self, f"_say_credit_{code}")(known),
                "points": self._say_credit_share(code, given[code]),
            }
            for code in credit.MOST
        ]

    @api.model
    def _credit_labels(self):
        return {
            "late": self.env._("Days late"),
            "overdue": self.env._("Overdue"),
            "trend": self.env._("Trend"),
            "disputes": self.env._("Disputes"),
            "turnover": self.env._("Turnover"),
            "age": self.env._("Age"),
        }

    def _say_credit_share(self, code, given):
        if np.isnan(given):
            return self.env._("counts neither way")
        return self.env._(
            "%(points)s of %(most)s",
            points=words.number(self.env, given),
            most=words.number(self.env, credit.MOST[code]),
        )

    def _say_credit_late(self, known):
        if known["late"] <= 0:
            return self.env._("Paid in time, by amount, in the last year")
        return self.env._(
            "Paid %(days)s late on average, by amount, in the last year",
            days=words.days(self.env, known["late"]),
        )

    def _say_credit_overdue(self, known):
        if not known["overdue_count"]:
            return self.env._("Nothing is overdue")
        return self.env._(
            "%(percent)s of what is open is overdue, the oldest since %(date)s",
            percent=words.percent(self.env, known["overdue"]),
            date=format_date(self.env, from_day(int(known["overdue_since"]))),
        )

    def _say_credit_trend(self, known):
        slower = known["late"] - known["before"]
        if np.isnan(slower):
            return self.env._("Nothing came due before the last year")
        days = words.days(self.env, abs(slower))
        if slower > 0:
            return self.env._("It pays %(days)s later than before", days=days)
        return self.env._("It pays no later than before")

    def _say_credit_disputes(self, known):
        if np.isnan(known["disputed"]) and not known["complaints"]:
            return self.env._("Nothing was invoiced in the last year")
        said = self.env._(
            "%(percent)s of a year's invoices was credited",
            percent=words.percent(self.env, np.nan_to_num(known["disputed"])),
        )
        if not known["complaints"]:
            return said
        open_ones = self.env._(
            "open complaints: %(count)s",
            count=words.number(self.env, known["complaints"]),
        )
        return words.clauses(self.env, [said, open_ones])

    def _say_credit_turnover(self, known):
        typical = self._credit_fit()._credit_typical()
        money = words.whole_money(self.env, known["turnover"], self.currency_id)
        if np.isnan(typical):
            return self.env._("%(money)s invoiced in a year", money=money)
        return self.env._(
            "%(money)s invoiced in a year; half of the customers: %(typical)s or more",
            money=money,
            typical=words.whole_money(self.env, typical, self.currency_id),
        )

    def _say_credit_age(self, known):
        first = from_day(to_day(self.as_of) - int(known["age"]))
        return self.env._(
            "First invoice of %(date)s", date=format_date(self.env, first)
        )

    # --- how such grades did ---

    def _say_credit_test(self, card):
        """Return what came of customers with this grade, on the company's own past."""
        rule = card.get("rule", trial.UNTRIED)
        if rule == trial.UNTRIED:
            return self.env._(
                "Not tried yet: too few invoices of the past to say whether it holds."
            )
        if rule == trial.LAST:
            return self.env._(
                "No grade: on past invoices, “late last time” told better who pays "
                "late."
            )
        grades = self._codes("credit_grade")
        if self.credit_grade not in grades:
            return ""
        row = card["grades"][grades.index(self.credit_grade)]
        if not row["customers"]:
            return self.env._("No customer of the past had this grade.")
        return self.env._(
            "%(percent)s of those who stood here paid late in the quarter after "
            "(%(low)s to %(high)s; n = %(count)s).",
            count=words.number(self.env, row["customers"]),
            percent=words.percent(self.env, row["late"] / row["customers"]),
            low=words.percent(self.env, row["between"][0]),
            high=words.percent(self.env, row["between"][1]),
        )

    def action_open_dues(self):
        """Open the invoices that the grade is made of."""
        self.ensure_one()
        return self._open_documents("dues", self.env._("How It Pays"))
