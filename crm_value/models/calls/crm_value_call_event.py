from odoo import api, fields, models
from odoo.tools import SQL

EVENTS = {"newCall": "rung_at", "answer": "answered_at", "hangup": "ended_at"}
VALUED = ("platinum", "gold")  # quadrants
LENGTHS = {"from": 64, "to": 64, "queue": 64, "cause": 64}
NOTIFICATION = "crm_value_call"
CALL_BACK = "mail.mail_activity_data_call"


class CrmValueCall(models.Model):
    """What the events of a telephone system do: each once, whatever their order."""

    _inherit = "crm.value.call"

    @api.model
    def _take(self, pbx, event):
        """Note an event; return its call, and whether it was told for the first time.

        :param event: dict of event, callId, and maybe from, to, direction, users,
            queue, cause and answeringNumber, all of them texts but users, a list
        """
        call = self._of_event(pbx, event)
        moment = EVENTS[event["event"]]
        if call[moment]:
            return call, False
        now = fields.Datetime.now()
        call.write({moment: now, **call._prepare_event_vals(event)})
        call._react(event)
        return call, True

    @api.model
    def _of_event(self, pbx, event):
        """Return the call of an event, a new one where it was not heard of, locked."""
        key = event["callId"]
        query = SQL(
            "SELECT id FROM crm_value_call WHERE pbx_id = %s AND call_key = %s"
            " FOR UPDATE",
            pbx.id,
            key,
        )
        self.flush_model()
        rows = self.env.execute_query(query)
        if not rows:
            now = fields.Datetime.now()
            rows = self.env.execute_query(
                SQL(
                    """
                    INSERT INTO crm_value_call
                                (pbx_id, company_id, call_key, date, state,
                                 create_uid, create_date, write_uid, write_date)
                         VALUES (%(pbx)s, %(company)s, %(key)s, %(now)s, 'ringing',
                                 %(uid)s, %(now)s, %(uid)s, %(now)s)
                    ON CONFLICT (pbx_id, call_key) DO NOTHING
                      RETURNING id
                    """,
                    pbx=pbx.id,
                    company=pbx.company_id.id,
                    key=key,
                    now=now,
                    uid=self.env.uid,
                )
            )
        return self.browse(rows[0])

    def _prepare_event_vals(self, event):
        """Return what an event adds to what is known; it never takes anything back."""
        told = {key: (event.get(key) or "")[:end] for key, end in LENGTHS.items()}
        vals = {"queue": told["queue"], "cause": told["cause"]}
        direction = self.direction or event.get("direction")
        if direction in ("in", "out"):
            theirs, ours = ("from", "to") if direction == "in" else ("to", "from")
            vals["direction"] = direction
            vals["number_raw"] = told[theirs]
            vals["number"] = self.pbx_id._number(told[theirs])
            vals["line"] = told[ours]
        return {key: value for key, value in vals.items() if value and not self[key]}

    # --- what follows ---

    def _react(self, event):
        """Find who it is, and tell the agents."""
        if self.number and not self.partner_id:
            self._find_partner()
        users = self.pbx_id._users_of([*event["users"], event.get("answeringNumber")])
        if event["event"] == "newCall":
            users = users or self._users_rung(event)
            self.rung_user_ids = users
        elif event["event"] == "answer":
            self.user_id = users[:1]
            self._settle()
        if self.state == "missed" and self.direction == "in":
            self._ask_to_call_back()
        self._show(users | self.rung_user_ids | self.user_id)

    def _find_partner(self):
        """Set whose call it is, if only one customer can be meant."""
        match = self.env["crm.value.caller"]._match(self.company_id, self.number)
        if match.result == "one":
            found = match.contact.id if match.contact else match.holder.customer_id
            self.partner_id = found

    def _users_rung(self, event):
        """Return at whose screens a call rings that names nobody: its queue's, or all.

        An outgoing call that names nobody is nobody's.
        """
        if self.direction != "in":
            return self.pbx_id._users_of([event.get("from")])
        extensions = self.pbx_id.extension_ids
        called = self.pbx_id._users_of([event.get("to")])
        queued = extensions.filtered(lambda one: self.queue and one.queue == self.queue)
        return called or queued.user_id or extensions.user_id

    def _show(self, users):
        """Tell the screens of some users, once the event is stored.

        Only that there is a call: what they may see of it they ask for themselves.
        """
        users._bus_send(
            NOTIFICATION,
            {"id": self.id, "state": self.state, "user_id": self.user_id.id},
        )

    def _ask_to_call_back(self):
        """Give who knows a valued customer an activity, one until it is done."""
        user = self._who_calls_back()
        if not (user and self._is_valued()) or self._is_to_be_called_back():
            return
        asked = self.with_context(lang=user.lang)
        self.activity_schedule(
            CALL_BACK,
            user_id=user.id,
            summary=asked.env._("Call back"),
            note=asked.with_user(user)._note(),
        )

    def _settle(self):
        """Ask nobody any more to call back: somebody has spoken with the customer."""
        self.activity_unlink([CALL_BACK])  # the answer was told after the end
        if self.customer_id:
            missed = self.search(self._calls_to_return())
            missed.activity_feedback(
                [CALL_BACK], feedback=self.env._("Spoken with since.")
            )

    def _is_valued(self):
        """Return whether somebody of our best customers has called."""
        profile = self._profile()
        return profile.quadrant in VALUED or bool(profile.tier_id.ticket_priority)

    def _profile(self):
        """Return the figures of the customer who calls, empty without any."""
        profiles = self.env["crm.value.profile"]
        found = profiles._by_customer(self.company_id, self.customer_id)
        return found.get((self.company_id.id, self.customer_id.id), profiles)

    def _who_calls_back(self):
        """Return the customer's salesperson, or else somebody at whose desk it rang."""
        known = (self.partner_id.user_id | self.customer_id.user_id).filtered("active")
        rung = self.rung_user_ids or self.pbx_id.extension_ids.user_id
        return (known or rung)[:1]

    def _is_to_be_called_back(self):
        """Return whether somebody has been asked to already."""
        return bool(self.search_count(self._calls_to_return(), limit=1))

    def _calls_to_return(self):
        """Return the domain of the customer's calls that wait for being returned."""
        return [
            ("company_id", "=", self.company_id.id),
            ("customer_id", "=", self.customer_id.id),
            ("activity_ids", "!=", False),
        ]
