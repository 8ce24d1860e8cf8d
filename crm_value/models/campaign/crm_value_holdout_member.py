from odoo import api, fields, models

from ...fields import NullableMoney
from .const import HELD, TREATED


class CrmValueHoldoutMember(models.Model):
    """A customer of a control group: drawn once, with a window of its own."""

    _name = "crm.value.holdout.member"
    _description = "Customer of a Control Group"
    _log_access = False
    _order = "date_start DESC, id DESC"
    _rec_name = "partner_id"

    holdout_id = fields.Many2one(
        "crm.value.holdout", string="Control Group", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="cascade"
    )
    origin_id = fields.Integer(
        aggregator=None, string="Original Customer ID", required=True
    )
    arm = fields.Selection(
        [(TREATED, "Gets It"), (HELD, "Held Out")], string="Group", required=True
    )
    share = fields.Float(aggregator=None, help="Held out when it was drawn.")
    stratum = fields.Char(
        help="Of a playbook the quarter of the draw and the share held out; of a year "
        "the quadrant and the third of the margin before."
    )
    date_start = fields.Date(string="Window From", required=True)
    date_end = fields.Date(string="Window To", required=True)
    margin_before = NullableMoney(
        string="Margin Before", aggregator="avg", help="In as many days before."
    )
    margin_after = NullableMoney(
        string="Margin in the Window", aggregator="avg", help="Known once measured."
    )
    is_merged = fields.Boolean(
        string="Merged",
        help="Merged with another customer of the same group, whose draw counts.",
    )

    _once = models.UniqueIndex("(holdout_id, origin_id)")
    _end_idx = models.Index("(holdout_id, date_end)")
    _company_idx = models.Index("(company_id, partner_id) WHERE arm = 'held'")

    @api.model
    def _first_arms(self, domain):
        """Return {(control group id, customer id): member}: first of merged."""
        found = {}
        for member in self.search(domain, order="id"):
            found.setdefault((member.holdout_id.id, member.partner_id.id), member)
        return found

    @api.model
    def _held_now(self, company, partners, day, kind):
        """Return the members held out on a day: one each of customer and group."""
        arms = self._first_arms(
            [
                ("company_id", "=", company.id),
                ("holdout_id.kind", "=", kind),
                ("partner_id", "in", partners.ids),
                ("date_start", "<=", day),
                ("date_end", ">=", day),
                "|",
                ("holdout_id.playbook_id", "=", False),
                ("holdout_id.playbook_id.hold_share", ">", 0),
            ]
        )
        return self.union(*(one for one in arms.values() if one.arm == HELD))
