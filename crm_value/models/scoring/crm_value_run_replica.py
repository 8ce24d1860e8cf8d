from contextlib import contextmanager
from time import sleep

from odoo import models
from odoo.tools import SQL, config

PATIENCE = 30  # seconds


class CrmValueRun(models.Model):
    """The long read of a run goes to PostgreSQL's replica, where Odoo has one."""

    _inherit = "crm.value.run"

    @contextmanager
    def _reading(self):
        """Yield an environment to read documents and their stale marks with.

        Both come from one snapshot: a document the replica has not got yet keeps its
        mark, and the next refresh finds it.
        """
        if not config["db_replica_host"]:
            yield self.env
            return
        self._commit()  # the replica shows nothing else
        with self.env.registry.cursor(readonly=True) as cr:
            yield self.env(cr=cr) if self._caught_up(cr) else self.env

    def _caught_up(self, cr):
        """Wait until the replica shows this run as begun.

        Then it shows all that was committed before, also what a refresh has dealt with
        and forgotten; an older state would overwrite that.
        """
        begun = SQL(
            "SELECT FROM crm_value_run WHERE id = %s AND attempts = %s",
            self.id,
            self.attempts,
        )
        for _second in range(PATIENCE):
            cr.execute(begun)
            if cr.rowcount:
                return True
            cr.rollback()  # the next look is a new snapshot
            sleep(1)
        return False
