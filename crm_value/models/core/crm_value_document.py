from odoo import api, models


class CrmValueDocument(models.AbstractModel):
    """A record that makes the value of its customer stale when it changes.

    Both customers are marked when it moves from one to another.
    """

    _name = "crm.value.document"
    _description = "Document Behind Customer Value"

    # The fields whose change matters; None: every field.
    _value_fields = None

    def _value_documents(self):
        """Return those among these records that count in the figures."""
        return self

    def _value_company(self):
        """Return the company whose customer the document is about."""
        return self.company_id

    def _mark_value_stale(self):
        self.env["crm.value.stale"]._mark_documents(self._value_documents())

    @api.model_create_multi
    def create(self, vals_list):
        """Mark the customers of new records."""
        records = super().create(vals_list)
        records._mark_value_stale()
        return records

    def write(self, vals):
        """Mark the customers before and after the change."""
        if self._value_fields is not None and not self._value_fields & vals.keys():
            return super().write(vals)
        before = self._value_documents()
        self.env["crm.value.stale"]._mark_documents(before)
        result = super().write(vals)
        moved = {"partner_id", "company_id"} & vals.keys()
        after = self._value_documents()
        self.env["crm.value.stale"]._mark_documents(after if moved else after - before)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_mark_value_stale(self):
        self._mark_value_stale()
