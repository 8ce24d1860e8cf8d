from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class CrmValueShared(models.AbstractModel):
    """What all companies share: changed for all of them or not at all, kept while used.

    A record without a company counts for every company. Whoever manages one of them
    only reads it, and makes an own copy where the model has a company.
    """

    _name = "crm.value.shared"
    _description = "Shared by Companies"

    # The path to the company; without one, every record of the model is shared.
    _shared_unless = ""

    @api.model
    def _may_share(self):
        """Return whether the user may change what counts for every company."""
        return self.env.su or self.env.user._value_may_share()

    def _shared(self):
        """Return those that count for every company."""
        if not self._shared_unless:
            return self
        return self.filtered(lambda record: not record.mapped(self._shared_unless))

    def _check_access(self, operation):
        """Refuse to change shared records to who works in some companies only.

        Where all are shared, it is refused for the model: Odoo hides its buttons.
        """
        refused = super()._check_access(operation)
        if refused or operation == "read" or self._may_share():
            return refused
        real = self.filtered("id")
        shared = real.sudo()._shared().with_env(self.env)
        if not shared and (self or self._shared_unless):
            return None
        return shared, lambda: shared._shared_error()

    def _shared_error(self):
        names = self.sudo()[:3].mapped("display_name") or [self._description]
        if self._shared_unless == "company_id":
            message = self.env._(
                "%(records)s: shared by all companies. Only a system administrator, or "
                "a manager who is allowed in every company, can change this. Duplicate "
                "it to have one for your company.",
                records=", ".join(names),
            )
        else:
            message = self.env._(
                "%(records)s: shared by all companies. Only a system administrator, or "
                "a manager who is allowed in every company, can change this.",
                records=", ".join(names),
            )
        return AccessError(message)

    def write(self, vals):
        """Refuse to hand over to all companies what belonged to one."""
        result = super().write(vals)
        if self._shared_unless.split(".")[0] in vals:
            self.check_access("write")
        return result

    def copy_data(self, default=None):
        """Give the copy to the company of whoever may not make a shared one."""
        found = super().copy_data(default)
        if self._shared_unless == "company_id" and not self._may_share():
            for vals in found:
                vals["company_id"] = vals.get("company_id") or self.env.company.id
        return found

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        """Refuse to delete what something would lose; archived, it keeps its name."""
        uses = self._uses()
        for used in self:
            if user := used._find_user(uses, self):
                raise UserError(used._used_message(user))

    def _find_user(self, uses, deleted):
        """Return a record that would lose this one, of those that stay, if any."""
        for field in uses:
            domain = Domain(field.name, "in", self.ids)
            if field.model_name == self._name:
                domain &= Domain("id", "not in", deleted.ids)
            records = self.env[field.model_name].sudo().with_context(active_test=False)
            if found := records.search(domain, limit=1):
                return found
        return None

    def _uses(self):
        """Return the stored relations to this model, without those of its parts."""
        found = []
        for name, model in self.env.registry.items():
            if model._abstract or model._transient or not model._auto:
                continue
            part = "cascade" if hasattr(model, "_shared_unless") else None
            found += [
                field
                for field in model._fields.values()
                if field.type in ("many2one", "many2many")
                and field.comodel_name == self._name
                and field.store
                and field.model_name == name
                and getattr(field, "ondelete", None) != part
            ]
        return found

    def _used_message(self, user):
        names = {"name": self.display_name, "what": user._description}
        if "active" in self._fields:
            return self.env._(
                "%(name)s is in use (%(what)s). Archive it instead: what used it keeps "
                "it, and nobody can choose it any more.",
                **names,
            )
        return self.env._(
            "%(name)s is in use (%(what)s) and cannot be deleted.", **names
        )
