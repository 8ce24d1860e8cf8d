import logging

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)


class CrmValueWork(models.AbstractModel):
    """Mixin of batch jobs: a cron processes records in batches, one transaction each.

    What a killed process had begun is waiting as before. A record that fails is set
    aside, so that the others of its batch go on.
    """

    _name = "crm.value.work"
    _description = "Customer Value Background Job"
    _batch_size = 200
    _job = None  # the cron that works them off, by its XML id

    @api.model
    def _work_off(self, domain, method):
        """Call ``method`` on all records of a domain; return False if time is over.

        What is done leaves the domain, so that the next call goes on with the others.
        """
        return self._work_batches(domain, [method], self.env["crm.value.bookmark"])

    @api.model
    def _work_round(self, name, domain, methods):
        """Call ``methods`` on records that stay in the domain, once in each round.

        Where time is over, the next call goes on behind the last batch; the call after
        the end begins the next round. One that was left unfinished for a night is
        followed by another at once.
        """
        bookmark = self.env["crm.value.bookmark"]._named(name)
        started = bookmark.started
        if self._work_batches(domain, methods, bookmark):
            bookmark.last_id = 0
            if started < fields.Date.today():
                self._trigger()

    @api.model
    def _work_batches(self, domain, methods, bookmark):
        """Work from the bookmark on; return False if time is over and work is left."""
        last = bookmark.last_id
        while batch := self.search(
            Domain(domain) & Domain("id", ">", last), order="id", limit=self._batch_size
        ):
            last = batch.ids[-1]
            for method in methods:
                batch._work_safely(method)
            remaining = self.search_count(Domain(domain) & Domain("id", ">", last))
            bookmark.last_id = last if remaining else 0
            time_left = self.env["ir.cron"]._commit_progress(
                len(batch), remaining=remaining
            )
            if remaining and not time_left:
                self._trigger()
                return False
        return True

    def _work_safely(self, method):
        """Work on a batch that nobody else works on; on an error, one by one."""
        try:
            with self.env.cr.savepoint():
                getattr(self.try_lock_for_update(), method)()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            self._try_again()  # another transaction came first: a new one will see it
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
    def _try_again(self):
        """Ask for another call, as something was at work elsewhere."""
        self._trigger()

    @api.model
    def _trigger(self):
        # Whoever asks for work need not edit crons.
        self.env.ref(self._job).sudo()._trigger()


class CrmValueBookmark(models.Model):
    """Cursor of a batch job: where the cron goes on after its time was up.

    It is written in the transaction of the batch: after a kill the round goes on behind
    the last batch that is kept.
    """

    _name = "crm.value.bookmark"
    _description = "Progress of a Batch Job"

    name = fields.Char(required=True)
    last_id = fields.Integer(
        aggregator=None,
        help="The last record processed; 0 while no round is in progress.",
    )
    started = fields.Date(help="The day the round began.")

    _once = models.UniqueIndex("(name)")

    @api.model
    def _named(self, name):
        """Return the bookmark of a job; one between two rounds begins today."""
        bookmark = self.search([("name", "=", name)]) or self.create({"name": name})
        if not bookmark.last_id:
            bookmark.started = fields.Date.today()
        return bookmark
