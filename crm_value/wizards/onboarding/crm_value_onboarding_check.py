from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools import format_date, format_list, formatLang

from ... import words

SHORT = 365  # days of history below which nothing is compared with a year ago
LATE = 45  # days without a document after which the history seems to have stopped
NAMED = 6  # months and currencies told by name


class CrmValueOnboardingCheck(models.TransientModel):
    """What was found of a company's data before anybody relies on its figures.

    What data miss in money is told by the quality of data, in its own screen.
    """

    _name = "crm.value.onboarding.check"
    _inherit = ["crm.value.guarded"]
    _description = "Check of the Data"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    line_ids = fields.One2many(
        "crm.value.onboarding.check.line", "wizard_id", readonly=True, string="Findings"
    )

    def action_done(self):
        """Say that somebody has looked at the findings."""
        steps = self.env["onboarding.onboarding.step"].with_company(self.company_id)
        steps._value_mark("onboarding_step_data", "kept")
        return {"type": "ir.actions.act_window_close"}

    @api.model
    def _open(self, company):
        """Return the action that opens what is found now."""
        found = [Command.create(values) for values in self._checks(company)]
        wizard = self.create({"company_id": company.id, "line_ids": found})
        name = self.env._("Check the Data")
        return {**wizard._get_records_action(name=name), "target": "new"}

    @api.model
    def _checks(self, company):
        """Return the findings, each as values of a line, what is wrong first."""
        found = [
            self._check_coverage(company),
            self._check_zone(company),
            self._check_currencies(company),
            self._check_own(company),
        ]
        found.sort(key=lambda line: not line["is_wrong"])
        return [*found, self._check_quality()]

    # --- coverage ---

    @api.model
    def _check_coverage(self, company):
        """Look at the first and the last purchase, and months without any between."""
        coverage = self.env["crm.value.coverage"]
        counted = coverage._counted(company, coverage._spans(company))
        said = [coverage._say(counted)] if counted else []
        wrong = self._say_gaps(company, counted) if counted else [self.env._("None.")]
        return {
            "name": self.env._("History of purchases"),
            "finding": " ".join(said + wrong),
            "blurs": self.env._(
                "Growth, seasons, purchase cycles and what is learnt of them: a month "
                "that is missing looks like customers who stayed away."
            ),
            "is_wrong": bool(wrong),
            "opens": "coverage",
        }

    @api.model
    def _say_gaps(self, company, spans):
        """Return what is wrong with the days of a history, in sentences."""
        first = min(span[1] for span in spans.values())
        last = max(span[2] for span in spans.values())
        since = (self.env["crm.value.run"]._today(company) - last).days
        said = []
        if missing := self.env["crm.value.coverage"]._missing_months(company, spans):
            names = [format_date(self.env, m, date_format="MMM y") for m in missing]
            said.append(
                self.env._(
                    "Months without a purchase: %(count)s (%(months)s).",
                    count=len(missing),
                    months=self._some(names),
                )
            )
        if (last - first).days < SHORT:
            said.append(self.env._("That is less than a year."))
        if since > LATE:
            said.append(
                self.env._("The last one was %s ago.", words.days(self.env, since))
            )
        return said

    @api.model
    def _some(self, names):
        """Return the first names of many."""
        more = ["…"] if len(names) > NAMED else []
        return format_list(self.env, names[:NAMED] + more)

    # --- time zone ---

    @api.model
    def _check_zone(self, company):
        """Look for a company that nobody has placed, and users without a zone."""
        zone = company.sudo().partner_id.tz  # whoever begins; it is no secret
        missing = self.env["res.users"].sudo()  # counted only
        users = missing.search_count(
            [
                ("company_ids", "in", company.ids),
                ("share", "=", False),
                ("partner_id.tz", "=", False),
            ]
        )
        said = [zone or self.env._("Nobody has said where the company is: UTC counts.")]
        if users:
            said.append(
                self.env._(
                    "Users without a time zone: %s.", formatLang(self.env, users, 0)
                )
            )
        return {
            "name": self.env._("Time zone"),
            "finding": " ".join(said),
            "blurs": self.env._(
                "On which day an order counts, when a month ends, and what users read "
                "as the time of something."
            ),
            "is_wrong": not zone or bool(users),
            "opens": "zone",
        }

    # --- currencies ---

    @api.model
    def _check_currencies(self, company):
        """Look for documents in a currency that had no rate yet on their day."""
        late = self._late_currencies(company)
        found = [f"{currency.name} ({count})" for currency, count in late]
        none = self.env._("Each document is of a day with a rate, or in your currency.")
        return {
            "name": self.env._("Rates of currencies"),
            "finding": self.env._(
                "Documents older than the first rate of their currency: %s.",
                self._some(found),
            )
            if found
            else none,
            "blurs": self.env._(
                "Revenue and margin of these documents: Odoo converted them at the "
                "first rate that came later, or one to one."
            ),
            "is_wrong": bool(found),
            "opens": "currencies",
        }

    @api.model
    def _late_currencies(self, company):
        """Return (currency, documents before its first rate), of those with any."""
        coverage = self.env["crm.value.coverage"]
        rates = self.env["res.currency.rate"].sudo()  # as every conversion reads them
        known = Domain("company_id", "in", (False, company.root_id.id))
        first = dict(rates._read_group(known, ["currency_id"], ["name:min"]))
        found = []
        for kind in ("invoiced", "ordered"):
            model, domain, day = coverage._kinds(company)[kind]
            rows = self.env[model].sudo()  # counted only
            foreign = Domain(domain) & Domain(
                "currency_id", "!=", company.currency_id.id
            )
            for (currency,) in rows._read_group(foreign, ["currency_id"], []):
                of_it = foreign & Domain("currency_id", "=", currency.id)
                if currency in first:
                    of_it &= Domain(day, "<", first[currency])
                if count := rows.search_count(of_it):
                    found.append((currency, count))
        return found

    # --- own companies ---

    @api.model
    def _check_own(self, company):
        """Look for customers who are the company itself: its companies, its people."""
        staff = self._staff_who_bought(company)
        own = company.sudo().value_own_companies  # a setting, told only
        said = [
            self.env._("Companies of this database count as customers.")
            if own
            else self.env._("Companies of this database are no customers.")
        ]
        if staff:
            said.append(
                self.env._(
                    "Users of Odoo among the customers: %s.",
                    formatLang(self.env, len(staff), 0),
                )
            )
        return {
            "name": self.env._("Own companies and people"),
            "finding": " ".join(said),
            "blurs": self.env._(
                "Means and limits: what is sold inside the house follows other rules "
                "than what is sold to customers."
            ),
            "is_wrong": own or bool(staff),
            "opens": "own",
        }

    @api.model
    def _staff_who_bought(self, company):
        """Return the contacts of internal users who are customers of the company."""
        users = self.env["res.users"].sudo()  # who works here, not what they may see
        people = users.search([("share", "=", False)]).partner_id.commercial_partner_id
        profiles = self.env["crm.value.profile"]
        groups = profiles._read_group(
            [
                ("company_id", "=", company.id),
                ("partner_id", "in", people.ids),
                ("purchase_count", ">", 0),
            ],
            ["partner_id"],
        )
        return self.env["res.partner"].union(*(partner for (partner,) in groups))

    # --- what the quality of data tells ---

    @api.model
    def _quality(self):
        return "crm_value.crm_value_quality_action"

    @api.model
    def _check_quality(self):
        return {
            "name": self.env._("What is missing, in money"),
            "finding": self.env._(
                "Duplicates, products without a cost, documents without a customer, "
                "customers without a salesperson."
            ),
            "blurs": self.env._("Told there for each of them."),
            "is_wrong": False,
            "opens": "quality",
        }
