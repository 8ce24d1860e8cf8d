from odoo import api, models
from odoo.exceptions import UserError

from ... import given
from ..service.crm_value_ticketing import TICKET

LEAD = "crm.lead"


class CrmValueCall(models.Model):
    """The card on an agent's screen, and what the agent does with it.

    It says what the agent may see, so each agent's screen asks for its own.
    """

    _inherit = "crm.value.call"

    @api.readonly
    def get_card(self):
        """Return who calls, what is open, and what can be done."""
        self.ensure_one()
        self.check_access("read")
        lead = self._last_lead()
        return {
            "id": self.id,
            "state": self.state,
            "direction": self.direction,
            "number": self.number_shown,
            "who": self._who(),
            "sentence": self._sentence(),
            "open": self._open_tickets_shown(),
            "choices": self._choices_shown(),
            "known": bool(self.partner_id),
            "lead": bool(lead),
            "may_ticket": self.env[TICKET].has_access("create"),
            "may_lead": bool(lead) or self.env[LEAD].has_access("create"),
        }

    def _who(self):
        """Return the caller's name, with the customer where it is a contact of one."""
        if not self.partner_id:
            return self.env._("Unknown caller")
        return self.partner_id.display_name

    def _sentence(self):
        """Return what it is to us, what is open and what to do first, in one line."""
        if not self.partner_id:
            return self._say_unknown()
        signs = {sign["code"]: sign for sign in self._profile().signs or ()}
        said = [signs[code]["text"] for code in ("quadrant", "tier") if code in signs]
        for code, sign in signs.items():
            if code == "ticket" or sign["tone"]:
                said.append(sign["sentence"].rstrip(".。"))
        return " · ".join(filter(None, [*said, self._first_thing()]))

    def _note(self):
        """Return the sentence where the caller's name does not stand beside it."""
        return ": ".join(filter(None, [self._who(), self._sentence()]))

    def _first_thing(self):
        """Return what is promised for the next ticket, or why the customer is due."""
        for ticket in self._open_tickets():
            return ticket.value_queue
        return self._profile().worklist_reason

    def _say_unknown(self):
        if not any(map(str.isdigit, self.number_raw or "")):
            return self.env._("The caller does not show a number.")
        if self._choices():
            return self.env._("Several contacts have this number: choose who it is.")
        if self._last_lead():
            return self.env._("No contact has this number; there is a lead.")
        return self.env._("No contact has this number.")

    def _open_tickets(self):
        """Return the open tickets of the customer that the agent may read."""
        if not (self.customer_id and self.env[TICKET].has_access("read")):
            return self.env[TICKET]
        ticketing = self.env["crm.value.ticketing"]
        return ticketing._asked_about(self.company_id, self.customer_id)

    def _open_tickets_shown(self):
        return [
            {"id": one.id, "name": one.display_name} for one in self._open_tickets()
        ]

    def _choices(self):
        """Return who could be meant, of the contacts that the agent may see."""
        caller = self.env["crm.value.caller"].sudo()  # remembered numbers are ours
        match = caller._match(self.company_id, self.number)
        ids = [holder.id for holder in match.choices]
        return self.env["res.partner"].browse(ids)._filtered_access("read")

    def _choices_shown(self):
        return [{"id": one.id, "name": one.display_name} for one in self._choices()]

    def _last_lead(self):
        """Return the open lead of an earlier call of an unknown number, if any."""
        leads = self.env[LEAD]
        if self.partner_id or not (self.number and leads.has_access("read")):
            return leads
        calls = self.sudo().search(self._same_number())
        return leads.search([("value_call_id", "in", calls.ids)], limit=1)

    # --- what the agent does ---

    @api.model
    def _pop_path(self, pbx_id, number):
        """Return where a number is shown to the user, None where nothing may be."""
        pbx = self.env["crm.value.pbx"].sudo().browse(pbx_id).exists()
        if pbx.company_id not in self.env.user.company_ids:
            return None
        if not self.has_access("read"):
            return None
        call = self.search(
            [("company_id", "=", pbx.company_id.id), ("number", "=", number)], limit=1
        )
        if call and not call.partner_id:
            return f"/odoo/calls/{call.id}"
        caller = self.env["crm.value.caller"].sudo()  # remembered numbers are ours
        match = caller._match(pbx.company_id, number)
        if match.result != "one":
            return f"/odoo/calls/{call.id}" if call else "/odoo/calls"
        customer = self.env["res.partner"].browse(match.holder.customer_id)
        profiles = self.env["crm.value.profile"]
        found = profiles._by_customer(pbx.company_id, customer)
        for profile in found.values():
            return f"/odoo/customer-value/{profile.id}"
        return f"/odoo/res.partner/{customer.id}"

    def action_choose(self, partner_id):
        """Say whose call it is: for this call, and for the next of its number."""
        self.ensure_one()
        self.check_access("read")
        partners = self.env["res.partner"]
        partner = partners.browse(given.number(partner_id) or ()).exists()
        partner.check_access("read")
        if not partner or (
            partner.company_id and partner.company_id != self.company_id
        ):
            raise UserError(self.env._("This contact is not of the call's company."))
        if self.number:
            numbers = self.env["crm.value.number"].sudo()  # written by a choice alone
            numbers._learn(self.company_id, self.number, partner, self.env.user)
        # Nobody writes calls but telephone systems, and this one answer.
        self.sudo().write({"partner_id": partner.id, "chosen_by_id": self.env.user.id})
        return self.get_card()

    def action_open(self):
        """Open the customer, or the call where nobody knows whose it is."""
        self.ensure_one()
        self.check_access("read")
        if not self.partner_id:
            return self._get_records_action()
        return (self._profile() or self.partner_id)._get_records_action()

    def action_new_ticket(self):
        """Open a new ticket of the caller, which belongs to the call."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Ticket"),
            "res_model": TICKET,
            "views": [(False, "form")],
            "context": {
                "default_value_call_id": self.id,
                "default_partner_id": self.partner_id.id,
                "default_company_id": self.company_id.id,
            },
        }

    def action_lead(self):
        """Open the lead of the number, or a new one: no contact is made."""
        self.ensure_one()
        self.check_access("read")
        if lead := self._last_lead():
            return lead._get_records_action()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Lead"),
            "res_model": LEAD,
            "views": [(False, "form")],
            "context": {
                "default_value_call_id": self.id,
                "default_type": "lead",
                "default_phone": self.number or False,
                "default_partner_id": self.partner_id.id,
                "default_company_id": self.company_id.id,
            },
        }
