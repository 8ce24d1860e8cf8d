from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .crm_value_invitation_source import RECENT_DAYS


class CrmValueInvitation(models.Model):
    """Plans invitations: one SQL statement per rule, cheap enough for posting users."""

    _inherit = "crm.value.invitation"

    @api.model
    def _plan(self, event, company, ids=None):
        """Plan invitations of the active rules of a company for an event.

        :param ids: of the documents just written; None: all that are recent
        """
        # Whoever posts or closes need not know who is asked about it.
        rules = self.env["crm.value.invitation.rule"].sudo()._running(company, event)
        for rule in rules:
            self.sudo()._plan_rule(rule, self._since(rule), ids)

    @api.model
    def _since(self, rule):
        """Return the first day a rule asks about."""
        today = self.env["crm.value.run"]._today(rule.company_id)
        recent = today - timedelta(days=RECENT_DAYS)
        return max(recent, rule.running_since or today)

    @api.model
    def _plan_rule(self, rule, since, ids=None):
        """Plan one invitation per event and person; what is there already stays.

        A round of staff ends on a day fixed now, the same for all who are in it.
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                PLAN,
                rule=rule.id,
                company=rule.company_id.id,
                survey=rule.survey_id.id,
                audience=rule.audience or "customer",
                event=rule.event,
                wait=rule.wait_days,
                open=rule.expires_days,
                staff=rule.person == "staff",
                person=self._persons(rule),
                source=self._source(rule, since, ids),
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        if rows and not rule.wait_days:
            self._trigger()
        return self.browse(row[0] for row in rows)

    @api.model
    def _persons(self, rule):
        """Return the SQL condition of who is asked: ``person`` for ``asked``."""
        same = SQL(
            "person.commercial_partner_id = asked.commercial_partner_id "
            "AND person.active"
        )
        if rule.person == "commercial":
            return SQL("person.id = asked.commercial_partner_id")
        if rule.person == "tag":
            return SQL(
                """
                %s AND EXISTS (
                    SELECT FROM res_partner_res_partner_category_rel tagged
                     WHERE tagged.partner_id = person.id
                       AND tagged.category_id = ANY(%s))
                """,
                same,
                rule.tag_ids.ids,
            )
        if rule.person == "type":
            return SQL(
                "%s AND NOT person.is_company AND person.type = %s",
                same,
                rule.address_type,
            )
        return SQL("person.id = asked.id")


PLAN = """
    INSERT INTO crm_value_invitation
                (rule_id, company_id, survey_id, audience, event,
                 event_key, event_date, res_model, res_id, partner_id,
                 customer_id, origin_id, date, expires_on, state,
                 reason, create_uid, write_uid, create_date,
                 write_date)
         SELECT %(rule)s, %(company)s, %(survey)s, %(audience)s, %(event)s,
                happened.key, happened.day, happened.model, happened.id,
                COALESCE(person.id, asked.id), asked.commercial_partner_id,
                COALESCE(person.id, asked.id), happened.day + %(wait)s,
                CASE WHEN %(staff)s
                     THEN happened.day + %(wait)s + %(open)s END,
                CASE WHEN person.id IS NULL THEN 'skipped'
                     ELSE 'planned' END,
                CASE WHEN person.id IS NULL THEN 'nobody' END,
                %(uid)s, %(uid)s, %(now)s, %(now)s
           FROM (%(source)s) AS happened (key, partner_id, model, id, day)
           JOIN res_partner asked ON asked.id = happened.partner_id
      LEFT JOIN res_partner person ON %(person)s
          WHERE %(staff)s OR NOT EXISTS (
                SELECT FROM res_company
                 WHERE res_company.partner_id = asked.commercial_partner_id)
       ORDER BY happened.day, happened.id
    ON CONFLICT (rule_id, event_key, origin_id) DO NOTHING
      RETURNING id
"""
