from odoo import api, models

# Models that point to a record by model and id, without a foreign key.
TRACES = [
    ("mail.message", "model"),
    ("mail.activity", "res_model"),
    ("mail.followers", "res_model"),
    ("ir.attachment", "res_model"),
]


class ResPartner(models.Model):
    """A contact belongs to a customer: its documents count there."""

    _inherit = "res.partner"

    # Rules of records ask whose customers somebody sees.
    _value_user_idx = models.Index("(user_id) WHERE user_id IS NOT NULL")

    def write(self, vals):
        """A contact that moves to another company takes its documents along."""
        if not {"parent_id", "is_company"} & vals.keys():
            return super().write(vals)
        stale = self.env["crm.value.stale"]
        companies = self.env["res.company"]._value_all_scored()
        stale._mark(self, companies)
        result = super().write(vals)
        stale._mark(self, companies)
        return result

    # --- who is erased ---

    @api.ondelete(at_uninstall=False)
    def _unlink_value_traces(self):
        """Forget what is known of contacts that are erased.

        Two partners merged are no erasure: what was known has moved by then.
        """
        # Who may erase a contact need not be allowed to read what is known of it.
        self.env.flush_all()
        self.sudo().with_context(active_test=False)._value_forget()

    def _value_forget(self):
        """Delete mails, notes and files of our records that go with these contacts.

        The records themselves PostgreSQL deletes, by their foreign keys.
        """
        for name, field in self._value_holders():
            records = self.env[name].sudo().with_context(active_test=False)
            self._value_wipe(records.search([(field, "in", self.ids)]))

    @api.model
    def _value_holders(self):
        """Return (model, field) of our records that go with a contact."""
        return [
            (name, field.name)
            for name, model in self.env.items()
            if model._original_module == "crm_value" and model._auto
            for field in model._fields.values()
            if field.type == "many2one" and field.comodel_name == "res.partner"
            if field.store and field.ondelete == "cascade"
        ]

    def _value_wipe(self, records):
        """Delete the mails, notes, activities and files of some records."""
        for name, field in TRACES if records else ():
            self.env[name].sudo().with_context(active_test=False).search(
                [(field, "=", records._name), ("res_id", "in", records.ids)]
            ).unlink()
