from odoo import api, models
from odoo.tools import SQL

from ...const import CODES
from ..scoring.crm_value_store import STAGE


class CrmValueStore(models.AbstractModel):
    """A kind of loyalty set by hand goes before the suggested one."""

    _inherit = "crm.value.store"

    @api.model
    def _apply_overrides(self, run, day):
        """Let the kind in force on the day replace the suggested one."""
        result = super()._apply_overrides(run, day)
        self.env.cr.execute(
            SQL(
                """
                UPDATE %(stage)s stage
                   SET loyalty_kind =
                       array_position(%(codes)s::varchar[], manual.loyalty_kind) - 1
                  FROM (SELECT DISTINCT ON (partner_id) partner_id, loyalty_kind
                          FROM crm_value_override
                         WHERE company_id = %(company)s AND kind = 'loyalty_kind'
                           AND %(day)s BETWEEN date_from AND date_to
                      ORDER BY partner_id, date_from DESC, id DESC) manual
                 WHERE manual.partner_id = stage.partner_id
                """,
                stage=SQL.identifier(STAGE),
                codes=CODES["loyalty_kind"],
                company=run.company_id.id,
                day=day,
            )
        )
        return result
