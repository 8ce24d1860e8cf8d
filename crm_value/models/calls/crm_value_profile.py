from odoo import fields, models


class CrmValueProfile(models.Model):
    """Calls on the customer's line of time."""

    _inherit = "crm.value.profile"

    def _life_lanes(self, days):
        lanes = super()._life_lanes(days)
        return [*lanes, self._call_lane()] if self._shows("service") else lanes

    def _call_lane(self):
        """Return the customer's calls that the user may read."""
        day = fields.Datetime.context_timestamp
        calls = self.env["crm.value.call"].search(
            [
                ("customer_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
            ],
            order="date",
        )
        return {
            "code": "calls",
            "label": self.env._("Calls"),
            "events": [
                {
                    "date": fields.Date.to_string(day(one, one.date).date()),
                    "text": one.display_name,
                    "tone": "warning" if one.state == "missed" else "",
                    "model": one._name,
                    "id": one.id,
                }
                for one in calls
            ],
        }
