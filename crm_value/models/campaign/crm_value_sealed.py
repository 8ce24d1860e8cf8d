from odoo import api, models


class CrmValueSealed(models.AbstractModel):
    """Seal mixin: what a form shows and does not let edit is written by its code alone.

    A client may send any field; Odoo asks only whether the record may be written.
    """

    _name = "crm.value.sealed"
    _description = "Results Written by Their Own Code Alone"

    @api.model_create_multi
    def create(self, vals_list):
        """Begin without results: they are written by the code that finds them."""
        return super().create([self._unsealed(vals) for vals in vals_list])

    def write(self, vals):
        """Leave the results as they are."""
        return super().write(self._unsealed(vals))

    @api.model
    def _unsealed(self, vals):
        """Return what a user may write of ``vals``."""
        if self.env.su:
            return vals
        sealed = {name for name, field in self._fields.items() if field.readonly}
        return {name: value for name, value in vals.items() if name not in sealed}
