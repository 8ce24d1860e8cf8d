from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date

from ...analytics.lifecycle.state import FEW
from ...const import OFFICER
from ..scoring.const import QUADRANTS
from .const import PATTERNS

ANSWER = {"reason_id", "note"}
OLD = timedelta(days=31)  # what a run finds later than that, it finds in a history


class CrmValueEnding(models.Model):
    """Churned relationship: its defection pattern and the exit reason.

    Runs find the endings in the purchases, those of the past as well. What people say
    about them is kept: a run neither changes nor removes an answer.
    """

    _name = "crm.value.ending"
    _inherit = ["mail.thread", "mail.activity.mixin", "crm.value.guarded"]
    _description = "Churned Relationship"
    _is_result = True
    _order = "ended_on DESC, id DESC"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    origin_id = fields.Integer(
        aggregator=None, string="Customer ID at the Time", required=True, readonly=True
    )
    began_on = fields.Date(string="First Purchase", readonly=True)
    ended_on = fields.Date(string="Last Purchase", required=True, readonly=True)
    noted_on = fields.Date(
        string="Lost Since",
        required=True,
        readonly=True,
        help="The day on which the time without a purchase was long enough for the "
        "customer to count as lost.",
    )
    returned_on = fields.Date(
        string="Came Back", readonly=True, help="The first purchase afterwards."
    )
    purchase_count = fields.Integer(string="Purchases", readonly=True)
    duration = fields.Integer(
        string="Duration (days)",
        readonly=True,
        aggregator="avg",
        help="From the first purchase to the last.",
    )
    pattern = fields.Selection(
        PATTERNS,
        required=True,
        readonly=True,
        help="Early failure: churned during exploration. Midway: during formation. "
        "Early exit: soon after reaching stability. Long-lasting: after long "
        "stability.",
    )
    revenue = fields.Monetary(
        readonly=True, help="Net revenue of the year up to the last purchase."
    )
    margin = fields.Monetary(readonly=True, groups=OFFICER)
    category_id = fields.Many2one(
        "product.category",
        string="Main Product Category",
        readonly=True,
        ondelete="set null",
        help="The category the customer spent most on in that year.",
    )
    rfm_segment = fields.Many2one(
        "crm.value.rfm.segment",
        string="RFM Segment",
        readonly=True,
        ondelete="set null",
        help="At the first month end after the last purchase.",
    )
    quadrant = fields.Selection(
        QUADRANTS, readonly=True, help="At the first month end after the last purchase."
    )
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    by_hand = fields.Boolean(
        string="Set Manually",
        readonly=True,
        help="The customer was set to lost manually; its purchases do not show it.",
    )
    reason_id = fields.Many2one(
        "crm.value.exit.reason",
        string="Exit Reason",
        ondelete="restrict",
        tracking=True,
    )
    note = fields.Char(help="What the customer said.", tracking=True)
    answer_user_id = fields.Many2one(
        "res.users", string="Answered by", readonly=True, copy=False
    )
    asked_on = fields.Date(
        readonly=True,
        copy=False,
        help="The day on which the salesperson was asked for the reason.",
    )

    _once = models.UniqueIndex("(company_id, origin_id, ended_on)")

    def write(self, vals):
        """Let people answer, and nothing else; note who did."""
        if not self.env.su and any(self._fields[name].readonly for name in vals):
            raise AccessError(
                self.env._(
                    "Facts derived from purchases cannot be edited. Enter the reason "
                    "or a note."
                )
            )
        if ANSWER & vals.keys():
            vals = {**vals, "answer_user_id": self.env.uid}
        result = super().write(vals)
        if vals.get("reason_id"):
            self._close_question()
        return result

    def _close_question(self):
        """Take the question from the owner's list; tell the answer on the contact."""
        question = self.env.ref("crm_value.mail_activity_exit_reason")
        asked = self.sudo()  # whoever knows the answer gives it, not only the owner
        asked.activity_ids.filtered(
            lambda activity: activity.activity_type_id == question
        ).action_feedback()
        for company, endings in self.grouped("company_id").items():
            endings.partner_id._message_log_batch(
                {
                    ending.partner_id.id: self.env._(
                        "%(company)s: churned. Reason: %(reason)s. %(note)s",
                        company=company.name,
                        reason=ending.reason_id.name,
                        note=ending.note or "",
                    )
                    for ending in endings
                }
            )

    def _say_ended(self):
        """Return when the customer left, and how far it had come if it came back once.

        What a history says of years ago is no news of today.
        """
        texts = {
            "ended": format_date(self.env, self.ended_on),
            "noted": format_date(self.env, self.noted_on),
        }
        if self.noted_on < self.create_date.date() - OLD:
            said = self.env._(
                "Last bought on %(ended)s; had already left (since %(noted)s) when "
                "customers were first valued here",
                **texts,
            )
        else:
            said = self.env._("Last bought on %(ended)s; lost since %(noted)s", **texts)
        if self.purchase_count < FEW:
            return said
        labels = dict(self._fields["pattern"]._description_selection(self.env))
        return self.env._(
            "%(said)s. Pattern: %(pattern)s", said=said, pattern=labels[self.pattern]
        )

    def _ask(self):
        """Ask the owner of each customer once why it left.

        Who bought once or twice had no relation to end: nobody is asked about it.
        """
        due = self.filtered(
            lambda ending: not (ending.asked_on or ending.reason_id)
            and ending.purchase_count >= FEW
            and ending.user_id
        )
        question = self.env.ref("crm_value.mail_activity_exit_reason")
        today = fields.Date.context_today(self)
        # They find it among their activities; a mail for each would be too much.
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": question.id,
                    "summary": question.summary,
                    "note": question.default_note,
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": ending.id,
                    "user_id": ending.user_id.id,
                    "date_deadline": fields.Date.add(today, days=question.delay_count),
                }
                for ending in due
            ]
        )
        due.asked_on = today

    def action_open_customer(self):
        """Open the contact."""
        self.ensure_one()
        return self.partner_id._get_records_action()


class CrmValueExitReason(models.Model):
    """Exit reason, as the salesperson learnt it from the customer."""

    _name = "crm.value.exit.reason"
    _inherit = ["crm.value.shared"]
    _description = "Exit Reason"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Char(
        translate=True, help="How to tell this reason from the others."
    )
