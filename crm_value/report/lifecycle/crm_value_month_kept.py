import logging

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)


class CrmValueMonthKept(models.Model):
    """Two month ends whose sums are kept, so that no screen adds up customers.

    A month end never changes, so its sums are made once. The month that is not over
    ends with the profiles: a refresh moves its few customers from sum to sum, a run
    over all drops the sums, and whoever works it off makes them anew at once. What is
    not kept is added up where it is asked for: slow, but the same figures.
    """

    _name = "crm.value.month.kept"
    _inherit = ["crm.value.guarded"]
    _description = "Month Ends Whose Sums Are Kept"
    _is_result = True
    _rec_name = "model"
    _order = "company_id, model, date_to DESC, date_from DESC, id"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    model = fields.Char(required=True, help="What the sums are of.")
    date_from = fields.Date(string="From the End of")
    date_to = fields.Date(string="To the End of")
    is_open = fields.Boolean(
        string="Until Today", help="The later end is today's profiles."
    )
    is_measured = fields.Boolean()
    model_change = fields.Char(string="Change of Model")

    _pair_idx = models.Index("(company_id, model, date_to, date_from)")

    @api.model
    def _cron_keep(self):
        """Make the sums that are missing; safe to start at any time."""
        for company in self.env["res.company"]._value_all_scored():
            if not self._make(company):
                self._ask(minutes=1)

    @api.model
    def _make(self, company):
        """Make what is missing of a company; return False if a run is in the way.

        What goes wrong is logged: reports add up themselves what is not kept.
        """
        try:
            return self._keep(company)
        except Exception:
            self.env.cr.rollback()
            self.env.invalidate_all()
            _logger.exception("Monthly sums of company %s failed", company.id)
            return True

    @api.model
    def _keep(self, company):
        """Make what is missing of a company; return False if a run is in the way.

        While sums are added up, no refresh may change a profile. Each model lets
        others have their turn.
        """
        for total in self._totals():
            with self.env["crm.value.run"]._company_lock(company) as locked:
                if not locked or self._is_busy(company):
                    return False
                self._commit()  # what others wrote until now shall be seen
                total._keep(company)
        return True

    @api.model
    def _is_busy(self, company):
        """Return whether runs are waiting, after which sums would be made again."""
        return self.env["crm.value.run"].search_count(
            [("company_id", "=", company.id), ("state", "in", ("queued", "running"))],
            limit=1,
        )

    @api.model
    def _totals(self):
        """Return the models that keep sums."""
        base = "crm.value.month.total"
        names = self.env.registry.descendants([base], "_inherit")
        return [self.env[name] for name in sorted(names) if name != base]

    @api.model
    def _ask(self, minutes=0):
        """Have what is missing made soon."""
        at = fields.Datetime.add(fields.Datetime.now(), minutes=minutes)
        self.env.ref("crm_value.ir_cron_keep").sudo()._trigger(at if minutes else None)

    @api.model
    def _commit(self):
        self.env["ir.cron"]._commit_progress(0)

    @api.model
    def _drop(self, companies, which=None):
        """Forget the sums of some month ends, all of them without a condition."""
        self.flush_model()
        self.env.cr.execute(
            SQL(
                "DELETE FROM crm_value_month_kept"
                " WHERE company_id = ANY(%s) AND %s RETURNING id",
                companies.ids,
                which or SQL("TRUE"),
            )
        )
        if self.env.cr.rowcount:
            self.invalidate_model()
            self._ask()


class CrmValueStepKept(models.AbstractModel):
    """Step of a scoring that keeps sums as the rows are that they are made of."""

    _name = "crm.value.step.kept"
    _inherit = "crm.value.step"
    _description = "Step of a Scoring: Sums That Are Kept"

    @api.model
    def _change(self, flow):
        """Watch the cohort, by which some of the sums go."""
        kept = self.env["crm.value.month.kept"]
        if kept.search_count([("company_id", "=", flow.company.id)], limit=1):
            return OTHER_COHORT, {}
        return None

    @api.model
    def _before_store(self, flow):
        """Take out of the sums what the profiles to come will change."""
        kept = self.env["crm.value.month.kept"]
        if flow.scope.partner_ids is None:
            kept._drop(flow.company, SQL("is_open"))
        for total in kept._totals():
            total._take_out(flow)

    @api.model
    def _store(self, flow):
        """Put into the sums what the profiles have become."""
        kept = self.env["crm.value.month.kept"]
        for total in kept._totals():
            total._put_in(flow)
        if flow.scope.partner_ids is None:
            kept._ask()

    @api.model
    def _store_month(self, run):
        """A month end was stored, maybe anew: its sums are made again."""
        kept = self.env["crm.value.month.kept"]
        touched = SQL("(%s IN (date_from, date_to) OR date_to IS NULL)", run.as_of)
        kept._drop(run.company_id, touched)
        kept._ask()


BEFORE = SQL(
    "CASE WHEN profile.purchase_count > 0 THEN profile.first_purchase_date END"
)
NOW = SQL(
    "CASE WHEN incoming.purchase_count > 0"
    " THEN NULLIF(incoming.first_purchase_date, '-infinity') END"
)
# The month of a day is asked for last: it takes longest.
OTHER_COHORT = SQL(
    "%(before)s IS DISTINCT FROM %(now)s AND date_trunc('month', %(before)s)"
    " IS DISTINCT FROM date_trunc('month', %(now)s)",
    before=BEFORE,
    now=NOW,
)
