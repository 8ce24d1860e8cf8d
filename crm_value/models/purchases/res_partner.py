from odoo import api, fields, models
from odoo.tools import SQL

from ...const import USER


class ResPartner(models.Model):
    """A contact may stand for many people; imported purchases of one that is erased."""

    _inherit = "res.partner"

    value_is_crowd = fields.Boolean(
        string="Stands for Many Customers",
        groups=USER,
        help="Walk-in customers, say: the contact of purchases that name nobody. Its "
        "money counts in totals; it has no score, segment, forecast or worklist.",
    )

    # As a search asks: PostgreSQL takes no index for it that says the same otherwise.
    _value_crowd_idx = models.Index("(id) WHERE value_is_crowd IS TRUE")

    def write(self, vals):
        """Have contacts that become many, or one again, looked at anew."""
        result = super().write(vals)
        if "value_is_crowd" in vals:
            self.env["res.company"]._value_mark(self)
        return result

    @api.model
    def _value_crowd_ids(self):
        """Return the customers that stand for many people."""
        partners = self.sudo().with_context(active_test=False)  # whoever reads figures
        crowds = partners.search([("value_is_crowd", "=", True)])
        return crowds.filtered(lambda one: one == one.commercial_partner_id).ids

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
