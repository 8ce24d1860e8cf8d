from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmValuePointsIssue(models.Model):
    """A discrepancy in a card's points that a manager has to resolve."""

    _name = "crm.value.points.issue"
    _inherit = ["mail.thread", "mail.activity.mixin", "crm.value.guarded"]
    _description = "Points Discrepancy"
    _order = "state, date DESC, id DESC"
    _rec_name = "card_id"

    card_id = fields.Many2one(
        "loyalty.card",
        string="Loyalty Card",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(related="card_id.partner_id", string="Customer")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("balance", "Balance differs from the sum of transactions"),
            ("lots", "Remaining points differ from the sum of transactions"),
            ("customer", "Card belongs to a different company than its contact"),
            ("reward", "Points taken differ from the discount given"),
            ("failed", "Points could not be settled"),
        ],
        string="Discrepancy",
        required=True,
        readonly=True,
    )
    date = fields.Date(string="Detected On", required=True, readonly=True)
    found = fields.Float(readonly=True)
    expected = fields.Float(readonly=True)
    message = fields.Char(readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("resolved", "Resolved")],
        default="open",
        required=True,
        readonly=True,
        tracking=True,
    )
    note = fields.Text(
        help="What caused the discrepancy and how it was corrected.", tracking=True
    )
    user_id = fields.Many2one("res.users", string="Resolved By", readonly=True)

    _once = models.UniqueIndex("(card_id, kind) WHERE state = 'open'")

    @api.model
    def _report(self, findings, message=False):
        """Report discrepancies, each once as long as it is open.

        :param findings: list of (id of the card, kind, points found, points expected)
        """
        cards = self.env["loyalty.card"].browse(card for card, *_rest in findings)
        known = {
            (issue.card_id.id, issue.kind): issue
            for issue in self.search(
                [("card_id", "in", cards.ids), ("state", "=", "open")]
            )
        }
        new = []
        for card, (_id, kind, found, expected) in zip(cards, findings, strict=True):
            figures = {"found": found, "expected": expected, "message": message}
            if issue := known.get((card.id, kind)):
                issue.write(figures)
                continue
            today = self.env["crm.value.run"]._today(card.company_id)
            scope = {"card_id": card.id, "company_id": card.company_id.id}
            new.append({**figures, **scope, "kind": kind, "date": today})
        self.create(new)._ask_manager()

    def _ask_manager(self):
        """Create an activity for a manager of the company of each discrepancy."""
        group = self.env.ref("crm_value.group_manager")
        for company, issues in self.grouped("company_id").items():
            managers = group.all_user_ids.filtered(
                lambda user, company=company: user.active
                and company in user.company_ids
            )
            for issue in issues if managers else []:
                issue.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.env._("Points discrepancy"),
                    user_id=managers.sorted("id")[-1:].id,
                )

    def action_resolve(self):
        """Resolve discrepancies; the note says how."""
        for issue in self:
            if not issue.note:
                raise UserError(
                    self.env._(
                        "Enter in the note what caused the discrepancy and "
                        "how you corrected it."
                    )
                )
        self.write({"state": "resolved", "user_id": self.env.uid})
        self.activity_feedback(["mail.mail_activity_data_todo"])
