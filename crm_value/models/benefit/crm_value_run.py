from contextlib import contextmanager

from odoo import models
from odoo.tools import config


class CrmValueRun(models.Model):
    """What was granted is booked before it is read."""

    _inherit = "crm.value.run"

    @contextmanager
    def _booked(self, scope):
        """Book the benefits of all customers, in the transaction that reads them.

        A replica only shows what was committed; a run for a past date books nothing.
        """
        if not self.is_past:
            self.env["crm.value.benefit"]._book(scope)
            if config["db_replica_host"]:
                self._commit()
        yield
