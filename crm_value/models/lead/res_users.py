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
        if self.has_group(SELLER) and not self._value_is_partial():
            return list(Domain.TRUE)
        # Nobody's leads are for those who may read leads at all.
        users = [self.id, False] if self.has_group(SELLER) else [self.id]
        mine = Domain(f"{lead}.user_id", "in", users)
        return list(Domain(lead, "=", False) | mine)
