from odoo import api, fields, models


class CrmValueInvitationRule(models.Model):
    """What an answer to its survey sets off."""

    _inherit = "crm.value.invitation.rule"

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
    nps_limit = fields.Integer(string="Bad Recommendation Up To", default=6)
    team_id = fields.Many2one("helpdesk.ticket.team", ondelete="set null")
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
    nps_promoter = fields.Integer(string="Good Recommendation From", default=9)

    _limits = models.Constraint(
        "CHECK (csat_limit BETWEEN 0 AND 100 AND nps_limit BETWEEN 0 AND 10 "
        "AND nps_promoter BETWEEN 0 AND 10 AND nps_limit < nps_promoter)",
        "What is bad cannot be good as well.",
    )
    _due = models.Constraint("CHECK (due_hours > 0)", "Give people time to react.")

    @api.depends("running", "recovery", "ask_referral")
    def _compute_user_id(self):
        """Let whoever switches a rule on stand in, where nobody was chosen."""
        for rule in self:
            lacking = rule._lacks_stand_in()
            rule.user_id = rule._fallback() if lacking else rule.user_id

    @api.constrains("recovery", "ask_referral", "user_id", "team_id")
    def _check_stand_in(self):
        self._check_rule()

    def _problem(self):
        """Return why a rule cannot work, or None: an answer must reach somebody."""
        if problem := super()._problem():
            return problem
        if self._lacks_stand_in():
            return self.env._(
                "Choose a stand-in who works in the company, or a team with such a "
                "leader: a bad answer of a customer without a salesperson would reach "
                "nobody."
            )
        return None

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
