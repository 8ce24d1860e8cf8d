from odoo import api, models
from odoo.tools import SQL

from ...analytics.lifecycle import lifecycle
from ..scoring.crm_value_store import STAGE


class CrmValueStore(models.AbstractModel):
    """A customer whom somebody calls lost has no decline left to expect."""

    _inherit = "crm.value.store"

    @api.model
    def _apply_overrides(self, run, day):
        """Forget the risk of who is set to lost by hand."""
        result = super()._apply_overrides(run, day)
        lost = self.env["crm.value.stage"]._ids_by_position()[lifecycle.LOST]
        self.env.cr.execute(
            SQL(
                "UPDATE %(stage)s SET decline_risk = 'NaN', risk_state = -1 "
                "WHERE stage_id = %(lost)s AND risk_state >= 0",
                stage=SQL.identifier(STAGE),
                lost=lost,
            )
        )
        return result
