from odoo import models
from odoo.fields import Domain

from ..core.res_users import SELLER


class ResUsers(models.Model):
    """Tells whose leads a user sees, as Odoo's own rules of leads do."""

    _inherit = "res.users"

    def _value_own_leads(self, lead):
        """Return the domain of records whose lead, if any, the user may see.

        :param lead: field of the lead
        """
        if not self.has_group(SELLER):  # who may read no lead may know of none
            return list(Domain.FALSE)
        if not self._value_is_partial():
            return list(Domain.TRUE)
        mine = Domain(f"{lead}.user_id", "in", [self.id, False])
        return list(Domain(lead, "=", False) | mine)
