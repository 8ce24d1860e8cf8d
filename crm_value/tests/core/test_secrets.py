"""No path leads from what a user may see to what the user may not."""

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, new_test_user, tagged

MODULE = "crm_value"
FOLLOWERS = {"message_follower_ids", "message_partner_ids"}
# What the user sees names what the user may not search: the survey, the program.
NAMES = {"survey_title", "question_title", "audience", "program_id", "partner_id"}
REFUSED = (UserError, ValueError)  # of the ORM: not allowed, and no such query


@tagged("post_install", "-at_install")
class TestSecrets(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Where a rule leaves no row, Odoo asks for no right on the fields either.
        cls.env.company.value_sight = "all"
        cls.users = [
            new_test_user(cls.env, "secrets_user", "crm_value.group_user"),
            new_test_user(cls.env, "secrets_seller", "sales_team.group_sale_salesman"),
            new_test_user(cls.env, "secrets_officer", "crm_value.group_officer"),
            new_test_user(cls.env, "secrets_manager", "crm_value.group_manager"),
        ]

    def _ours(self, user):
        """Return our models that a user may read."""
        models = (self.env[name] for name in self.env.registry)
        return [
            model.with_user(user)
            for model in models
            if model._name.startswith("crm.value.")
            and not model._abstract
            and model.with_user(user).has_access("read")
        ]

    def _relations(self, model):
        """Return relations the user may read; whom Odoo lets follow is Odoo's."""
        return [
            field
            for field in model._fields.values()
            if field.comodel_name
            and field.name not in FOLLOWERS
            and model._has_field_access(field, "read")
        ]

    def _hidden(self, model):
        """Return fields the user may not read; Odoo's own searches are not ours.

        That a field of Odoo's is set tells nothing where it always is.
        """
        asked = [
            field
            for field in model._fields.values()
            if (field.store and not field.required)
            or (MODULE in field._modules and (field.store or field.search))
        ]
        if model.has_access("read"):
            return [f for f in asked if not model._has_field_access(f, "read")]
        plain = [field for field in asked if field.column_type and field.name != "id"]
        return [f for f in plain if f.groups] + [f for f in plain if not f.groups][:3]

    def _paths(self, user):
        """Give (model, path) to what the user may not read, two relations deep."""
        seen = set()
        for model in self._ours(user):
            for first in self._relations(model):
                comodel = model.env[first.comodel_name]
                for field in self._hidden(comodel):
                    yield model, f"{first.name}.{field.name}"
                if first.comodel_name in seen or not comodel.has_access("read"):
                    continue
                seen.add(first.comodel_name)
                for second in self._relations(comodel):
                    for field in self._hidden(model.env[second.comodel_name]):
                        yield model, f"{first.name}.{second.name}.{field.name}"

    def _reached(self, ask):
        """Return whether a query can be made."""
        try:
            ask()
        except REFUSED:
            return False
        return True

    def test_no_relation_of_ours_is_searched_past_the_rights_of_the_user(self):
        bypassing = [
            f"{name}.{field.name}"
            for name, model in self.env.registry.items()
            if name.startswith("crm.value.")
            for field in model._fields.values()
            if getattr(field, "bypass_search_access", False)
            and MODULE in field._modules
            and field.name not in model._inherits.values()
        ]
        self.assertEqual(bypassing, [])

    def test_no_search_reaches_what_the_user_may_not_read(self):
        for user in self.users:
            reached = [
                f"{model._name}: {path}"
                for model, path in self._paths(user)
                if self._reached(lambda m=model, p=path: m._search([(p, "!=", False)]))
            ]
            self.assertEqual(reached, [], user.login)

    def test_no_group_or_order_reaches_what_the_user_may_not_read(self):
        for user in self.users:
            reached = []
            for model, path in self._paths(user):
                for ask in (
                    lambda m=model, p=path: m._read_group([], [p], limit=1),
                    lambda m=model, p=path: m.search([], order=p, limit=1),
                ):
                    if path.count(".") == 1 and self._reached(ask):
                        reached.append(f"{model._name}: {path}")
            self.assertEqual(reached, [], user.login)

    def test_no_field_of_ours_repeats_what_the_user_may_not_read(self):
        for user in self.users:
            repeated = [
                f"{model._name}.{field.name}"
                for model in self._ours(user)
                for field in model._fields.values()
                if field.related
                and not field.inherited
                and field.compute_sudo
                and field.name not in NAMES
                and model._has_field_access(field, "read")
                and not self._may_follow(model, field.related)
            ]
            self.assertEqual(repeated, [], user.login)

    def _may_follow(self, model, path):
        for name in path.split("."):
            field = model._fields[name]
            if not (
                model.has_access("read") and model._has_field_access(field, "read")
            ):
                return False
            model = model.env[field.comodel_name] if field.comodel_name else model
        return True
