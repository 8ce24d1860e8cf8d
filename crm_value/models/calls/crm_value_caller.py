from odoo import api, fields, models
from odoo.tools import SQL, hash_sign

from . import numbers
from .matching import NOBODY, Holder, judge

MOST = 20  # who share a number are looked at
NAMED = 5  # of those a telephone system is told
POP = "crm_value.calls.pop"  # scope of the signature of an address
POP_HOURS = 12


class CrmValueCaller(models.AbstractModel):
    """Who has a number, and what a telephone system may know of it: never money."""

    _name = "crm.value.caller"
    _description = "Caller"

    @api.model
    def _match(self, company, number):
        """Return who has a number, of the contacts that a company may use."""
        if not number:
            return NOBODY
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(HOLDERS, number=number, company=company.id, most=MOST)
        )
        return judge([Holder(*row) for row in rows])

    @api.model
    def _look_up(self, pbx, text):
        """Return what is told of a number, as it goes over the line.

        :param pbx: the Terms of a telephone system, or its record
        """
        number = numbers.to_e164(
            self.env["res.partner"], text, pbx.country_id, pbx.outside_prefix or ""
        )
        match = self._match(pbx.company_id, number)
        told = {"result": match.result, "number": number or None}
        if match.result == "many":
            names = dict.fromkeys(holder.customer for holder in match.choices)
            told["customers"] = list(names)[:NAMED]
        if match.holder:
            told.update(self._tell(pbx, match))
        told.setdefault("queue", pbx.queue or None)
        told.setdefault("priority", 1)
        told["first_come_after_seconds"] = pbx.floor_seconds
        if number:
            told["pop_url"] = self._pop_url(pbx, number)
        return told

    def _tell(self, pbx, match):
        """Return who it is, and where the call should go."""
        facts = self._facts(pbx, match.holder)
        return {
            "customer": match.holder.customer,
            "contact": match.contact.name if match.contact else None,
            "contacts": [one.name or one.customer for one in match.choices[:NAMED]],
            "priority": int(facts["priority"] or 1),
            "queue": facts["queue"] or pbx.queue or None,
            "agent": facts["agent"],
            "extension": facts["extension"],
            "reason": self._say_reason(facts["tier"], facts["tickets"]),
            "as_of": fields.Date.to_string(facts["as_of"]) or None,
        }

    def _facts(self, pbx, holder):
        """Return tier, day of its figures, open tickets, and whom it knows here."""
        query = SQL(
            FACTS,
            contact=holder.id,
            customer=holder.customer_id,
            company=pbx.company_id.id,
            pbx=pbx.id,
            lang=self.env.lang or "en_US",
            tickets=self.env["crm.value.ticketing"]._owners(
                pbx.company_id.id, holder.customer_id
            ),
        )
        names = "tier", "priority", "queue", "as_of", "tickets", "agent", "extension"
        [row] = self.env.execute_query(query)
        return dict(zip(names, row, strict=True))

    def _say_reason(self, tier, tickets):
        """Return why a call has its priority and its agent, in words."""
        said = []
        if tier:
            said.append(self.env._("Tier: %(tier)s", tier=tier))
        if tickets:
            said.append(self.env._("Open tickets: %(count)s", count=tickets))
        return "; ".join(said) or None

    def _pop_url(self, pbx, number):
        """Return an address that shows the caller to who logs in."""
        token = hash_sign(self.env, POP, [pbx.id, number], expiration_hours=POP_HOURS)
        base = self.env["crm.value.pbx"].browse(pbx.id).get_base_url()
        return f"{base}/crm_value/calls/pop/{token}"


HOLDERS = """
WITH found AS (
    SELECT id FROM res_partner WHERE phone_sanitized = %(number)s
     UNION
    SELECT id FROM res_partner
     WHERE value_more_phones IS NOT NULL
       AND string_to_array(value_more_phones, ' ') @> ARRAY[%(number)s::text]
     UNION
    SELECT partner_id FROM crm_value_number
     WHERE company_id = %(company)s AND number = %(number)s)
SELECT person.id, person.name, customer.id, customer.name, known.id IS NOT NULL
  FROM found
  JOIN res_partner person ON person.id = found.id AND person.active
  JOIN res_partner customer ON customer.id = person.commercial_partner_id
LEFT JOIN crm_value_number known
       ON known.company_id = %(company)s AND known.number = %(number)s
      AND known.partner_id = person.id
 WHERE person.company_id IS NULL OR person.company_id = %(company)s
 ORDER BY known.id, person.id
 LIMIT %(most)s
"""

# Whom the customer knows here: who has its latest open ticket, or else its salesperson.
FACTS = """
WITH open_ticket AS (%(tickets)s)
SELECT COALESCE(tier.name ->> %(lang)s, tier.name ->> 'en_US'),
       tier.ticket_priority, route.queue, profile.as_of,
       (SELECT COUNT(*) FROM open_ticket),
       agent_name.name, extension.number
  FROM res_partner customer
  JOIN res_partner contact ON contact.id = %(contact)s
LEFT JOIN crm_value_profile profile
       ON profile.partner_id = customer.id AND profile.company_id = %(company)s
LEFT JOIN crm_value_tier tier ON tier.id = profile.tier_id AND tier.active
LEFT JOIN crm_value_pbx_route route
       ON route.tier_id = tier.id AND route.pbx_id = %(pbx)s
LEFT JOIN res_users agent
       ON agent.active
      AND agent.id = COALESCE(
          (SELECT user_id FROM open_ticket WHERE user_id IS NOT NULL LIMIT 1),
          contact.user_id, customer.user_id)
LEFT JOIN res_partner agent_name ON agent_name.id = agent.partner_id
LEFT JOIN crm_value_pbx_extension extension
       ON extension.user_id = agent.id AND extension.pbx_id = %(pbx)s
 WHERE customer.id = %(customer)s
 ORDER BY extension.id
 LIMIT 1
"""
