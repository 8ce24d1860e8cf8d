from odoo import models
from odoo.tools import format_date

from .const import UNDONE


class CrmValueProfile(models.Model):
    """Negative responses of a customer that nobody has dealt with yet."""

    _inherit = "crm.value.profile"

    def _signs(self):
        signs = super()._signs()
        if not self._shows("satisfaction"):
            return signs
        groups = self.env["crm.value.recovery"]._read_group(
            [
                ("company_id", "in", self.company_id.ids),
                ("customer_id", "in", self.partner_id.ids),
                ("kind", "=", "bad"),
                ("state", "in", UNDONE),
            ],
            ["company_id", "customer_id"],
            ["date:min"],
        )
        since = {(company.id, who.id): date for company, who, date in groups}
        for profile in self:
            key = (profile.company_id.id, profile.partner_id.id)
            if key in since:
                signs[profile].append(profile._response_sign(since[key]))
        return signs

    def _response_sign(self, date):
        day = format_date(self.env, date)
        said = self.env._(
            "A negative response of %(date)s has not been dealt with.", date=day
        )
        label = self.env._("Negative response")
        return self._sign(60, "response", label, day, said, "danger")
