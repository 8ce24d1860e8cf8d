from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...const import OFFICER
from .const import BY_PLAYBOOK, DAYS


class CrmValuePlaybook(models.Model):
    """A playbook with a control group: for some customers it does not start.

    What the others bring more is what salespeople's work brings.
    """

    _inherit = "crm.value.playbook"

    hold_share = fields.Float(
        string="Held Out",
        help="Share of the customers, drawn by chance when the playbook would start by "
        "itself, for whom it does not. 0: nobody is held out any more.",
    )
    hold_days = fields.Integer(
        string="Window",
        default=DAYS,
        required=True,
        help="For so many days from the day of the draw it is counted what a customer "
        "buys. A new number holds for who is drawn from then on.",
    )
    hold_told = fields.Text(
        string="What It Brings", compute="_compute_hold_told", groups=OFFICER
    )

    @api.constrains("hold_share", "hold_days")
    def _check_hold(self):
        for playbook in self:
            if playbook.hold_share and not 0.05 <= playbook.hold_share <= 0.5:
                raise ValidationError(
                    self.env._(
                        "Hold out at least 5% and at most half of the customers."
                    )
                )
            if not 7 <= playbook.hold_days <= 730:
                raise ValidationError(self.env._("The window is a week to two years."))

    @api.depends_context("company", "lang")
    def _compute_hold_told(self):
        holdouts = self._holdouts().grouped("playbook_id")
        for playbook in self:
            found = holdouts.get(playbook)
            playbook.hold_told = found and (found.conclusion or found.progress)

    def _holdouts(self):
        """Return their control groups in the company the user works in."""
        return self.env["crm.value.holdout"].search(
            [
                ("kind", "=", BY_PLAYBOOK),
                ("playbook_id", "in", self.ids),
                ("company_id", "=", self.env.company.id),
            ]
        )

    def action_open_holdout(self):
        """Open who gets it and who is held out, with what they bought."""
        self.ensure_one()
        self.check_access("read")
        return self._holdouts().action_open_members()
