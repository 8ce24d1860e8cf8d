from odoo import models
from odoo.tools import format_date

from ..service.crm_value_ticketing import TICKET
from .const import DONE


class CrmValueProfile(models.Model):
    """Complaints of a customer that are not settled yet."""

    _inherit = "crm.value.profile"

    def _signs(self):
        signs = super()._signs()
        if not self._shows("service"):
            return signs
        # Whoever sees the customer is told that it complains, not what about.
        groups = (
            self.env[TICKET]
            .sudo()
            ._read_group(
                [
                    ("company_id", "in", self.company_id.ids),
                    ("commercial_partner_id", "in", self.partner_id.ids),
                    *self.env["crm.value.ticketing"]._complaints(),
                    ("value_duty", "!=", DONE[0]),
                ],
                ["company_id", "commercial_partner_id"],
                ["__count", "create_date:min"],
            )
        )
        found = {(company.id, who.id): told for company, who, *told in groups}
        for profile in self:
            key = (profile.company_id.id, profile.partner_id.id)
            if key in found:
                signs[profile].append(profile._complaint_sign(*found[key]))
        return signs

    def _complaint_sign(self, count, since):
        day = format_date(self.env, since)
        said = (
            self.env._("A complaint of %(date)s is not settled.", date=day)
            if count == 1
            else self.env._(
                "%(count)s complaints are not settled, the oldest of %(date)s.",
                count=count,
                date=day,
            )
        )
        label = self.env._("Open complaints")
        return self._sign(45, "complaint", label, str(count), said, "danger")
