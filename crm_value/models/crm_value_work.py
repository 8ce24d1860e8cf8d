import logging

from odoo import api, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)


class CrmValueWork(models.AbstractModel):
    """Records that a cron works off batch by batch, each batch in a transaction.

    What a killed process had begun is waiting as before. A record that fails is set
    aside, so that the others of its batch go on.
    """

    _name = "crm.value.work"
    _description = "Customer Value Work"
    _batch_size = 200

    @api.model
    def _work_off(self, domain, method):
        """Call ``method`` on all records of a domain; return False if time is over."""
        last = 0
        while batch := self.search(
            Domain(domain) & Domain("id", ">", last), order="id", limit=self._batch_size
        ):
            last = batch.ids[-1]
            batch._work_safely(method)
            remaining = self.search_count(Domain(domain) & Domain("id", ">", last))
            if not self.env["ir.cron"]._commit_progress(
                len(batch), remaining=remaining
            ):
                self._trigger()
                return False
        return True

    def _work_safely(self, method):
        """Work on a batch that nobody else works on; on an error, one by one."""
        try:
            with self.env.cr.savepoint():
                getattr(self.try_lock_for_update(), method)()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            self._trigger()  # another transaction came first: a new one will see it
        except Exception as error:
            if len(self) > 1:
                for record in self:
                    record._work_safely(method)
            else:
                _logger.exception("%s failed", self)
                self._fail(error)

    def _fail(self, error):
        """Keep why a record cannot be worked off."""
        raise NotImplementedError

    @api.model
    def _trigger(self):
        # Whoever asks for work need not edit crons.
        self.env.ref("crm_value.ir_cron_playbook").sudo()._trigger()
