from datetime import timedelta
from statistics import median

from odoo import api, models

from . import leads


class CrmValueDemo(models.AbstractModel):
    """Lets demo customers have come from leads, and a trade fair bring new ones."""

    _inherit = "crm.value.demo"

    @api.model
    def _create_transactions(self, company, today):
        result = super()._create_transactions(company, today)
        sources = self._create_sources()
        self._give_industries()
        self._create_lost_leads(self._create_won_leads(company, today, sources))
        self._create_visitors(company, sources["fair"])
        return result

    @api.model
    def _create_sources(self):
        fair = self.env["utm.source"].create({"name": leads.FAIR})
        self._name_records("demo_source", [fair])
        return {
            "fair": fair,
            "referral": self.env.ref("utm.utm_source_referral"),
            "search": self.env.ref("utm.utm_source_search_engine"),
        }

    @api.model
    def _give_industries(self):
        for tag, industry in leads.INDUSTRIES.items():
            label = self._ref(f"tag_{tag}")
            customers = self._customers().filtered(
                lambda one, label=label: label in one.category_id
            )
            customers.industry_id = self.env.ref(industry)
        self._ref("partner_platinum").industry_id = self.env.ref(
            leads.INDUSTRIES["hospitality"]
        )

    @api.model
    def _create_won_leads(self, company, today, sources):
        """Create the leads that every other customer of two years ago came from."""
        came = self._first_years(company)
        least, most = (today - timedelta(days=days) for days in reversed(leads.WON))
        chosen = [one for one, (day, _sum) in came.items() if least <= day <= most][::2]
        middle = median(came[one][1] for one in chosen)
        vals_list = []
        for at, customer in enumerate(chosen):
            day, brought = came[customer]
            names = leads.GOOD if brought > middle else leads.OTHER
            moment = self._moment(today, (today - day).days)
            vals_list.append(
                {
                    "name": leads.TITLES[at % len(leads.TITLES)],
                    "type": "opportunity",
                    "partner_id": customer.id,
                    "company_id": company.id,
                    "user_id": customer.user_id.id,
                    "source_id": sources[names[at % len(names)]].id,
                    "stage_id": self.env.ref("crm.stage_lead4").id,
                    "probability": 100,
                    "create_date": moment - timedelta(days=leads.AHEAD),
                    "date_closed": moment,
                }
            )
        won = self.env["crm.lead"].create(vals_list)
        self._name_records("demo_lead_won", won)
        return won

    @api.model
    def _create_lost_leads(self, won):
        """Create leads of the same days and sources that came to nothing."""
        lost = self.env["crm.lead"].create(
            [
                {
                    "name": lead.name,
                    "type": "opportunity",
                    "contact_name": f"{leads.NOBODY} {number}",
                    "email_from": f"visitor.{number}@example.com",
                    "phone": f"+41 44 668 {2000 + number}",
                    "country_id": lead.country_id.id,
                    "company_id": lead.company_id.id,
                    "user_id": lead.user_id.id,
                    "source_id": lead.source_id.id,
                    "stage_id": self.env.ref("crm.stage_lead1").id,
                    "create_date": lead.create_date,
                    "active": False,
                    "probability": 0,
                }
                for number, lead in enumerate([*won] * leads.LOST)
            ]
        )
        self._name_records("demo_lead_lost", lost)

    @api.model
    def _first_years(self, company):
        """Return (day of the first purchase, money of a year from it) by customer."""
        bought = self.env["crm.value.transaction"].search_fetch(
            [
                ("company_id", "=", company.id),
                ("partner_id", "in", self._customers().ids),
            ],
            ["partner_id", "date", "amount"],
            order="date, id",
        )
        found = {}
        for one in bought:
            day, brought = found.get(one.partner_id, (one.date, 0.0))
            if (one.date - day).days < 365:
                found[one.partner_id] = day, brought + one.amount
        return found

    @api.model
    def _create_visitors(self, company, fair):
        """Create the visitors' list of a trade fair; some are there already."""
        vals_list = [
            {
                "name": title,
                "type": "opportunity",
                "partner_name": firm,
                "contact_name": contact,
                "email_from": mail,
                "phone": phone,
                "country_id": self.env.ref(country).id,
                "value_industry_id": tag and self.env.ref(leads.INDUSTRIES[tag]).id,
                "source_id": fair.id,
                "company_id": company.id,
                "user_id": self.env.ref("base.user_admin").id,
                "stage_id": self.env.ref("crm.stage_lead1").id,
            }
            for title, firm, contact, mail, phone, country, tag in leads.VISITORS
        ]
        visitors = self.env["crm.lead"].create(vals_list)
        self._name_records("demo_lead_visitor", visitors)
        self.env["crm.value.lead.double"]._find(visitors)
