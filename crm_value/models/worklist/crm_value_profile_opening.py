from odoo import fields, models
from odoo.fields import Domain

MOST = 50  # events of a kind on a line


class CrmValueProfile(models.Model):
    """Open leads and quotations on the line of a customer's life."""

    _inherit = "crm.value.profile"

    def _life_lanes(self, days):
        return [*super()._life_lanes(days), self._opening_lane()]

    def _opening_lane(self):
        """Return what is open with the customer, of what the reader may read."""
        quotations = [("state", "in", ("draft", "sent"))]
        leads = [("won_status", "!=", "won")]
        events = [
            *self._opening_events("sale.order", "date_order", quotations),
            *self._opening_events("crm.lead", "create_date", leads),
        ]
        return {
            "code": "openings",
            "label": self.env._("Open Leads and Quotations"),
            "events": sorted(events, key=lambda event: event["date"]),
        }

    def _opening_events(self, model, day, domain):
        documents = self.env[model]
        if not documents.has_access("read"):
            return []
        found = documents.search_fetch(
            Domain(domain)
            & Domain("partner_id", "child_of", self.partner_id.id)
            & Domain("company_id", "in", (False, self.company_id.id)),
            ["name", day],
            order=f"{day} DESC, id DESC",
            limit=MOST,
        )
        return [
            {
                "date": fields.Date.to_string(
                    fields.Datetime.context_timestamp(one, one[day]).date()
                ),
                "text": one.name,
                "model": model,
                "id": one.id,
            }
            for one in found
        ]
