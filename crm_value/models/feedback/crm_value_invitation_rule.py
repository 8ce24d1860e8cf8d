from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...analytics.satisfaction import satisfaction
from ...const import EVENTS, INVITATION_STATES, PERSONS
from ..service.crm_value_ticketing import TEAM

ADDRESSES = [
    ("contact", "Contact"),
    ("invoice", "Invoice Address"),
    ("delivery", "Delivery Address"),
    ("other", "Other Address"),
]


class CrmValueInvitationRule(models.Model):
    """When a company asks its customers what, and whom of them.

    Rules without a company are what new companies start from. No rule asks anybody
    before it is switched on, and none asks about what happened before.
    """

    _name = "crm.value.invitation.rule"
    _inherit = ["crm.value.template"]
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
        string="On", copy=False, help="Off: nothing is planned and nothing goes out."
    )
    running_since = fields.Date(readonly=True, copy=False)
    survey_id = fields.Many2one(
        "survey.survey",
        required=True,
        index=True,
        ondelete="restrict",
        bypass_search_access=True,
        domain=[("survey_type", "=", "survey")],
    )
    audience = fields.Selection(related="survey_id.value_audience", store=True)
    event = fields.Selection(EVENTS, string="Asks When", required=True)
    stage_id = fields.Many2one(
        "crm.value.stage", ondelete="restrict", help="Empty: any stage."
    )
    tier_id = fields.Many2one(
        "crm.value.tier", ondelete="restrict", help="Empty: any tier."
    )
    months = fields.Integer(
        string="Every",
        default=12,
        help="Months between two questions. The customers are spread evenly over them.",
    )
    person = fields.Selection(PERSONS, string="Whom", required=True, default="document")
    tag_ids = fields.Many2many(
        "res.partner.category", "crm_value_invitation_rule_tag_rel", string="Tags"
    )
    address_type = fields.Selection(ADDRESSES, default="contact")
    sampling = fields.Integer(
        string="Share Asked", default=100, help="Percent of the events, by chance."
    )
    wait_days = fields.Integer(string="Wait", default=3, help="Days after the event.")
    reminder_days = fields.Integer(
        string="Reminder After",
        default=5,
        help="Days after the mail. One reminder only; zero: none.",
    )
    expires_days = fields.Integer(
        string="Expires After", default=21, help="Days after the mail."
    )
    hold_open_ticket = fields.Boolean(
        string="Wait for Open Tickets",
        default=True,
        help="Who has a problem is asked once it is solved.",
    )
    person_days = fields.Integer(
        string="Rest for a Person",
        default=30,
        help="Fewest days between two surveys of one person, whichever rule or "
        "colleague sends them; zero: none.",
    )
    customer_days = fields.Integer(
        string="Rest for a Customer",
        default=7,
        help="Fewest days between two surveys of any two persons of one customer; "
        "zero: none.",
    )
    quiet_days = fields.Integer(
        string="Rest After Other Mails",
        default=2,
        help="Fewest days since another automatic mail to the customer: of playbooks, "
        "tiers or points. Until then the invitation waits; zero: none.",
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
        string="Mail of the Reminder",
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
        string="Response",
        compute="_compute_counts",
        help="Answers in percent of those that were sent.",
    )
    recovery = fields.Selection(
        [("ticket", "A Ticket"), ("activity", "An Activity")],
        string="A Bad Answer Opens",
        help="A bad answer about a ticket reopens that ticket. Empty: nothing.",
    )
    csat_limit = fields.Float(
        string="Bad Score Up To",
        default=25.0,
        help="Of satisfaction, on a scale from 0 to 100: 25 is 2 of 5.",
    )
    nps_limit = fields.Integer(
        string="Bad Recommendation Up To", default=satisfaction.PASSIVE - 1
    )
    team_id = fields.Many2one(TEAM, ondelete="set null")
    user_id = fields.Many2one(
        "res.users",
        string="Stand-In",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        domain=[("share", "=", False)],
        help="Sees to it where the customer has no salesperson; where nobody is "
        "chosen, whoever switches the rule on.",
    )
    due_hours = fields.Float(
        string="Due Within",
        default=8.0,
        help="Working hours, by the company's calendar.",
    )
    ask_referral = fields.Boolean(
        string="Ask Promoters for a Referral",
        help="A good answer opens an activity for the salesperson: ask for a referral "
        "or a reference.",
    )
    nps_promoter = fields.Integer(
        string="Good Recommendation From", default=satisfaction.PROMOTER
    )

    _days = models.Constraint(
        "CHECK (wait_days >= 0 AND reminder_days >= 0 AND expires_days > 0 "
        "AND person_days >= 0 AND customer_days >= 0 AND quiet_days >= 0 "
        "AND months > 0)",
        "Days cannot be negative, and what never expires could never be evaluated.",
    )
    _sampling = models.Constraint(
        "CHECK (sampling BETWEEN 1 AND 100)", "Ask between 1 and 100 percent."
    )
    _whole = models.Constraint(
        "CHECK (NOT running OR company_id IS NOT NULL)",
        "A rule that new companies start from asks nobody itself.",
    )
    _limits = models.Constraint(
        "CHECK (csat_limit BETWEEN 0 AND 100 AND nps_limit BETWEEN 0 AND 10 "
        "AND nps_promoter BETWEEN 0 AND 10 AND nps_limit < nps_promoter)",
        "What is bad cannot be good as well.",
    )
    _due = models.Constraint("CHECK (due_hours > 0)", "Give people time to react.")

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
        """Return why a rule cannot work, or None: an answer must reach somebody."""
        if (self.person == "staff") != (self.audience == "staff"):
            return self.env._(
                "Surveys of staff go to users of the company, all others to customers."
            )
        if self.person == "staff" and self.event != "calendar":
            return self.env._("Staff are asked by the calendar.")
        if self.running and self.person == "tag" and not self.tag_ids:
            return self.env._("Choose the tag of the contacts to ask.")
        if self.reminder_days >= self.expires_days:
            return self.env._("The reminder would come after the end.")
        if self._lacks_stand_in():
            return self.env._(
                "Choose a stand-in who works in the company, or a team with such a "
                "leader: a bad answer of a customer without a salesperson would reach "
                "nobody."
            )
        return None

    @api.model_create_multi
    def create(self, vals_list):
        """Note since when it asks."""
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
                    "This rule has invited people. Archive it: whom it has asked stays "
                    "to be seen."
                )
            )

    def action_open_invitations(self):
        """Open whom it has invited, and whom not and why."""
        self.ensure_one()
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
                self.env._("This is what new companies start from; it asks nobody.")
            )
        preview = self.env["crm.value.invitation.preview"].create({"rule_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who Would Be Invited"),
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
        """Let whoever switches a rule on stand in, where nobody was chosen."""
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
        """Return who stands in: who was chosen, then the leader of the team."""
        return self._working_here(self.user_id | self.team_id.user_id)

    def _fallback(self):
        """Return who takes what nobody was chosen for: the user, else a manager."""
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
        """Return whether an answer is one that has to be made good.

        :param role: "nps", "csat", or "item" for whether a request is solved
        :param answer: the flat answer
        """
        if role == "nps":
            return answer.value <= self.nps_limit
        return answer.score <= self.csat_limit

    def _is_good(self, role, answer):
        return role == "nps" and answer.value >= self.nps_promoter
