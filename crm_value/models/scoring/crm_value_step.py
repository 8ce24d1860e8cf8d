from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from odoo import api, models

from ..purchases.crm_value_facts import Scope


@dataclass
class Flow:
    """One scoring under way: of whom, under which rules, and what was found so far.

    :param run: the crm.value.run that scores, or whose rules and scales hold
    :param scope: Scope
    :param figures: gathered facts, then the figures of each step; one array each
    :param learnt: step name → what it learnt from all customers together
    :param results: what steps found besides figures, under the names they give
    :param bad: {partner id: figures that are no numbers}; left out of the scoring
    :param marked: ids of the customers whose documents have changed
    :param changes: step name → the changes it watches, as dicts, once compared
    :param vanished: ids of the customers without any document left, once compared
    """

    run: models.Model
    scope: Scope
    figures: dict = field(default_factory=dict)
    learnt: dict = field(default_factory=dict)
    results: dict = field(default_factory=dict)
    bad: dict = field(default_factory=dict)
    marked: list = field(default_factory=list)
    changes: dict = field(default_factory=dict)
    vanished: list = field(default_factory=list)

    @property
    def company(self):
        return self.scope.company

    @property
    def day(self):
        return self.scope.as_of

    @property
    def partners(self):
        """Ids of the customers, in the order of the figures."""
        return self.figures["partner_id"]

    @cached_property
    def place(self):
        """A function from a column of ``scope.days.customers`` to the customers here.

        Its second argument stands where a customer has no purchase.
        """
        return placing(self.scope.days.customers, self.partners)


def placing(customers, partners):
    """Return a function that brings a column of ``customers`` to ``partners``.

    >>> place = placing(np.array([3, 5, 8]), np.array([5, 6]))
    >>> place(np.array([0.3, 0.5, 0.8]), np.nan).tolist()
    [0.5, nan]
    """
    rows = np.searchsorted(customers, partners)
    known = np.isin(partners, customers)

    def place(column, unknown):
        if not column.size:
            return np.full(known.shape, unknown)
        return np.where(known, column[np.minimum(rows, column.size - 1)], unknown)

    return place


class CrmValueStep(models.AbstractModel):
    """A capability's part in every scoring.

    A capability joins by one class that inherits this model under a name of its own,
    ``crm.value.step.<capability>``. It says which columns it needs and gives; nobody
    has to name it. A full run, a refresh, the preview of a policy and the explanation
    of a change walk the same steps, each with the verbs it is for.
    """

    _name = "crm.value.step"
    _description = "Step of a Scoring"

    _needs = ()  # figures, or results of other steps, that must be there before
    _gives = ()  # figures and results that the step adds

    @api.model
    def _prepare(self, flow):
        """Write what must be there before the documents are read."""

    @api.model
    def _fit(self, flow):
        """Return what a run over all customers learns from their purchases alone."""

    @api.model
    def _compute(self, flow):
        """Return the step's figures, one array each.

        What ``flow.learnt`` holds under the step's name comes from a run over all
        customers. Where nothing is there, the step learns from those of the flow, and
        puts it there. Results that are no figures go to ``flow.results``.
        """
        return {}

    @api.model
    def _kept(self, learnt):
        """Return what was learnt as plain data, to be kept on the run."""
        return {}

    @api.model
    def _recall(self, kept):
        """Return what was learnt, from the plain data that a run has kept.

        Runs before the step was there have kept nothing of it.
        """

    @api.model
    def _learnt_by(self, run):
        """Return what a run over all customers has learnt."""
        return self._recall(run.cuts or {})

    @api.model
    def _override(self, flow):
        """Let what people have set replace what was computed, in the incoming rows."""

    @api.model
    def _change(self, flow):
        """Return what change of a customer the step acts on.

        :return: (SQL condition, {name: SQL}) of ``incoming``, a customer's new row,
            and ``profile``, the one before, if any; None: the step watches nothing
        """

    @api.model
    def _before_store(self, flow):
        """Read what the incoming rows are about to replace in the profiles."""

    @api.model
    def _store(self, flow):
        """Store what the step keeps beside the profiles, once these are written."""

    @api.model
    def _store_month(self, run):
        """Store what the step keeps of a past day, once its customers are stored."""

    @api.model
    def _decide(self, flow, changes):
        """Log the changes and act on them, through the ORM."""

    # --- all of them ----------------------------------------------------------------

    @api.model
    def _all(self):
        """Return the steps, each after those that give what it needs."""
        names = self.env.registry.descendants([self._name], "_inherit")
        return _sorted([self.env[name] for name in names if name != self._name])

    @api.model
    def _giving(self, *wanted):
        """Return the steps that are needed for some columns, in order."""
        steps, wanted = [], set(wanted)
        for step in reversed(self._all()):
            if wanted.intersection(step._gives):
                wanted.update(step._needs)
                steps.insert(0, step)
        return steps

    @api.model
    def _recall_all(self, run):
        """Return what a run over all customers has learnt, by step."""
        return {step._name: step._learnt_by(run) for step in self._all()}

    @api.model
    def _kept_all(self, flow):
        """Return what was learnt, as plain data."""
        kept = {}
        for step in self._all():
            kept.update(step._kept(flow.learnt.get(step._name)))
        return kept

    @api.model
    def _register_hook(self):
        """Refuse to start where a step needs what nobody gives."""
        super()._register_hook()
        if self._name == "crm.value.step":
            steps = self._all()
            known = {name for step in steps for name in step._gives}
            known.update(self.env["crm.value.figures"]._fields)
            _check(steps, known)


def _check(steps, known):
    """Raise where a step needs a column that is not among the known ones."""
    for step in steps:
        missing = sorted(set(step._needs) - known)
        if missing:
            raise ValueError(f"{step._name} needs {missing}, which nobody gives.")


def _sorted(steps):
    """Return the steps in the order of their needs, else as they were loaded."""
    givers = {name: step._name for step in steps for name in step._gives}
    before = {
        step._name: {givers[name] for name in step._needs if name in givers}
        for step in steps
    }
    left, done = list(steps), []
    while left:
        names = {step._name for step in left}
        ready = [step for step in left if not before[step._name] & names]
        if not ready:
            raise ValueError(f"These steps need each other: {sorted(names)}")
        done.append(ready[0])
        left.remove(ready[0])
    return done
