from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...analytics.satisfaction import satisfaction
from ..service.crm_value_ticketing import TEAM
from .const import EVENTS, INVITATION_STATES, PERSONS

ADDRESSES = [
    ("contact", "Contact"),
    ("invoice", "Invoice Address"),
    ("delivery", "Delivery Address"),
    ("other", "Other Address"),
]


class CrmValueInvitationRule(models.Model):
    """An invitation rule: which event triggers which survey, to whom, and when.

    Rules without a company are what new companies start from. No rule asks anybody
    before it is switched on, and none asks about what happened before.
    """

    _name = "crm.value.invitation.rule"
    _inherit = ["crm.value.template", "crm.value.guarded"]
    _description = "Invitation Rule"
    _is_result = True
    _order = "company_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
        help="Empty: template for new companies.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    running = fields.Boolean(
        string="On", copy=False, help="Off: no invitations are planned or sent."
    )
    running_since = fields.Date(readonly=True, copy=False)
    survey_id = fields.Many2one(
        "survey.survey",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("survey_type", "=", "survey")],
    )
    audience = fields.Selection(related="survey_id.value_audience", store=True)
    event = fields.Selection(EVENTS, string="Trigger", required=True)
    stage_id = fields.Many2one(
        "crm.value.stage", ondelete="restrict", help="Empty: any stage."
    )
    tier_id = fields.Many2one(
        "crm.value.tier", ondelete="restrict", help="Empty: any tier."
    )
    months = fields.Integer(
        string="Every",
        default=12,
        help="Months between two surveys of the same customer. Customers are spread"
        " evenly over this time.",
    )
    person = fields.Selection(
        PERSONS, string="Recipients", required=True, default="document"
    )
    tag_ids = fields.Many2many(
        "res.partner.category", "crm_value_invitation_rule_tag_rel", string="Tags"
    )
    address_type = fields.Selection(ADDRESSES, default="contact")
    sampling = fields.Integer(
        string="Sampling Rate",
        default=100,
        help="Random sample of the events, in percent.",
    )
    wait_days = fields.Integer(
        string="Delay",
        default=3,
        help="Days after the event before the invitation is sent.",
    )
    reminder_days = fields.Integer(
        string="Reminder After",
        default=5,
        help="Days after the invitation. One reminder only; zero: none.",
    )
    expires_days = fields.Integer(
        string="Expires After", default=21, help="Days after the invitation."
    )
    hold_open_ticket = fields.Boolean(
        string="Wait Until Tickets Are Closed",
        default=True,
        help="Customers with an open ticket are only surveyed once it is closed.",
    )
    person_days = fields.Integer(
        string="Cool-Down per Contact",
        default=30,
        help="Minimum days between two surveys to the same contact, whoever sends "
        "them; prevents survey fatigue. Zero: none.",
    )
    customer_days = fields.Integer(
        string="Cool-Down per Customer",
        default=7,
        help="Minimum days between two surveys to any contacts of the same "
        "customer. Zero: none.",
    )
    quiet_days = fields.Integer(
        string="Cool-Down After Other Mails",
        default=2,
        help="Minimum days after another automatic mail to the customer (playbooks,"
        " tiers, points). The invitation waits until then. Zero: none.",
    )
    mail_template_id = fields.Many2one(
        "mail.template",
        string="Mail",
        domain=[("model", "=", "crm.value.invitation")],
        default=lambda self: self._default_template("mail_template_invitation"),
        required=True,
        ondelete="restrict",
    )
    reminder_template_id = fields.Many2one(
        "mail.template",
        string="Reminder Mail",
        domain=[("model", "=", "crm.value.invitation")],
        default=lambda self: self._default_template("mail_template_reminder"),
        required=True,
        ondelete="restrict",
    )
    invitation_count = fields.Integer(compute="_compute_counts")
    sent_count = fields.Integer(string="Sent", compute="_compute_counts")
    answered_count = fields.Integer(string="Answers", compute="_compute_counts")
    skipped_count = fields.Integer(string="Not Sent", compute="_compute_counts")
    response_rate = fields.Float(
        compute="_compute_counts",
        help="Responses as a percentage of invitations sent.",
    )
    recovery = fields.Selection(
        [("ticket", "A Ticket"), ("activity", "An Activity")],
        string="On Negative Response, Open",
        help="A negative response about a ticket reopens that ticket instead. "
        "Empty: nothing is created.",
    )
    csat_limit = fields.Float(
        string="Negative Score Up To",
        default=25.0,
        help="Satisfaction on a scale from 0 to 100: 25 corresponds to 2 of 5.",
    )
    nps_limit = fields.Integer(
        string="Negative Recommendation Up To", default=satisfaction.PASSIVE - 1
    )
    team_id = fields.Many2one(TEAM, ondelete="set null")
    user_id = fields.Many2one(
        "res.users",
        string="Fallback Owner",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        domain=[("share", "=", False)],
        help="Handles the follow-up if the customer has no salesperson. Empty: the "
        "user who activates the rule.",
    )
    due_hours = fields.Float(
        string="Follow Up Within",
        default=8.0,
        help="Working hours according to the company's calendar.",
    )
    ask_referral = fields.Boolean(
        string="Ask Promoters for a Referral",
        help="A positive response creates an activity for the salesperson to ask "
        "for a referral or reference.",
    )
    nps_promoter = fields.Integer(
        string="Positive Recommendation From", default=satisfaction.PROMOTER
    )

    _days = models.Constraint(
        "CHECK (wait_days >= 0 AND reminder_days >= 0 AND expires_days > 0 "
        "AND person_days >= 0 AND customer_days >= 0 AND quiet_days >= 0 "
        "AND months > 0)",
        "Days cannot be negative, and an invitation must expire so that it can be "
        "evaluated.",
    )
    _sampling = models.Constraint(
        "CHECK (sampling BETWEEN 1 AND 100)",
        "The sampling rate must be between 1 and 100 percent.",
    )
    _whole = models.Constraint(
        "CHECK (NOT running OR company_id IS NOT NULL)",
        "A template for new companies cannot send invitations itself.",
    )
    _limits = models.Constraint(
        "CHECK (csat_limit BETWEEN 0 AND 100 AND nps_limit BETWEEN 0 AND 10 "
        "AND nps_promoter BETWEEN 0 AND 10 AND nps_limit < nps_promoter)",
        "The negative threshold must be below the positive one.",
    )
    _due = models.Constraint(
        "CHECK (due_hours > 0)", "The time to follow up must be above zero."
    )

    @api.model
    def _default_template(self, name):
        return self.env.ref(f"crm_value.{name}", raise_if_not_found=False)

    def _compute_counts(self):
        """Count for whoever may see the rule: a number of staff names nobody."""
        groups = (
            self.env["crm.value.invitation"]
            .sudo()
            ._read_group(
                [("rule_id", "in", self.ids)], ["rule_id", "state"], ["__count"]
            )
        )
        found = {(rule.id, state): count for rule, state, count in groups}
        for rule in self:
            count = {
                state: found.get((rule.id, state), 0)
                for state, _label in INVITATION_STATES
            }
            rule.invitation_count = sum(count.values())
            rule.answered_count = count["answered"]
            rule.sent_count = count["sent"] + count["answered"] + count["expired"]
            rule.skipped_count = count["skipped"]
            rule.response_rate = rule.answered_count / (rule.sent_count or 1)

    @api.constrains(
        "person", "event", "survey_id", "tag_ids", "reminder_days", "running"
    )
    def _check_rule(self):
        for rule in self:
            if problem := rule._problem():
                raise ValidationError(
                    self.env._(
                        "“%(rule)s”: %(problem)s", rule=rule.name, problem=problem
                    )
                )

    def _problem(self):
        """Return why a rule cannot work, or None: a response must reach somebody."""
        if (self.person == "staff") != (self.audience == "staff"):
            return self.env._(
                "Employee surveys go to users of the company, all other surveys to "
                "customers."
            )
        if self.person == "staff" and self.event != "calendar":
            return self.env._("Employee surveys must use the calendar trigger.")
        if self.running and self.person == "tag" and not self.tag_ids:
            return self.env._("Choose the tag of the contacts to survey.")
        if self.reminder_days >= self.expires_days:
            return self.env._(
                "The reminder must be sent before the invitation expires."
            )
        if self._lacks_stand_in():
            return self.env._(
                "Choose a fallback owner in this company, or a team whose leader "
                "is: otherwise nobody would receive negative responses of customers"
                " without a salesperson."
            )
        return None

    @api.model_create_multi
    def create(self, vals_list):
        """Note since when the rule is active."""
        rules = super().create(vals_list)
        rules.filtered("running")._note_start()
        return rules

    def write(self, vals):
        """A rule switched on asks about what happens from that day on."""
        started = self.filtered(lambda rule: vals.get("running") and not rule.running)
        result = super().write(vals)
        started._note_start()
        return result

    def _note_start(self):
        for company, rules in self.grouped("company_id").items():
            rules.running_since = self.env["crm.value.run"]._today(company)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if (
            self.env["crm.value.invitation"]
            .sudo()
            .search_count([("rule_id", "in", self.ids)], limit=1)
        ):
            raise UserError(
                self.env._(
                    "This rule has already sent invitations. Archive it instead, so"
                    " that they stay visible."
                )
            )

    def action_open_invitations(self):
        """Open whom it has invited, and whom not and why."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_value.crm_value_invitation_action"
        )
        action["domain"] = [("rule_id", "=", self.id)]
        action["context"] = {}
        return action

    def action_preview(self):
        """Show who would be invited if the rule had been on for a while."""
        self.ensure_one()
        if not self.company_id:
            raise UserError(
                self.env._(
                    "This is a template for new companies; it does not send "
                    "invitations."
                )
            )
        preview = self.env["crm.value.invitation.preview"].create({"rule_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invitation Preview"),
            "res_model": preview._name,
            "res_id": preview.id,
            "views": [[False, "form"]],
            "target": "new",
        }

    @api.model
    def _running(self, company, event=None):
        """Return the rules of a company that are on, of one event or of all."""
        return self.search(
            [
                ("company_id", "=", company.id),
                ("running", "=", True),
                *([("event", "=", event)] if event else []),
            ]
        )

    # --- What an answer to its survey sets off ---

    @api.depends("running", "recovery", "ask_referral")
    def _compute_user_id(self):
        """Make whoever activates a rule its fallback owner, if none was chosen."""
        for rule in self:
            lacking = rule._lacks_stand_in()
            rule.user_id = rule._fallback() if lacking else rule.user_id

    @api.constrains("recovery", "ask_referral", "user_id", "team_id")
    def _check_stand_in(self):
        self._check_rule()

    def _lacks_stand_in(self):
        reacts = self.audience != "staff" and (self.recovery or self.ask_referral)
        return bool(self.running and reacts and not self._standing_in())

    def _standing_in(self):
        """Return the fallback owners: the user chosen, then the team leader."""
        return self._working_here(self.user_id | self.team_id.user_id)

    def _fallback(self):
        """Return the default fallback owner: the user, else a manager."""
        return self._working_here(self.env.user | self._managers())[:1]

    def _managers(self):
        """Return the managers of the company, who read every answer."""
        group = self.env.ref("crm_value.group_manager").sudo()
        return self._working_here(group.all_user_ids.sudo(False))

    def _working_here(self, users):
        # A salesperson may not read the companies of others.
        return users.sudo().filtered(
            lambda user: (
                user.active and not user.share and self.company_id in user.company_ids
            )
        )

    def _is_bad(self, role, answer):
        """Return whether an answer is negative and calls for service recovery.

        :param role: "nps", "csat", or "item" for whether a request is solved
        :param answer: the flat answer
        """
        if role == "nps":
            return answer.value <= self.nps_limit
        return answer.score <= self.csat_limit

    def _is_good(self, role, answer):
        return role == "nps" and answer.value >= self.nps_promoter
