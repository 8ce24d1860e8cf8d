from odoo import api, models
from odoo.tools import SQL


class CrmValueRun(models.Model):
    """Month ends that were filled in afterwards, before older purchases were imported.

    The company has not lived through them: nobody has acted on what they say, so they
    are made anew. From the first scoring on, a month keeps what was said then.
    """

    _inherit = "crm.value.run"

    @api.model
    def _first(self, company):
        """Return the first scoring of a company that had a customer."""
        return self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "done"),
                ("is_past", "=", False),
                ("buyer_count", ">", 0),
            ],
            order="as_of",
            limit=1,
        )

    @api.model
    def _outdated(self, company):
        """Return the runs of months filled in that an import has changed since."""
        first = self._first(company)
        if not first:
            return self.browse()
        self.flush_model()
        self.env["crm.value.import"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM crm_value_run run
                WHERE company_id = %s AND state = 'done' AND is_past AND as_of < %s
                    AND EXISTS (
                        SELECT FROM crm_value_import later
                        WHERE later.company_id = run.company_id
                            AND later.state IN ('done', 'undone')
                            AND later.date_from <= run.as_of
                            AND coalesce(later.undone_at, later.done_at)
                                > run.started_at
                    )
                """,
                company.id,
                first.as_of,
            )
        )
        return self.browse(row[0] for row in rows)

    def _make_room(self):
        """Forget what an outdated run said of this month end, and its changes."""
        outdated = self._outdated(self.company_id).filtered(
            lambda run: run.as_of == self.as_of
        )
        if not (outdated and self._is_month_end()):
            return
        self.env.cr.execute(
            SQL(
                "DELETE FROM crm_value_snapshot WHERE run_id = ANY(%s) AND month_end",
                outdated.ids,
            )
        )
        self.env["crm.value.snapshot"].invalidate_model()
        self.env["crm.value.transition"]._forget_month_end(self)
