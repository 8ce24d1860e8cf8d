from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...const import USER
from ..service.crm_value_ticketing import CHANNEL


class ResPartner(models.Model):
    """A contact shows all interactions with its customer, and how to reach it best."""

    _inherit = "res.partner"

    value_prefers_channel_id = fields.Many2one(
        CHANNEL,
        string="Preferred Channel",
        groups=USER,
        help="What the customer asked for.",
    )

    def action_open_value_interactions(self):
        """Open what happened with the customer."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "crm_value_interactions",
            "name": self.env._(
                "Interactions: %(name)s", name=self.commercial_partner_id.display_name
            ),
            "context": {"active_id": self.id, "active_model": self._name},
            "params": {"partner_id": self.id},
        }

    @api.readonly
    def get_interactions(self, before=None, kinds=None, channels=None):
        """Return a page of interactions, and what it can be filtered by.

        :param before: the ``key`` of the last line there is, None: the first page
        """
        if not self.env.user.has_group(USER):
            raise AccessError(
                self.env._("Interactions are for users of customer value.")
            )
        self.ensure_one().check_access("read")
        interactions = self.env["crm.value.interaction"]
        lines, more = interactions._interactions(
            self,
            before=before,
            kinds=_only(str, kinds),
            channels=_only(int, channels),
        )
        if before:
            return {"lines": lines, "more": more}
        return {
            "lines": lines,
            "more": more,
            "kinds": interactions._named_kinds(),
            "channels": interactions._named_channels(),
            "prefers": self._value_reached_by(),
        }

    def _value_reached_by(self):
        """Return how the customer is best reached: as it said, and as it does."""
        customer = self.commercial_partner_id.sudo()  # wishes are shown to every USER
        said = [
            customer.value_prefers_channel_id.name,
            customer.value_prefers_contact,
            customer.value_prefers_hours,
        ]
        return {
            "said": " · ".join(filter(None, said)) or False,
            "seen": self.env["crm.value.interaction"]._say_habits(self),
        }


def _only(kind, values):
    """Return those of a client's values that are of a kind, None where it gave none."""
    if not isinstance(values, list):
        return None
    return [value for value in values if isinstance(value, kind)]
