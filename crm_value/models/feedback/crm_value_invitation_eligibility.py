from collections import defaultdict
from datetime import date, timedelta
from hashlib import sha256

from odoo import api, models
from odoo.tools import SQL

NEVER = date.min
DEFERRED = "wait"  # not suppressed: eligibility is checked again tomorrow
DEFERRABLE = ("open_ticket", "contacted")


class CrmValueInvitation(models.Model):
    """Who is eligible for a survey, and why an invitation is deferred or suppressed.

    Everything is read for the whole batch.
    """

    _inherit = "crm.value.invitation"

    def _suppression_reasons(self):
        """Return the suppression reason per planned invitation, False if eligible.

        All are of one company. They are judged in their order: whoever is asked first
        puts the next contacts of the customer on cool-down.
        """
        today = self._today_of(self.company_id)
        gone, busy = self._gone(), self._with_open_tickets()
        answered = self._answered_since()
        persons, customers = self._last_asked()
        mailed = self._last_mailed()
        reasons = []
        for invitation in self:
            rule, person = invitation.rule_id, invitation.partner_id
            customer, address = invitation.customer_id, person.email_normalized
            since = answered.get((invitation.survey_id.id, person.id), NEVER)
            reason = self.env["crm.value.contact"]._first_reason(
                off=not rule.running or not rule.active,
                left=invitation in gone
                or not person.active
                or invitation._is_round_over(today),
                sampled=not invitation._in_sample(),
                no_address=not address,
                answered=since >= invitation.event_date,
                open_ticket=rule.hold_open_ticket and customer.id in busy,
                contacted=self._is_cooling_down(
                    mailed[customer.id], today, rule.quiet_days
                ),
                asked=self._is_cooling_down(persons[address], today, rule.person_days),
                asked_company=self._is_cooling_down(
                    customers[customer.id], today, rule.customer_days
                ),
            )
            if not reason:
                persons[address] = customers[customer.id] = today
            reasons.append(
                invitation._defer(today, reason) if reason in DEFERRABLE else reason
            )
        return reasons

    @api.model
    def _today_of(self, company):
        return self.env["crm.value.run"]._today(company)

    @api.model
    def _is_cooling_down(self, last, today, days):
        return bool(days) and (today - last).days < days

    def _defer(self, today, reason):
        """Return DEFERRED while the reason may still pass, else the reason."""
        end = self.event_date + timedelta(
            days=self.rule_id.wait_days + self.rule_id.expires_days
        )
        return DEFERRED if today < end else reason

    def _is_round_over(self, today):
        """Return whether a round of staff has ended before it got to somebody."""
        return self.audience == "staff" and today > self.expires_on

    def _in_sample(self):
        """Return whether the event is drawn: by a hash, so that it is so each time."""
        share = self.rule_id.sampling
        if share >= 100:
            return True
        key = f"{self.rule_id.id} {self.event_key} {self.customer_id.id}"
        draw = int.from_bytes(sha256(key.encode()).digest()[:8], "big")
        return draw * 100 < share * 2**64

    def _gone(self):
        """Return those whose event was undone, or whose customer has moved on."""
        gone = self.browse()
        for event, invitations in self.grouped("event").items():
            if keep := getattr(self, f"_holding_{event}", None):
                holding = set(keep(invitations))
                gone += invitations.filtered(
                    lambda i, holding=holding: i.res_id not in holding
                )
        return gone

    def _holding_invoiced(self, invitations):
        return self._ids_where(
            invitations,
            "account.move",
            [("state", "=", "posted"), ("payment_state", "!=", "reversed")],
        )

    def _holding_delivered(self, invitations):
        return self._ids_where(invitations, "sale.order", [("state", "=", "sale")])

    def _holding_ticket(self, invitations):
        return self.env["crm.value.ticketing"]._closed(invitations.mapped("res_id"))

    def _holding_recovery(self, invitations):
        return self._ids_where(
            invitations, "crm.value.recovery", [("state", "=", "solved")]
        )

    def _holding_stage(self, invitations):
        """Return the records of customers who are still where the rule asks them."""
        profiles = self.env["crm.value.profile"]._by_customer(
            self.company_id, invitations.customer_id
        )
        for invitation in invitations:
            key = (invitation.company_id.id, invitation.customer_id.id)
            wanted = invitation.rule_id.stage_id
            if not wanted or key in profiles and profiles[key].stage_id == wanted:
                yield invitation.res_id

    def _holding_tier(self, invitations):
        """Return the records of customers who are still in the tier they reached."""
        profiles = self.env["crm.value.profile"]._by_customer(
            self.company_id, invitations.customer_id
        )
        moves = self.env["crm.value.transition"].browse(invitations.mapped("res_id"))
        reached = {move.id: move.tier_to_id for move in moves.exists()}
        for invitation in invitations:
            key = (invitation.company_id.id, invitation.customer_id.id)
            tier = reached.get(invitation.res_id)
            if tier and key in profiles and profiles[key].tier_id == tier:
                yield invitation.res_id

    def _ids_where(self, invitations, model, domain):
        ids = invitations.mapped("res_id")
        return self.env[model].sudo().search([("id", "in", ids), *domain]).ids

    def _with_open_tickets(self):
        """Return the ids of the customers who wait for an answer of the service."""
        return self.env["crm.value.ticketing"]._waiting(
            self.company_id, self.customer_id
        )

    def _answered_since(self):
        """Return {(survey id, contact id): date of the last answer}.

        An answer to another invitation was about something else.
        """
        groups = (
            self.env["survey.user_input"]
            .sudo()
            ._read_group(
                [
                    ("survey_id", "in", self.survey_id.ids),
                    ("partner_id", "in", self.partner_id.ids),
                    ("state", "=", "done"),
                    ("test_entry", "=", False),
                    ("value_invitation_ids", "=", False),
                ],
                ["survey_id", "partner_id"],
                ["end_datetime:max"],
            )
        )
        return {
            (survey.id, partner.id): last.date()
            for survey, partner, last in groups
            if last
        }

    def _last_asked(self):
        """Return ({address: day last asked}, {customer id: day}), by any channel.

        Somebody can be a contact of several customers: the mailbox is one. Besides
        invitations these are surveys that colleagues sent by hand, and requests
        for a rating, of whichever application.
        """
        addresses = set(self.partner_id.mapped("email_normalized")) - {False}
        self.flush_model(["sent_on"])
        self.env["survey.user_input"].flush_model()
        rows = self.env.execute_query(
            SQL(
                LAST_ASKED,
                company=self.company_id.id,
                customers=self.customer_id.ids,
                addresses=list(addresses),
                ratings=self.env["crm.value.contact"]._rating_requests(
                    SQL("partner.id IN (SELECT id FROM known)")
                ),
            )
        )
        persons, customers = defaultdict(lambda: NEVER), defaultdict(lambda: NEVER)
        for address, customer, day in rows:
            persons[address] = max(persons[address], day)
            customers[customer] = max(customers[customer], day)
        return persons, customers

    def _last_mailed(self):
        """Return {customer id: day of the last automatic mail that was no survey}."""
        groups = self.env["crm.value.contact"]._read_group(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "sent"),
                ("partner_id.commercial_partner_id", "in", self.customer_id.ids),
                ("source_key", "not like", "invitation %"),
            ],
            ["partner_id"],
            ["date:max"],
        )
        last = defaultdict(lambda: NEVER)
        for partner, day in groups:
            customer = partner.commercial_partner_id.id
            last[customer] = max(last[customer], day)
        return last

    def _reasons_with_cap(self):
        """Return {id: suppression reason or False}, including the frequency cap."""
        if not self:
            return {}
        reasons = dict(zip(self.ids, self._suppression_reasons(), strict=True))
        free = self.filtered(lambda invitation: not reasons[invitation.id])
        wishes = [(i.partner_id, f"preview {i.id}") for i in free]
        capped = self.env["crm.value.contact"]._suppression_reasons(
            self.company_id, wishes
        )
        reasons.update(zip(free.ids, capped, strict=True))
        return reasons


LAST_ASKED = """
      WITH known AS (
          SELECT id, email_normalized
            FROM res_partner
           WHERE commercial_partner_id = ANY(%(customers)s)
              OR email_normalized = ANY(%(addresses)s))
      SELECT person.email_normalized, customer_id, MAX(day)
        FROM (SELECT partner_id, customer_id, sent_on
                FROM crm_value_invitation
               WHERE company_id = %(company)s
                 AND (customer_id = ANY(%(customers)s)
                      OR partner_id IN (SELECT id FROM known))
                 AND sent_on IS NOT NULL
               UNION ALL
              SELECT partner.id, partner.commercial_partner_id,
                     input.create_date::date
                FROM survey_user_input input
                JOIN res_partner partner ON partner.id = input.partner_id
               WHERE partner.id IN (SELECT id FROM known)
                 AND input.value_company_id = %(company)s
                 AND input.test_entry IS NOT TRUE
                 AND NOT EXISTS (
                     SELECT FROM crm_value_invitation own
                      WHERE own.user_input_id = input.id)
               UNION ALL
              %(ratings)s)
          AS asked (person_id, customer_id, day)
        JOIN res_partner person ON person.id = person_id
    GROUP BY person.email_normalized, customer_id
"""
