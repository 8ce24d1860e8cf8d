from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .const import DECISIONS, OUTCOMES, WORKLISTS


class CrmValueDecision(models.Model):
    """Decision on a worklist customer: done, snoozed or rejected.

    Until the day it ends, the customer is not on that list. A rejection also ends when
    the customer comes to another stage. Nothing is deleted: who thinks better of it
    takes the decision back.
    """

    _name = "crm.value.decision"
    _inherit = ["crm.value.guarded"]
    _description = "Decision on a Worklist"
    _is_result = True
    _order = "date DESC, id DESC"
    _rec_name = "partner_id"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    worklist = fields.Selection(WORKLISTS, string="List", required=True)
    kind = fields.Selection(DECISIONS, string="Decision", required=True)
    reason_id = fields.Many2one("crm.value.decision.reason", ondelete="restrict")
    outcome = fields.Selection(
        OUTCOMES, help="What came of it; empty where nobody was asked, or did not say."
    )
    note = fields.Char()
    user_id = fields.Many2one(
        "res.users",
        string="By",
        required=True,
        default=lambda self: self.env.user,
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    date_until = fields.Date(
        string="Off the List until",
        required=True,
        help="From this day on, the customer can be on the worklist again.",
    )
    stage_id = fields.Many2one(
        "crm.value.stage", string="Stage at the Time", ondelete="restrict"
    )
    active = fields.Boolean(default=True, help="Undone decisions are archived.")
    may_undo = fields.Boolean(compute="_compute_may_undo")

    _once = models.UniqueIndex(
        "(company_id, partner_id, worklist, date) WHERE active",
        "Somebody has already decided about this customer today. Reload the page.",
    )
    _off_idx = models.Index("(company_id, date_until) WHERE active")
    _dates = models.Constraint(
        "CHECK (date_until > date)", "Choose a day after today to come back to it."
    )
    _reasons = models.Constraint(
        "CHECK (kind <> 'reject' OR reason_id IS NOT NULL)",
        "Give the reason for rejecting the customer.",
    )

    @api.depends("user_id", "active")
    @api.depends_context("uid")
    def _compute_may_undo(self):
        mine = self._filtered_access("write")
        for decision in self:
            decision.may_undo = decision.active and decision in mine

    @api.model_create_multi
    def create(self, vals_list):
        """Note on the contact what was done or rejected."""
        decisions = super().create(vals_list)
        decisions._tell(taken_back=False)
        return decisions

    def write(self, vals):
        """Refuse to rewrite a decision: it is undone and made anew."""
        if vals != {"active": False}:
            raise UserError(
                self.env._("A decision cannot be changed. Undo it, then decide again.")
            )
        return super().write(vals)

    def action_undo(self):
        """Take decisions back: the customers are on the list again."""
        self.check_access("write")
        taken = self.filtered("active")
        taken.write({"active": False})
        taken._tell(taken_back=True)

    def _tell(self, taken_back):
        """Note on the contacts what was done or rejected; a snooze is nobody's news."""
        telling = self.filtered(lambda decision: decision.kind != "snooze")
        places = telling.grouped(lambda told: (told.company_id, told.worklist))
        for decisions in places.values():  # each holds a customer once
            # Who works a customer may note that, whoever may edit the contact.
            decisions.partner_id.sudo()._message_log_batch(
                {d.partner_id.id: d._say(taken_back) for d in decisions},
                author_id=self.env.user.partner_id.id,
            )

    def _say(self, taken_back):
        """Return the decision in words, without any money."""
        labels = self._labels("kind") | self._labels("worklist")
        outcome = self._labels("outcome").get(self.outcome)
        texts = {
            "company": self.company_id.name,
            "list": labels[self.worklist],
            "decision": labels[self.kind],
            "why": " – ".join(filter(None, (self.reason_id.name, outcome, self.note))),
        }
        if taken_back:
            return self.env._(
                "%(company)s, %(list)s: decision undone (%(decision)s)", **texts
            )
        if texts["why"]:
            return self.env._("%(company)s, %(list)s: %(decision)s (%(why)s)", **texts)
        return self.env._("%(company)s, %(list)s: %(decision)s", **texts)

    def _labels(self, name):
        return dict(self._fields[name]._description_selection(self.env))

    @api.model
    def _profiles_off_list(self, day):
        """Return the SQL of the ids of profiles with a decision in force on ``day``."""
        self.flush_model()
        self.env["crm.value.profile"].flush_model()
        return SQL(
            """
            SELECT profile.id
              FROM crm_value_decision decision
              JOIN crm_value_profile profile
                ON profile.company_id = decision.company_id
               AND profile.partner_id = decision.partner_id
               AND profile.worklist = decision.worklist
             WHERE decision.active
               AND decision.date_until > %(day)s
               AND (decision.kind <> 'reject'
                    OR decision.stage_id IS NOT DISTINCT FROM profile.stage_id)
            """,
            day=day,
        )

    @api.model
    def _in_force(self, profiles, day):
        """Return the decision in force on ``day`` by profile."""
        found = self.search(
            [
                ("company_id", "in", profiles.company_id.ids),
                ("partner_id", "in", profiles.partner_id.ids),
                ("date_until", ">", day),
            ],
            order="date_until, id",
        )
        decided = found.grouped(
            lambda one: (one.company_id, one.partner_id, one.worklist)
        )
        return {
            profile: holding[-1]
            for profile in profiles
            if (
                holding := decided.get(
                    (profile.company_id, profile.partner_id, profile.worklist),
                    self.browse(),
                ).filtered(
                    lambda one, stage=profile.stage_id: one.kind != "reject"
                    or one.stage_id == stage
                )
            )
        }


class CrmValueDecisionReason(models.Model):
    """Reason to reject a customer that a worklist proposes."""

    _name = "crm.value.decision.reason"
    _inherit = ["crm.value.shared"]
    _description = "Reason to Reject a Customer on a Worklist"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
