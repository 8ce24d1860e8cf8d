from odoo import api, models
from odoo.exceptions import AccessError
from odoo.models import MAGIC_COLUMNS

from ...const import OURS


class CrmValueQueue(models.AbstractModel):
    """Guard of a job's own fields: what is read-only is written by the job alone.

    Views only show that a field is read-only; clients may send what they like, also
    as a default in the context. What a job obeys (who asked, what for, how far it is)
    must not come from there, as it may work with more rights than the client has.
    """

    _inherit = "crm.value.queue"

    @api.model
    def _guarded(self):
        """Return the names of the fields that no client writes."""
        return {
            name
            for name, field in self._fields.items()
            if field.readonly and name not in MAGIC_COLUMNS
        }

    @api.model
    def default_get(self, fields):
        """Begin as the model says, not as a context or a stored default does."""
        values = super().default_get(fields)
        for name in self._guarded() & values.keys():
            field = self._fields[name]
            del values[name]
            if field.default:
                values[name] = field.convert_to_write(field.default(self), self)
        return values

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse what only the job may write."""
        self._refuse_guarded({name for vals in vals_list for name in vals})
        return super().create(vals_list)

    def write(self, vals):
        """Refuse what only the job may write."""
        self._refuse_guarded(vals)
        return super().write(vals)

    def copy_data(self, default=None):
        """Copy what was asked for, not what came of it."""
        guarded = self._guarded().difference(default or () if self.env.su else ())
        return [
            {name: value for name, value in vals.items() if name not in guarded}
            for vals in super().copy_data(default)
        ]

    def _note(self, vals):
        """Write what only the job may write, with the rights of whoever is at it."""
        return self.with_context(crm_value_noting=OURS).write(vals)

    @api.model
    def _is_noting(self):
        return self.env.context.get("crm_value_noting") is OURS

    @api.model
    def _refuse_guarded(self, names):
        if self.env.su or self._is_noting():
            return
        if found := sorted(self._guarded().intersection(names)):
            raise AccessError(
                self.env._(
                    "“%(field)s” is filled in by the job and cannot be entered.",
                    field=self._fields[found[0]]._description_string(self.env),
                )
            )
