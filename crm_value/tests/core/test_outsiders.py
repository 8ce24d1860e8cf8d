"""Methods that a client may call, called by people who have no rights here."""

import inspect

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..common import TODAY, ValueCommon, ago

# What anybody may ask for: an address that checks again, or the portal's own.
OPEN = {
    ("crm.value.import", "action_download_template"),
}


@tagged("post_install", "-at_install")
class TestOutsiders(ValueCommon):
    """A portal user reaches every public method of every model by RPC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for customer in cls._population(5):
            cls._transaction(customer, 50, ago(3))
        cls._score(as_of=TODAY)
        cls.portal = new_test_user(
            cls.env, login="outsider", groups="base.group_portal"
        )
        cls.employee = new_test_user(cls.env, login="insider", groups="base.group_user")

    def methods(self, model):
        """Yield the public methods of ours that need no argument."""
        for name, method in inspect.getmembers(type(model), inspect.isfunction):
            ours = method.__module__.startswith("odoo.addons.crm_value.")
            private = getattr(method, "_api_private", False)
            if name.startswith("_") or not ours or private or name in CRUD:
                continue
            parameters = list(inspect.signature(method).parameters.values())[1:]
            if all(p.default is not p.empty or p.kind in LOOSE for p in parameters):
                yield name

    def records(self, model):
        if model._abstract or model._transient or not model._auto:
            return model
        return model.sudo().search([], limit=1)

    def test_nobody_without_rights_learns_of_a_record(self):
        told = set()
        for name in sorted(self.env.registry):
            if not name.startswith("crm.value."):
                continue
            for user in (self.portal, self.employee):
                record = self.records(self.env[name]).with_user(user).sudo(False)
                told |= {
                    (name, method)
                    for method in self.methods(self.env[name])
                    if (name, method) not in OPEN and self.call(record, method)
                }
        self.assertFalse(told)

    def call(self, record, method):
        """Return what a method answers, nothing where it refuses."""
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint():
                return getattr(record, method)()
        except (AccessError, UserError, ValueError):
            return None


CRUD = {"create", "write", "unlink", "copy", "copy_data", "default_get", "init"}
CRUD.add("fields_get")  # Odoo tells anybody which fields there are for their groups
LOOSE = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
