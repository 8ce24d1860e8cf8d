from odoo import fields, models
from odoo.exceptions import UserError


class CrmValueSnapshot(models.Model):
    """The figures of one customer on one past day; never changed afterwards.

    ``origin_id`` keeps the customer's id of that day: when customers are merged, both
    histories come to the same partner without either being rewritten.
    """

    _name = "crm.value.snapshot"
    _inherit = ["crm.value.figures"]
    _description = "Customer Value Snapshot"
    _is_result = True
    _order = "date DESC, value_score DESC NULLS LAST, id"
    _rec_name = "partner_id"

    # Nobody, once the customer is erased: the month keeps its figures.
    partner_id = fields.Many2one(required=False, ondelete="set null")
    run_id = fields.Many2one(
        "crm.value.run", required=True, index=True, ondelete="cascade", readonly=True
    )
    policy_id = fields.Many2one(related="run_id.policy_id")
    date = fields.Date(required=True, readonly=True)
    month_end = fields.Boolean(
        readonly=True,
        help="Part of the monthly history, not only of a run for a past date.",
    )
    origin_id = fields.Integer(
        aggregator=None, string="Customer ID at the Time", required=True, readonly=True
    )

    _run_origin_uniq = models.UniqueIndex("(run_id, origin_id)")
    # Carries what the statement of customer equity compares from month to month.
    _month_idx = models.UniqueIndex(
        "(company_id, date, origin_id)"
        " INCLUDE (id, partner_id, clv, clv_restated, relation) WHERE month_end"
    )

    def write(self, vals):  # pylint: disable=method-required-super
        """Refuse: the past is read-only."""
        raise UserError(
            self.env._(
                "A snapshot holds the figures of a past day and cannot be changed. "
                "Start a run for that date to compute them again alongside it."
            )
        )
