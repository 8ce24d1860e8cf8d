from odoo import fields, models


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
        domain=[("share", "=", False)],
        help="Sees to it where the customer has no salesperson.",
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
