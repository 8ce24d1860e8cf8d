"""Our fields on Odoo's records answer no question of those who may not read them."""

import re

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged

MODULE = "crm_value"
QUESTIONS = [("!=", False), ("=", False), (">", 0), ("in", [1]), ("not in", [1])]
# Switches of the letter and the digest, no figures: Odoo reads a digest's with the
# rights of whoever sends it, and a user's own stand in the preferences.
# What employees may know: own switches, and when tickets that they may read are due.
# Odoo groups by many2many without asking: what the tickets of one's own are about; and
# a related field answers what its path answers, as the currency of the company.
SWITCHES = re.compile(
    r"res\.users\.value_letter|digest\.digest\.kpi_value_[a-z]+"
    r"|helpdesk\.ticket\.value_due|helpdesk\.ticket\.stage\.value_waiting"
    r"|helpdesk\.ticket\.team\.value_calendar_id"
    r"|helpdesk\.ticket\.value_(product_ids|currency_id)"
)
NO_QUESTION = (ValueError, TypeError, NotImplementedError)  # it makes no sense


@tagged("post_install", "-at_install")
class TestSearchGroups(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = [
            new_test_user(cls.env, "asking_employee", "base.group_user"),
            new_test_user(cls.env, "asking_portal", "base.group_portal"),
            cls.env.ref("base.public_user"),
        ]

    def _fields_of_ours(self):
        """Give (model, field) of what we add to Odoo's models."""
        for name, model in self.env.registry.items():
            if name.startswith("crm.value.") or model._abstract or model._transient:
                continue
            for field in model._fields.values():
                if field._modules == (MODULE,) and not field.inherited:
                    yield name, field

    def _answers(self, ask):
        """Return whether a question gets an answer."""
        try:
            ask()
        except AccessError:
            return False
        except NO_QUESTION:
            return False
        return True

    def _questions(self, model, path, field):
        asked = [
            lambda term=term: model.search_count([(path, *term)])
            for term in QUESTIONS
            if field._description_searchable
        ]
        grain = ":month" if field.type in ("date", "datetime") else ""
        return [
            *asked,
            lambda: model.formatted_read_group([], [f"{path}{grain}"], ["__count"]),
            lambda: model.formatted_read_group([], [], [f"{path}:count_distinct"]),
            lambda: model.search([], order=path),
        ]

    def test_no_field_of_ours_answers_who_may_not_read_it(self):
        for user in self.users:
            answered = {
                f"{name}.{field.name}"
                for name, field in self._fields_of_ours()
                for model in [self.env[name].with_user(user)]
                if model.has_access("read")
                and not SWITCHES.fullmatch(f"{name}.{field.name}")
                for ask in self._questions(model, field.name, field)
                if self._answers(ask)
            }
            self.assertEqual(answered, set(), user.login)

    def test_no_way_over_a_user_leads_to_a_figure_of_the_contact(self):
        model = self.env["res.users"].with_user(self.users[0])
        ways = ["partner_id", "message_partner_ids"]  # Odoo follows both unasked
        answered = {
            field.name
            for name, field in self._fields_of_ours()
            if name == "res.partner"
            and field._description_searchable
            and not field.store
            for path in (field.name, *(f"{way}.{field.name}" for way in ways))
            for term in QUESTIONS
            if self._answers(lambda p=path, t=term: model.search_count([(p, *t)]))
        }
        self.assertEqual(answered, set())
