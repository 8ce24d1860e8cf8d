from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...fields import NullableFloat
from ..scoring.const import QUADRANTS
from ..service.crm_value_ticketing import TICKET

REACTIONS = [
    ("ticket", "Ticket"),
    ("reopen", "Ticket Reopened"),
    ("activity", "Activity"),
]


class CrmValueRecovery(models.Model):
    """Closed-loop follow-up: service recovery after a negative response, or a referral.

    The customer's value is that of the day of the answer, or of the first run after it
    for whom had none. The people who work the
    ticket or the activity end it by doing so; nobody edits it.
    """

    _name = "crm.value.recovery"
    _inherit = ["crm.value.work"]
    _description = "Closed-Loop Follow-Up"
    _is_result = True
    _value_part = "satisfaction"
    _order = "date DESC, id DESC"
    _rec_name = "partner_id"
    _job = "crm_value.ir_cron_recovery"

    user_input_id = fields.Many2one(
        "survey.user_input",
        string="Participation",
        required=True,
        ondelete="cascade",
    )
    rule_id = fields.Many2one(
        "crm.value.invitation.rule", required=True, ondelete="restrict", index=True
    )
    survey_id = fields.Many2one("survey.survey", required=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Contact", required=True, index=True, ondelete="cascade"
    )
    customer_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="cascade"
    )
    salesperson_id = fields.Many2one(
        related="customer_id.user_id", string="Salesperson"
    )
    date = fields.Datetime(string="Answered", required=True)
    kind = fields.Selection(
        [("bad", "Negative Response"), ("good", "Positive Response")], required=True
    )
    score = fields.Float(
        required=True, aggregator="avg", help="Lowest score in the response, 0 to 100."
    )
    words = fields.Char(string="Response")
    value_score = NullableFloat(aggregator="avg", readonly=True)
    quadrant = fields.Selection(QUADRANTS)
    reaction = fields.Selection(REACTIONS, required=True)
    ticket_id = fields.Many2one(TICKET, index="btree_not_null", ondelete="set null")
    activity_id = fields.Many2one(
        "mail.activity", index="btree_not_null", ondelete="set null"
    )
    user_id = fields.Many2one("res.users", string="Owner", ondelete="set null")
    due = fields.Datetime()
    begun_on = fields.Datetime(string="Opened")
    message = fields.Char()
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("open", "Open"),
            ("solved", "Done"),
            ("dropped", "Dropped"),
            ("failed", "Failed"),
        ],
        compute="_compute_state",
        store=True,
        default="waiting",
    )
    solved_on = fields.Datetime(string="Done On", compute="_compute_state", store=True)
    again = fields.Selection(
        [
            ("asked", "Surveyed Again"),
            ("satisfied", "Satisfied Now"),
            ("dissatisfied", "Still Dissatisfied"),
        ],
        string="Outcome",
        help="Result of the follow-up survey.",
    )
    bought_again = fields.Boolean(
        compute="_compute_bought_again",
        compute_sudo=False,
        search="_search_bought_again",
        help="The customer has purchased since the response.",
    )
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")
    referred_count = fields.Integer(
        string="Referrals Since",
        compute="_compute_referred_count",
        compute_sudo=False,
        help="New customers referred by this customer since the response.",
    )

    _once = models.UniqueIndex("(user_input_id)")
    _waiting_idx = models.Index("(id) WHERE state = 'waiting'")

    @api.depends(
        "begun_on",
        "message",
        "ticket_id.stage_id.closed",
        "activity_id",
        "activity_id.active",
    )
    def _compute_state(self):
        for recovery in self:
            state = recovery._where_it_stands()
            recovery.solved_on = (
                recovery.solved_on or fields.Datetime.now()
                if state == "solved"
                else False
            )
            recovery.state = state

    def _where_it_stands(self):
        """Return the state: that of the ticket, or else of the activity."""
        if not self.begun_on:
            return "failed" if self.message else "waiting"
        if self.reaction != "activity":
            ticketing = self.env["crm.value.ticketing"]
            if not self.ticket_id:
                return "dropped"
            return "solved" if ticketing._is_closed(self.ticket_id) else "open"
        if not self.activity_id:
            return "dropped"
        return "open" if self.activity_id.active else "solved"

    @api.depends("due", "state")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for recovery in self:
            recovery.is_late = (
                recovery.state == "open" and recovery.due and recovery.due < now
            )

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("state", "=", "open") & Domain("due", "<", fields.Datetime.now())
        return late if True in value else ~late

    def _compute_bought_again(self):
        bought = set(self._search(self._search_bought_again("in", [True])))
        for recovery in self:
            recovery.bought_again = recovery.id in bought

    def _search_bought_again(self, operator, value):
        if operator != "in":
            return NotImplemented
        bought = Domain(
            "id",
            "in",
            SQL(
                """(
                SELECT recovery.id
                  FROM crm_value_recovery recovery
                  JOIN crm_value_profile profile
                    ON profile.company_id = recovery.company_id
                   AND profile.partner_id = recovery.customer_id
                 WHERE profile.last_purchase_date > recovery.date::date)"""
            ),
        )
        return bought if True in value else ~bought

    def action_open_document(self):
        """Open the ticket, or the customer whose activity it is."""
        self.ensure_one()
        return (self.ticket_id or self.customer_id)._get_records_action()

    def action_open_answers(self):
        """Open everything that was answered."""
        self.ensure_one()
        return self.user_input_id._value_open_answers()

    def action_retry(self):
        """Try again what failed."""
        self.check_access("read")
        failed = self.sudo().filtered(lambda recovery: recovery.state == "failed")
        failed.message = False
        failed._work_safely("_react")

    # --- Who sees to an answer, and until when ---

    def _owner(self):
        """Return the owner: the salesperson, a fallback owner, at last a manager."""
        salespeople = self.customer_id.user_id | self.partner_id.user_id
        chosen = salespeople | self.rule_id._standing_in() | self.rule_id._managers()
        return self.rule_id._working_here(chosen).filtered(self._may_own)[:1]

    def _may_own(self, user):
        """Return whether somebody may read what was answered."""
        readers = self.survey_id.restrict_user_ids
        manages = user.has_group("crm_value.group_manager")
        return not readers or user in readers or manages

    def _due_at(self):
        """Return when it must be done, by the hours the company works."""
        return self.company_id._value_due(self._due_hours(), fields.Datetime.now())

    def _due_hours(self):
        """Return the working hours until it is due: those of the rule or of the tier.

        The stricter ones; a tier that promises no response target promises nothing.
        """
        tiers = self.env["crm.value.tier"]._by_customer(
            self.company_id, self.customer_id
        )
        tier = tiers.get((self.company_id.id, self.customer_id.id))
        promised = tier.response_hours if tier else 0.0
        return min(self.rule_id.due_hours, promised or self.rule_id.due_hours)

    # --- Whom a customer has brought since it gave a good answer ---

    def _compute_referred_count(self):
        found = self.env["res.partner"].search_fetch(
            [("value_referrer_id", "in", (self.partner_id | self.customer_id).ids)],
            ["value_referrer_id", "create_date"],
        )
        entered = defaultdict(list)
        for partner in found:
            entered[partner.value_referrer_id].append(partner.create_date)
        for recovery in self:
            dates = [
                date
                for referrer in recovery.partner_id | recovery.customer_id
                for date in entered[referrer]
            ]
            recovery.referred_count = sum(date >= recovery.date for date in dates)
