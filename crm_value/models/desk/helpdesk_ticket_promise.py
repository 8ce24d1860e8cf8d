from odoo import api, fields, models

FOREVER = float("inf")  # where nothing is promised
MINUTE = 1 / 60  # of waiting, in working hours: less moves nothing


class HelpdeskTicket(models.Model):
    """What is promised for a ticket, and the clock that runs towards it."""

    _inherit = "helpdesk.ticket"

    def _value_serve(self, raisable):
        """Set the targets, and raise priorities by the tier of the customer.

        :param raisable: those whose priority nobody has chosen
        """
        tickets = self.sudo()  # a customer who asks for help sees no tiers
        tiers = tickets._value_tiers()
        for ticket in tickets:
            if ticket.value_opened_tier_id != tiers[ticket]:
                ticket.value_opened_tier_id = tiers[ticket]
        tickets._value_set_targets(tickets._value_promised(tiers))
        raisable = raisable.sudo()
        for tier, members in raisable.grouped(tiers.get).items():
            if tier:
                members._value_raise_priority(tier)

    @api.model
    def _value_promise_better(self, company, partner_ids):
        """Promise more to customers who have reached a better tier while they wait.

        A tier that is lost takes nothing back, and priorities stay as they are.

        :param partner_ids: ids of the customers
        """
        waiting = [
            ("company_id", "=", company.id),
            ("commercial_partner_id", "in", partner_ids),
            ("value_due", "!=", False),
            ("value_responded_at", "=", False),
        ]
        tickets = self.sudo().search(waiting)  # whoever asked for the run
        tiers = tickets._value_tiers()
        promised = tickets._value_promised(tiers)
        better = tickets.filtered(lambda t: t._value_is_better(promised[t]))
        for tier, members in better.grouped(tiers.get).items():
            members.value_opened_tier_id = tier
        better._value_set_targets(promised)

    def _value_is_better(self, hours):
        """Return whether a promise is nowhere longer than the ticket's, and shorter."""
        held = (self.value_response_hours, self.value_resolution_hours)
        pairs = [
            (new or FOREVER, old or FOREVER)
            for new, old in zip(hours, held, strict=True)
        ]
        never_longer = all(new <= old for new, old in pairs)
        return never_longer and any(new < old for new, old in pairs)

    def _value_tiers(self):
        """Return the tier of each ticket's customer, empty where there is none."""
        tiers = self.env["crm.value.tier"]
        found = tiers._by_customer(self.company_id, self.partner_id)
        return {
            ticket: found.get(
                (ticket.company_id.id, ticket.partner_id.commercial_partner_id.id),
                tiers,
            )
            for ticket in self
        }

    def _value_promised(self, tiers):
        """Return (response, resolution) of each ticket in hours, zero for none.

        Of all that applies the shortest counts.
        """
        exceptions = self.env["crm.value.service.target"]._by_category(self.company_id)
        found = {}
        for ticket in self:
            company, tier = ticket.company_id, tiers[ticket]
            made = [
                (company.value_response_hours, company.value_resolution_hours),
                (tier.response_hours, tier.resolution_hours),
            ]
            for whom in (False, tier.id):
                key = (company.id, ticket.category_id.id, whom)
                if promise := exceptions.get(key):
                    made.append((promise.response_hours, promise.resolution_hours))
            found[ticket] = tuple(
                min(filter(None, hours), default=0.0)
                for hours in zip(*made, strict=True)
            )
        return found

    def _value_set_targets(self, promised):
        """Write what is due by when, those alike together."""
        alike = self.grouped(
            lambda t: (
                (t.create_date, t._value_calendar(), t.company_id),
                (promised[t], t._value_past_pauses()),
            )
        )
        for ((opened, calendar, company), (hours, pauses)), tickets in alike.items():
            due = [
                each and company._value_due(each, opened, calendar) for each in hours
            ]
            for since, until in pauses:
                running = {each for each in due if each and each > since}
                moved = tickets._value_moved(running, since, until)
                due = [moved.get(each, each) for each in due]
            tickets.write(
                {
                    "value_response_hours": hours[0],
                    "value_resolution_hours": hours[1],
                    "value_response_due": due[0],
                    "value_resolution_due": due[1],
                }
            )

    def _value_calendar(self):
        """Return in whose working hours a ticket is served."""
        return self.team_id.value_calendar_id or self.company_id.resource_calendar_id

    def _value_raise_priority(self, tier):
        wanted = tier.ticket_priority
        lower = self.filtered(lambda ticket: wanted and ticket.priority < wanted)
        names = dict(self._fields["priority"]._description_selection(self.env))
        for before, tickets in lower.grouped("priority").items():
            tickets.write({"priority": wanted, "value_priority_before": before})
            body = self.env._(
                "Priority raised from %(before)s to %(after)s because of the "
                "customer's loyalty tier: %(tier)s.",
                before=names[before],
                after=names[wanted],
                tier=tier.name,
            )
            tickets._message_log_batch(dict.fromkeys(tickets.ids, body))

    # --- the clock: with all rights, as a user need not be allowed to write it ---

    def _value_note_response(self):
        """Note the first response, and never a later one."""
        waiting = self.sudo().filtered(lambda ticket: not ticket.value_responded_at)
        if waiting:
            waiting.value_responded_at = fields.Datetime.now()

    def _value_close(self):
        if self:
            self._value_go_on()
            for closed, tickets in self.sudo().grouped("closed_date").items():
                tickets.value_resolved_at = closed or fields.Datetime.now()

    def _value_reopen(self):
        """Take the closing back: all the time since then was waiting for us."""
        for times, tickets in self.sudo().grouped("value_reopened").items():
            tickets.write({"value_resolved_at": False, "value_reopened": times + 1})

    def _value_wait(self):
        """Stop the clock since the stage was reached, which may be long ago."""
        waiting = self.sudo().filtered(lambda ticket: not ticket.value_waiting_since)
        for moment, tickets in waiting.grouped("last_stage_update").items():
            tickets.value_waiting_since = moment or fields.Datetime.now()

    def _value_go_on(self):
        """Let the clock go on: what is still due moves by the working time waited."""
        now = fields.Datetime.now()
        pauses = (
            self.sudo()
            .filtered("value_waiting_since")
            .grouped(
                lambda t: (t.company_id, t._value_calendar(), t.value_waiting_since)
            )
        )
        for (_company, _calendar, since), tickets in pauses.items():
            running = tickets.grouped(
                lambda ticket: (ticket._value_running(), ticket._value_past_pauses())
            )
            dues = {due for targets, _past in running for _name, due in targets}
            moved = tickets._value_moved(dues, since, now)
            for (targets, past), alike in running.items():
                vals = {name: moved[due] for name, due in targets}
                kept = [list(map(str, pause)) for pause in (*past, (since, now))]
                alike.write(
                    {"value_waiting_since": False, "value_pauses": kept, **vals}
                )

    def _value_past_pauses(self):
        """Return (since, until) of each pause that is over."""
        moment = fields.Datetime.to_datetime
        return tuple(
            (moment(since), moment(until)) for since, until in self.value_pauses or ()
        )

    def _value_running(self):
        """Return (name, moment) of the targets that were still due when it stopped."""
        names = [] if self.value_responded_at else ["value_response_due"]
        dues = [(name, self[name]) for name in (*names, "value_resolution_due")]
        since = self.value_waiting_since
        return tuple((name, due) for name, due in dues if due and due > since)

    def _value_moved(self, dues, since, now):
        """Return {moment: moved by the working time between two}.

        The calendar, the same for all these tickets, is asked once a pause.
        """
        calendar = self._value_calendar()
        if not calendar.attendance_ids:
            return {due: due + (now - since) for due in dues}
        waited = calendar.get_work_hours_count(since, now) if dues else 0.0
        if waited <= MINUTE:
            return {due: due for due in dues}
        # Planned from the target, which lies in working time, so that nights are left.
        company = self.company_id
        return {due: company._value_due(waited, due, calendar) for due in dues}
