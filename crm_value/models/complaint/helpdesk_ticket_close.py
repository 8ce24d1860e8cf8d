from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import RedirectWarning, UserError

from ..desk.helpdesk_ticket import DESK
from .const import DONE

MOVING = {"stage_id", "team_id", "active"}  # what may end the work on a ticket


class HelpdeskTicket(models.Model):
    """A complaint is closed when its duties are done, or somebody says why not.

    Whatever closes it is asked: a screen, a list, a call from outside. Only the system
    itself and the customer are not; that they did is the reason.
    """

    _inherit = "helpdesk.ticket"

    value_close_reason = fields.Char(
        string="Closed Early Because",
        copy=False,
        tracking=True,
        groups=DESK,
        help="Why a complaint was closed although not everything owed was done.",
    )
    value_closed_by = fields.Many2one(
        "res.users", string="Closed By", copy=False, readonly=True, groups=DESK
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Ask for the reason of complaints that are entered closed."""
        tickets = super().create(vals_list)
        if early := tickets.filtered("closed")._value_closed_early():
            raise UserError(early._value_say_early())
        return tickets

    def write(self, vals):
        """Ask for the reason of closing early; open again what did not satisfy."""
        unsolved = self.filtered(lambda ticket: ticket.active and not ticket.closed)
        result = super().write(vals)
        if MOVING & vals.keys():
            (self - unsolved).filtered("active")._value_forget_reason()
            ended = unsolved.filtered(lambda t: t.closed or not t.active)
            if early := ended._value_closed_early():
                early._value_ask_reason()
        if vals.get("value_dissatisfied_at"):
            self._value_take_back()
        return result

    def _value_closed_early(self):
        """Return the complaints among ended tickets that nobody gives a reason for."""
        ended = self.sudo().filtered(lambda ticket: not ticket.value_close_reason)
        early = ended.filtered(lambda ticket: ticket._value_owes())
        if not early or not self.env["res.groups"]._value_uses("service"):
            return self.browse()
        if said := self._value_said_by_closer():
            early.value_close_reason = said
            return self.browse()
        return early

    def _value_ask_reason(self):
        """Refuse what was done, and offer the dialog that asks why."""
        raise RedirectWarning(
            self._value_say_early(),
            self.env.ref("crm_value.crm_value_complaint_close_action").id,
            self.env._("Close With a Reason"),
            {
                "default_ticket_ids": self.ids,
                "default_stage_id": self.stage_id[:1].id,
                "default_archive": not all(self.mapped("active")),
            },
        )

    def _value_say_early(self):
        return self.env._(
            "Something is still owed to whoever complained:\n%(duties)s\n"
            "Do it first, or say why it is closed all the same.",
            duties="\n".join(ticket._value_say_owed() for ticket in self),
        )

    def _value_owes(self):
        """Return whether a duty is open, of an archived complaint as well."""
        if self.duplicate_id or not self.value_complaint:
            return False
        return not all(self._value_done().values())

    def _value_say_owed(self):
        """Return the ticket and what is owed."""
        labels = dict(self._fields["value_duty"]._description_selection(self.env))
        missing = [labels[duty] for duty, at in self._value_done().items() if not at]
        return f"{self.display_name}: {', '.join(missing)}"

    def _value_said_by_closer(self):
        """Return the reason that lies in who closes, False for everybody else."""
        if self.env.uid == SUPERUSER_ID:
            return self.env._("Closed automatically")
        return self.env.user.share and self.env._("Closed by the customer")

    def _value_close(self):
        """Note who closes a ticket."""
        result = super()._value_close()
        if self:
            self.sudo().value_closed_by = self.env.user
        return result

    def _value_forget_reason(self):
        """Forget why and by whom tickets were ended that are open again."""
        again = self.sudo().filtered(lambda ticket: not ticket.closed)
        again.write({"value_close_reason": False, "value_closed_by": False})

    # --- what the customer says ---

    def _value_take_back(self):
        """Open the complaints again that did not satisfy."""
        closed = self.sudo().filtered(lambda t: t.value_complaint and t.closed)
        self.env["crm.value.ticketing"]._reopen(
            closed.filtered(lambda ticket: ticket.value_duty not in (False, DONE[0])),
            self.env._("Reopened because the customer is not satisfied."),
        )

    def _value_hear(self, satisfied, moment):
        """Note what the customer has answered about a complaint.

        Satisfaction counts only if the ticket was closed by whom it concerns: nobody
        confirms what a stranger has ended.
        """
        heard = self.sudo().filtered("value_complaint")
        if satisfied:
            heard = heard.filtered(lambda ticket: ticket._value_closed_by_own())
            fact = "value_confirmed_at"
        else:
            fact = "value_dissatisfied_at"
        heard.write({fact: moment, "value_heard_by": "answer"})

    def _value_closed_by_own(self):
        """Return whether nobody, we or the complainant closed the ticket."""
        closer = self.value_closed_by
        return not closer.share or closer.partner_id == self.partner_id
