from odoo import api, models
from odoo.exceptions import UserError

from .crm_value_import import AT_ONCE


class CrmValueImport(models.Model):
    """Processing of an import: at once for a short file, else by the cron."""

    _inherit = "crm.value.import"

    def _schedule(self, task):
        """Do ``task`` now or queue it."""
        self.write(
            {"task": task, "user_id": self.env.uid, "attempts": 0, "message": False}
        )
        if task == "check":
            self._drop_staged()
            self.write({"rows_read": 0, "known_count": 0})
        if self.row_count <= AT_ONCE:
            self._do()
            return
        self.state = "queued"
        self._trigger()

    def _do(self, commit=None):
        if self.task == "check":
            self._check(commit)
        else:
            self._import()

    @api.model
    def _cron_import(self):
        """Work off the queue, and what a killed process left behind."""
        self._work_queue()

    def _as_worker(self):
        """Work with the rights, the language and the company of who asked for it."""
        user = self.user_id
        record = self.with_user(user).with_company(self.company_id)
        return record.with_context(lang=user.lang, tz=user.tz)

    def _perform(self):
        """Do the task; whatever goes wrong, nothing is half imported."""
        self._check_rights()
        self._do(self._commit_chunk)
        self._notify()

    def _commit_chunk(self):
        """Make progress visible. Only staging does: purchases stay all or none."""
        self.attempts = 0
        self._commit()

    def _say_interrupted(self):
        return self.env._(
            "The import was interrupted %(count)s times. Split the file, or "
            "have the time limit of the server's crons raised.",
            count=self.attempts,
        )

    def _say_error(self, error):
        if isinstance(error, UserError):
            return str(error)
        return self.env._(
            "The import stopped unexpectedly and nothing has been imported. "
            "The server's log says why."
        )

    def _fail(self, message):
        if self.state not in ("queued", "running"):
            return None
        result = super()._fail(message)
        self._notify()
        return result

    def _notify(self):
        """Tell who asked for it, wherever they are in Odoo."""
        texts = {
            "checked": self.env._("The file is checked."),
            "done": self.env._("The purchases are imported."),
            "failed": self.message,
        }
        self.user_id._bus_send(
            "simple_notification",
            {
                "type": "danger" if self.state == "failed" else "success",
                "title": self.name,
                "message": texts.get(self.state, ""),
                "sticky": True,
            },
        )
