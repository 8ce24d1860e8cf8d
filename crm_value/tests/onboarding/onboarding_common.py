from odoo.tests import new_test_user

from ..common import ValueCommon

STEP, PANEL = "onboarding.onboarding.step", "onboarding.onboarding"
NAMES = ["purchases", "data", "preset", "score", "publish"]


class OnboardingCommon(ValueCommon):
    """A company that begins, its manager, and what the panel tells that one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._user("first_manager", "crm_value.group_manager")

    @classmethod
    def _user(cls, login, group):
        return new_test_user(
            cls.env,
            login=login,
            groups=f"base.group_user,{group}",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )

    def _as(self, model, user=None):
        return self.env[model].with_user(user or self.manager)

    def _steps(self):
        """Return {name: what the panel shows of a step}."""
        told = self._as(PANEL).get_value_steps()
        return {step["name"]: step for step in told["steps"]}

    def _states(self):
        return {name: step["state"] for name, step in self._steps().items()}

    def _take(self, name):
        """Press the button of a step, and return what it opens."""
        return getattr(self._as(STEP), self._steps()[name]["method"])()

    def _skip(self, name):
        return self._as(STEP).action_value_skip(self._steps()[name]["id"])

    def _undo(self, name):
        return self._as(STEP).action_value_undo(self._steps()[name]["id"])

    def _opened(self, action):
        """Return the dialog of an action as the manager has it."""
        model = self._as(action["res_model"])
        if action.get("res_id"):
            return model.browse(action["res_id"])
        return model.with_context(**action.get("context", {})).create({})

    @classmethod
    def _buyers(cls, count):
        """Return customers who bought at different times, as a file brings them."""
        customers = [cls._customer(f"Buyer {at}") for at in range(count)]
        for at, customer in enumerate(customers):
            each = [
                (50 + 10 * at, 3 + (7 + at % 9) * turn) for turn in range(1 + at % 6)
            ]
            cls._purchases(customer, *each)
        return customers

    def _policies(self):
        return self.env["crm.value.policy"].search(
            [("company_id", "=", self.company.id)], order="version"
        )

    def _in_force(self):
        return self.env["crm.value.policy"]._published(self.company)
