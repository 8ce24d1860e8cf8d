from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...fields import NullableFloat


class CrmValueTransaction(models.Model):
    """A purchase or return from outside this Odoo: history, shop, till.

    Written by imports in bulk. ``source_key`` makes each row unique in its company, so
    that the same file adds nothing twice. Who and when stand on the import: columns of
    the author would cost a fifth of the time of a long one.
    """

    _name = "crm.value.transaction"
    _inherit = ["crm.value.document", "crm.value.guarded"]
    _description = "Imported Purchase"
    _order = "date DESC, id DESC"
    _rec_name = "document"
    _check_company_auto = True
    _log_access = False

    # Nobody, once the customer is erased: the money stays.
    partner_id = fields.Many2one(
        "res.partner", string="Customer", index=True, ondelete="set null"
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    document = fields.Char(help="Number of the receipt or invoice in the other system.")
    amount = fields.Monetary(
        string="Amount in Company Currency",
        required=True,
        currency_field="company_currency_id",
        help="Without tax, in company currency at the date; a return is negative.",
    )
    # An export holds the amount beside its currency, and so can be imported again.
    amount_original = fields.Monetary(
        string="Amount",
        currency_field="currency_id",
        help="As imported, in the currency of the file.",
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id
    )
    margin = NullableFloat(
        string="Margin in Company Currency",
        groups="crm_value.group_officer",
        help="Empty: not known, the default rate applies.",
    )
    quantity = NullableFloat()
    channel = fields.Char()
    product_name = fields.Char(string="Product")
    source_key = fields.Char(required=True, readonly=True, copy=False)
    import_id = fields.Many2one(
        "crm.value.import", index=True, readonly=True, ondelete="restrict"
    )

    _source_uniq = models.Constraint(
        "UNIQUE (company_id, source_key)", "This purchase has been imported already."
    )
    _company_date_idx = models.Index("(company_id, date)")

    @api.constrains("partner_id", "source_key")
    def _check_partner_id(self):
        """Ask for the customer of each purchase; erasure alone takes it away."""
        if not all(purchase.partner_id for purchase in self):
            raise ValidationError(self.env._("A purchase needs a customer."))
