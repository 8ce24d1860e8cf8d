from odoo import api, models

OFFERED = ("aggregator", "exportable", "groupable", "searchable", "sortable")


class CrmValueParted(models.AbstractModel):
    """Fields that belong to a part which may not be in use.

    A class that adds such fields to a model names their part. To who does not use it,
    they are no groupings, filters, measures or columns of an export.
    """

    _name = "crm.value.parted"
    _description = "Fields of Parts in Use"

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        found = super().fields_get(allfields, attributes)
        for name in self._unused_fields() & found.keys():
            found[name].update({key: False for key in OFFERED if key in found[name]})
        return found

    @api.model
    def _unused_fields(self):
        """Return the names of the fields whose part the user does not use."""
        parts = {}
        for one in reversed(type(self).mro()):  # whoever adds a field comes first
            part = vars(one).get("_field_part")
            parts = dict.fromkeys(vars(one).keys() & self._fields.keys(), part) | parts
        unused = {part for part in filter(None, parts.values()) if not self._uses(part)}
        return {name for name, part in parts.items() if part in unused}

    @api.model
    def _uses(self, part):
        return self.env.user.has_group(f"crm_value.group_part_{part}")
