from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..service.crm_value_ticketing import TICKET

RECENT_DAYS = 30  # what is older came in late: nobody would know what is meant
ORDER_DAYS = 180  # orders that took longer are not looked for
MONTH = 365.25 / 12
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


class CrmValueInvitation(models.Model):
    """Finds the events that trigger invitations: one SQL query per kind of event.

    Each gives (key, partner, model, record, day), the partner being the contact of the
    document. The plan of a rule and its preview read the same statements.
    """

    _inherit = "crm.value.invitation"

    @api.model
    def _source(self, rule, since, ids=None):
        """Return the SQL of what happened to customers of a rule from a day on.

        :param ids: of documents just written; None: all that are recent
        """
        today = self.env["crm.value.run"]._today(rule.company_id)
        return getattr(self, f"_source_{rule.event}")(
            rule,
            company=rule.company_id.id,
            since=since,
            today=today,
            closed=rule.company_id._value_local_day(SQL("document.closed")),
            solved=rule.company_id._value_local_day(SQL("document.solved_on")),
            all=SQL("TRUE") if ids is None else SQL("FALSE"),
            ids=SQL("TRUE") if ids is None else SQL("document.id = ANY(%s)", ids),
        )

    @api.model
    def _source_invoiced(self, rule, **names):
        """Invoices that are not only a down payment."""
        return SQL(
            """
            SELECT 'account.move ' || document.id, document.partner_id,
                   'account.move', document.id, document.invoice_date
              FROM account_move document
             WHERE document.company_id = %(company)s
               AND document.move_type IN ('out_invoice', 'out_receipt')
               AND document.state = 'posted'
               AND document.invoice_date BETWEEN %(since)s AND %(today)s
               AND %(ids)s
               AND EXISTS (
                   SELECT FROM account_move_line line
                    WHERE line.move_id = document.id
                      AND line.display_type = 'product'
                      AND NOT EXISTS (
                          SELECT FROM sale_order_line_invoice_rel link
                            JOIN sale_order_line sold
                              ON sold.id = link.order_line_id
                           WHERE link.invoice_line_id = line.id
                             AND sold.is_downpayment))
            """,
            **names,
        )

    @api.model
    def _source_delivered(self, rule, **names):
        """Orders of which every line is delivered, by whatever counts deliveries."""
        return SQL(
            """
            SELECT 'sale.order ' || document.id, document.partner_id,
                   'sale.order', document.id, document.value_delivered_on
              FROM sale_order document
             WHERE document.company_id = %(company)s
               AND document.state = 'sale'
               AND document.date_order > %(since)s::date - %(order_days)s
               AND document.value_delivered_on BETWEEN %(since)s AND %(today)s
               AND %(ids)s
            """,
            order_days=ORDER_DAYS,
            **names,
        )

    @api.model
    def _source_ticket(self, rule, **names):
        """Tickets closed, except follow-ups, which have a rule of their own."""
        return SQL(
            """
            SELECT %(model)s || ' ' || document.id, document.partner_id,
                   %(model)s, document.id, %(closed)s
              FROM (%(tickets)s) document
             WHERE document.company_id = %(company)s
               AND document.is_closed
               AND NOT document.is_void
               AND %(closed)s BETWEEN %(since)s AND %(today)s
               AND %(ids)s
               AND NOT EXISTS (
                   SELECT FROM crm_value_recovery recovery
                    WHERE recovery.ticket_id = document.id)
            """,
            model=TICKET,
            tickets=self.env["crm.value.ticketing"]._source(),
            **names,
        )

    @api.model
    def _source_recovery(self, rule, **names):
        """Negative responses that have been resolved."""
        return SQL(
            """
            SELECT 'crm.value.recovery ' || document.id, document.partner_id,
                   'crm.value.recovery', document.id, %(solved)s
              FROM crm_value_recovery document
             WHERE document.company_id = %(company)s
               AND document.kind = 'bad'
               AND document.state = 'solved'
               AND %(solved)s BETWEEN %(since)s AND %(today)s
               AND %(ids)s
            """,
            **names,
        )

    @api.model
    def _source_stage(self, rule, **names):
        """Changes of stage, and customers of whom nothing was known before."""
        return SQL(
            """
            SELECT 'stage ' || document.stage_to_id || ' ' || document.date,
                   document.partner_id, 'crm.value.transition', document.id,
                   document.date
              FROM crm_value_transition document
             WHERE document.company_id = %(company)s
               AND document.kind = 'stage'
               AND document.is_history IS NOT TRUE
               AND document.stage_to_id = COALESCE(%(stage)s, document.stage_to_id)
               AND document.date BETWEEN %(since)s AND %(today)s
               AND %(ids)s
             UNION ALL
            SELECT 'stage first', document.partner_id, 'crm.value.profile',
                   document.id, document.first_purchase_date
              FROM crm_value_profile document
              JOIN crm_value_stage stage
                ON stage.id = document.stage_id AND stage.code = 'exploration'
             WHERE document.company_id = %(company)s
               AND stage.id = COALESCE(%(stage)s, stage.id)
               AND document.first_purchase_date BETWEEN %(since)s AND %(today)s
               AND %(all)s
               AND NOT EXISTS (
                   SELECT FROM crm_value_transition moved
                    WHERE moved.company_id = document.company_id
                      AND moved.partner_id = document.partner_id
                      AND moved.kind = 'stage')
            """,
            stage=rule.stage_id.id or None,
            **names,
        )

    @api.model
    def _source_tier(self, rule, **names):
        """Changes to a tier, up or down; who lost the last one has reached none."""
        return SQL(
            """
            SELECT 'tier ' || document.tier_to_id || ' ' || document.date,
                   document.partner_id, 'crm.value.transition', document.id,
                   document.date
              FROM crm_value_transition document
             WHERE document.company_id = %(company)s
               AND document.kind = 'tier'
               AND document.date BETWEEN %(since)s AND %(today)s
               AND %(ids)s
               AND document.tier_to_id = COALESCE(%(tier)s, document.tier_to_id)
            """,
            tier=rule.tier_id.id or None,
            **names,
        )

    @api.model
    def _source_calendar(self, rule, **names):
        """Customers whose turn it is.

        Each has a day of its own in the period, by a hash, so that they are asked
        evenly and in the same order again. Only customers that have not left are.
        """
        if rule.person == "staff":
            return self._source_staff(rule, **names)
        return SQL(
            """
            SELECT 'calendar ' || turn.number, document.partner_id,
                   'crm.value.profile', document.id, turn.day
              FROM crm_value_profile document,
                   LATERAL (SELECT ('x' || substr(md5(document.partner_id || ' ' ||
                       %(rule)s), 1, 8))::bit(32)::bigint %% %(period)s AS slot) own,
                   LATERAL (SELECT (%(today)s::date - DATE '2000-01-01' - own.slot)
                       / %(period)s AS number) past,
                   LATERAL (SELECT past.number, DATE '2000-01-01'
                       + (past.number * %(period)s + own.slot)::int AS day) turn
             WHERE document.company_id = %(company)s
               AND document.relation = 'active'
               AND document.last_purchase_date IS NOT NULL
               AND turn.day BETWEEN %(since)s AND %(today)s
               AND %(ids)s
            """,
            rule=rule.id,
            period=round(rule.months * MONTH),
            **names,
        )

    @api.model
    def _source_staff(self, rule, **names):
        """Users of the company, all at once: who comes later waits for the next round.

        Asked alone, one could be told from the difference.
        """
        return SQL(
            """
            SELECT 'calendar ' || turn.number, document.partner_id, 'res.users',
                   document.id, %(today)s::date
              FROM res_users document
              JOIN res_company_users_rel member
                ON member.user_id = document.id AND member.cid = %(company)s,
                   LATERAL (SELECT (%(today)s::date - %(start)s::date) / %(period)s
                       AS number) turn
             WHERE document.active AND NOT document.share
               AND document.id <> %(root)s
               AND %(since)s <= %(today)s
               AND %(ids)s
               AND NOT EXISTS (
                   SELECT FROM crm_value_invitation known
                    WHERE known.rule_id = %(rule)s
                      AND known.event_key = 'calendar ' || turn.number)
            """,
            rule=rule.id,
            period=round(rule.months * MONTH),
            start=rule.running_since or names["today"],
            root=self.env.ref("base.user_root").id,
            **names,
        )

    # --- planning: one statement per rule, cheap enough for users who post ---

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
