from odoo import api, fields, models
from odoo.tools import format_datetime

from .crm_value_run_flow import NEW_SHARE


class CrmValueImport(models.Model):
    """Importing many purchases asks for a run; what comes after it is said."""

    _inherit = "crm.value.import"

    next_note = fields.Char(string="What Comes Next", compute="_compute_next_note")
    asks_run = fields.Boolean(
        string="Not Valued Yet",
        compute="_compute_next_note",
        help="No run has valued the customers since, and none waits.",
    )

    @api.depends("state", "done_at", "company_id")
    @api.depends_context("lang", "tz")
    def _compute_next_note(self):
        done = self.filtered(lambda record: record.state == "done" and record.done_at)
        (self - done).next_note = False
        (self - done).asks_run = False
        for company, records in done.grouped("company_id").items():
            # Whoever imports need not see runs.
            runs = self.env["crm.value.run"].sudo()
            waiting, current = runs._waiting(company), runs._current(company)
            for record in records:
                valued = current.started_at and current.started_at >= record.done_at
                record.asks_run = not waiting and not valued
                record.next_note = self._say_next(waiting, valued and current)

    @api.model
    def _say_next(self, waiting, valued):
        """Return what becomes of the purchases: valued, being valued, or when."""
        if waiting:
            return waiting._say_under_way()
        if valued:
            return self.env._(
                "The customers were valued on %(time)s. Look at the overview and the "
                "customers.",
                time=format_datetime(self.env, valued.ended_at),
            )
        return self.env._(
            "The customers whose purchases these are get new figures within minutes; "
            "all customers are valued together in the next nightly run, or now."
        )

    def action_value_now(self):
        """Ask for a run of the company and open it: it says when it begins."""
        self.ensure_one()
        return self.env["crm.value.run"].with_company(self.company_id).action_run_now()

    def action_view_valued(self):
        """Open the customers of these purchases, with their figures."""
        self.ensure_one()
        self.check_access("read")
        own = [("company_id", "=", self.company_id.id)]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Customers of These Purchases"),
            "res_model": "crm.value.profile",
            "view_mode": "list,kanban,form",
            "domain": [*own, ("partner_id", "in", self._customers().ids)],
        }

    def _rescore(self, customers):
        """Score everybody anew where the scales rest on what has just changed.

        An import that is undone and made again changes customers who are known.
        """
        # Whoever imports need not see runs.
        run = self.env["crm.value.run"].sudo()._current(self.company_id)
        if len(customers) > NEW_SHARE * run.buyer_count:
            return self._rescore_everybody()
        return super()._rescore(customers)

    def _rescore_everybody(self):
        # Else only a manager may ask for one.
        self.env["crm.value.run"].sudo()._request(self.company_id)
        return super()._rescore_everybody()
