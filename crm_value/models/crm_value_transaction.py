from odoo import api, fields, models

from ..fields import NullableFloat


class CrmValueTransaction(models.Model):
    """A purchase or return from outside this Odoo: history, shop, till.

    Written by imports in bulk. ``source_key`` makes each row unique in its company, so
    that the same file adds nothing twice.
    """

    _name = "crm.value.transaction"
    _description = "Imported Purchase"
    _order = "date DESC, id DESC"
    _rec_name = "document"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="restrict"
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
        required=True,
        currency_field="company_currency_id",
        help="Without tax, in company currency at the date; a return is negative.",
    )
    amount_original = fields.Monetary(
        currency_field="currency_id", help="As imported, in the currency of the file."
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id
    )
    margin = NullableFloat(
        groups="crm_value.group_officer",
        help="In company currency. Empty: not known, the default rate applies.",
    )
    quantity = NullableFloat()
    channel = fields.Char()
    product_name = fields.Char(string="Product")
    source_key = fields.Char(required=True, readonly=True, copy=False)
    import_id = fields.Many2one("crm.value.import", index=True, ondelete="restrict")

    _source_uniq = models.Constraint(
        "UNIQUE (company_id, source_key)", "This purchase has been imported already."
    )
    _company_date_idx = models.Index("(company_id, date)")

    @api.model_create_multi
    def create(self, vals_list):
        """A purchase from outside makes its customer's value stale."""
        transactions = super().create(vals_list)
        self.env["crm.value.stale"]._mark_documents(transactions)
        return transactions

    def write(self, vals):
        """So does a corrected one."""
        self.env["crm.value.stale"]._mark_documents(self)
        result = super().write(vals)
        self.env["crm.value.stale"]._mark_documents(self)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_mark_value_stale(self):
        self.env["crm.value.stale"]._mark_documents(self)
