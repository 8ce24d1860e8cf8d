from odoo import models
from odoo.tools import SQL


class ResPartner(models.Model):
    """Imported purchases of a contact that is erased."""

    _inherit = "res.partner"

    def _value_forget(self):
        """Leave the money of imported purchases, but nothing that leads to the person.

        The number of a receipt does, through the shop it comes from. What a contact has
        bought for its company stays with the company.
        """
        for model in ("crm.value.transaction", "crm.value.import.replaced"):
            self._forget_purchases(self.env[model]._table)
            self.env[model].invalidate_model()
        return super()._value_forget()

    def _forget_purchases(self, table):
        self.env.cr.execute(
            SQL(
                """
                UPDATE %(table)s purchase
                   SET document = NULL,
                       partner_id = CASE
                           WHEN customer.commercial_partner_id <> ALL(%(erased)s)
                           THEN customer.commercial_partner_id END
                  FROM res_partner customer
                 WHERE customer.id = purchase.partner_id
                   AND customer.id = ANY(%(erased)s)
                """,
                table=SQL.identifier(table),
                erased=self.ids,
            )
        )
