from odoo import api, models
from odoo.exceptions import AccessError


class CrmValueGuarded(models.AbstractModel):
    """Guard mixin: what a user writes names nothing that is closed to the user.

    Odoo asks the rules of a record before it is changed, not after; it asks none for
    what a form claims that is not saved, and shows the name of what a record points to
    whoever looks. So a record could be moved into another company, or tell of it.
    """

    _name = "crm.value.guarded"
    _description = "Guard of What a Record Names"

    @api.model
    def _guarded_names(self):
        """Return the columns that name a customer or a record of ours."""
        return [
            field.name
            for field in self._fields.values()
            if field.type == "many2one"
            and field.store
            and (
                field.comodel_name == "res.partner"
                or field.comodel_name.startswith("crm.value.")
            )
        ]

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse to name what is closed to the author."""
        records = super().create(vals_list)
        records._check_named()
        return records

    def write(self, vals):
        """Refuse to name what is closed to the author, or to leave its companies."""
        result = super().write(vals)
        if not vals.keys().isdisjoint(("company_id", *self._guarded_names())):
            self.check_access("read")
            self._check_named()
        return result

    def onchange(self, values, field_names, fields_spec):
        """Refuse to calculate for a form that names what is closed to the user."""
        given = {
            name: self.env.context[f"default_{name}"]
            for name in ("company_id", *self._guarded_names())
            if f"default_{name}" in self.env.context
        }
        form = self.new({**given, **values}, origin=self)
        form._check_named()
        for name in values.keys() & self._fields.keys():
            lines = form[name] if self._fields[name].type == "one2many" else None
            if hasattr(lines, "_check_named"):  # not saved either
                lines._check_named()
        return super().onchange(values, field_names, fields_spec)

    def _check_named(self):
        """Ask the rules of each record that these name."""
        if self.env.su:
            return
        if "company_id" in self._fields and self.company_id - self.env.user.company_ids:
            raise AccessError(self.env._("You do not work in this company."))
        for name in self._guarded_names():
            self[name]._origin.check_access("read")
