from collections import Counter
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..core.res_groups import PARTS

PLANNED = [("state", "=", "planned")]


class CrmValueContact(models.Model):
    """Contact log: one automatic mail to a customer, planned, then sent or held back.

    Whatever the add-on sends by itself asks here first, so that all of it together
    stays within the cap of the policy and honours who has opted out.
    """

    _name = "crm.value.contact"
    _inherit = ["crm.value.work"]
    _description = "Automatic Contact"
    _order = "date DESC, id DESC"
    _rec_name = "name"
    _job = "crm_value.ir_cron_contact"

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    origin_id = fields.Integer(
        aggregator=None, string="Original Customer ID", required=True
    )
    date = fields.Date(
        required=True, help="Day the contact is planned for, or was decided on."
    )
    channel = fields.Selection([("mail", "E-Mail")], default="mail", required=True)
    name = fields.Char(string="Subject", required=True)
    topic = fields.Char(
        required=True, help="The same topic is sent to an address only once per period."
    )
    source_key = fields.Char(
        required=True,
        help="Identifies what triggered the contact, so that it is sent only once.",
    )
    template_id = fields.Many2one("mail.template", ondelete="set null")
    state = fields.Selection(
        [("planned", "Planned"), ("sent", "Sent"), ("held", "Held Back")],
        default="planned",
        required=True,
    )
    reason = fields.Selection(
        [
            ("cap", "Frequency cap reached"),
            ("opt_out", "Opted out"),
            ("no_address", "No e-mail address"),
            ("duplicate", "Already sent to this address"),
            ("left", "No longer applies"),
            ("failed", "Could not be sent"),
        ]
    )
    message = fields.Char()
    number = fields.Integer(
        help="Running number for this customer. Unique, so that two parallel "
        "processes cannot exceed the frequency cap."
    )

    _once = models.UniqueIndex("(company_id, source_key)")
    _in_turn = models.UniqueIndex(
        "(company_id, origin_id, number) WHERE state = 'sent'",
        "This customer is currently being contacted. Please try again.",
    )
    _planned_idx = models.Index("(date) WHERE state = 'planned'")
    _topic_idx = models.Index("(company_id, topic, date) WHERE state = 'sent'")

    @api.model
    def _plan(self, vals_list):
        """Plan contacts, each source key once; return the new ones.

        :param vals_list: dicts of partner_id, company_id, date, name, topic,
            source_key, and what belongs to the channel
        """
        known = self.search_fetch(
            [("source_key", "in", [vals["source_key"] for vals in vals_list])],
            ["company_id", "source_key"],
        )
        have = {(contact.company_id.id, contact.source_key) for contact in known}
        return self.create(
            [
                {**vals, "origin_id": vals["partner_id"]}
                for vals in vals_list
                if (vals["company_id"], vals["source_key"]) not in have
            ]
        )

    def _admit(self):
        """Decide on planned contacts; return those to send now, the rest is held.

        The admitted ones count from here on: send them in the same transaction.
        """
        admitted = self.browse()
        for company, contacts in self.grouped("company_id").items():
            admitted += contacts._admit_in(company)
        return admitted

    def _admit_in(self, company):
        today = self.env["crm.value.run"]._today(company)
        reasons = self._suppression_reasons(
            company, [(contact.partner_id, contact.topic) for contact in self]
        )
        numbers, last = {}, self._last_numbers(company, self)
        held = {}
        for contact, reason in zip(self, reasons, strict=True):
            if reason:
                held[contact] = reason
            else:
                last[contact.origin_id] += 1
                numbers[contact] = last[contact.origin_id]
        for reason in set(held.values()):
            self.filtered(lambda c, reason=reason: held.get(c) == reason)._hold(reason)
        for number in set(numbers.values()):
            self.filtered(lambda c, number=number: numbers.get(c) == number).write(
                {"state": "sent", "date": today, "number": number}
            )
        return self.filtered(numbers.get)

    def _hold(self, reason, message=False):
        self.write({"state": "held", "reason": reason, "message": message})

    @api.model
    def _suppression_reasons(self, company, wishes):
        """Return the suppression reason per (customer, topic), False if it may be sent.

        They count against the frequency cap in their order.
        """
        partners = self.env["res.partner"].union(*(partner for partner, _t in wishes))
        opted_out = self._opted_out(partners)
        counts, had = self._recent(company, partners, {topic for _p, topic in wishes})
        cap = self.env["crm.value.policy"]._published(company).contact_cap
        reasons = []
        for partner, topic in wishes:
            email = partner.email_normalized
            reason = self._first_reason(
                no_address=not email,
                opt_out=email in opted_out,
                cap=counts[email] >= cap,
                duplicate=(email, topic) in had,
            )
            reasons.append(reason)
            if not reason:
                counts[email] += 1
                had.add((email, topic))
        return reasons

    @api.model
    def _first_reason(self, **reasons):
        return next((name for name, holds in reasons.items() if holds), False)

    @api.model
    def _opted_out(self, partners):
        """Return the addresses of ``partners`` that must not be used."""
        emails = set(partners.mapped("email_normalized")) - {False}
        # Who works on playbooks need not be allowed to read the blacklist.
        blacklist = self.env["mail.blacklist"].sudo()
        return set(blacklist.search([("email", "in", list(emails))]).mapped("email"))

    @api.model
    def _recent(self, company, partners, topics):
        """Return what was sent in the policy's period.

        Requests for a rating count too, but have no topic.

        :return: (Counter of contacts by address, {(address, topic)} of the topics)
        """
        days = self.env["crm.value.policy"]._published(company).contact_days
        since = self.env["crm.value.run"]._today(company) - timedelta(days=days)
        sent = Domain(
            [("company_id", "=", company.id), ("state", "=", "sent")]
        ) & Domain("date", ">", since)
        addresses = list(set(partners.mapped("email_normalized")) - {False})
        groups = self._read_group(
            sent & Domain("partner_id.email_normalized", "in", addresses),
            ["partner_id"],
            ["__count"],
        )
        same = self.search_fetch(
            sent
            & Domain("topic", "in", list(topics))
            & Domain("partner_id.email_normalized", "in", addresses),
            ["partner_id", "topic"],
        )
        counts = Counter()  # somebody can be a contact of several customers
        for partner, count in groups:
            counts[partner.email_normalized] += count
        counts.update(self._recent_rating_requests(since, addresses))
        return (
            counts,
            {(contact.partner_id.email_normalized, contact.topic) for contact in same},
        )

    @api.model
    def _last_numbers(self, company, contacts):
        groups = self._read_group(
            [
                ("company_id", "=", company.id),
                ("state", "=", "sent"),
                ("origin_id", "in", contacts.mapped("origin_id")),
            ],
            ["origin_id"],
            ["number:max"],
        )
        return Counter(dict(groups))

    # --- mails ---

    @api.model
    def _cron_contact(self):
        """Send the mails that are due. Safe to start at any time."""
        self._work_off(self._due_domain(), "_deliver")

    @api.model
    def _due_domain(self):
        """Return the planned mails of today, by the calendar of each company."""
        run = self.env["crm.value.run"]
        companies = self._read_group(PLANNED, ["company_id"])
        due = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("date", "<=", run._today(company))
            for (company,) in companies
        )
        return Domain(PLANNED) & Domain("channel", "=", "mail") & due

    def _deliver(self):
        """Admit mails and put them into Odoo's outgoing queue, in one transaction."""
        off = self._of_parts_off()
        off._hold("left")
        for company, contacts in (self - off)._admit().grouped("company_id").items():
            for template, mails in contacts.grouped("template_id").items():
                template.with_company(company).with_context(
                    value_sender=company.email_formatted
                ).send_mail_batch(
                    mails.partner_id.ids,
                    email_layout_xmlid="mail.mail_notification_light",
                )

    def _of_parts_off(self):
        """Return the mails of parts that are switched off: nobody gets them."""
        uses = self.env["res.groups"]._value_uses
        off = {part for part in PARTS if not uses(part)}
        return self.filtered(lambda mail: off and mail._part() in off)

    def _part(self):
        """Return the part of customer value that a mail belongs to, None for none."""
        self.ensure_one()
        return None

    def _fail(self, error):
        """Note it; whom another transaction has just contacted is counted again."""
        if isinstance(error, UniqueViolation):
            self._trigger()
        else:
            self._hold("failed", str(error))

    @api.model
    def _recent_rating_requests(self, since, addresses):
        """Count rating requests of other applications by address, too."""
        asked = self._rating_requests(
            SQL("partner.email_normalized = ANY(%s)", addresses)
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT person.email_normalized, COUNT(*)
                  FROM (%s) AS asked (person_id, customer_id, day)
                  JOIN res_partner person ON person.id = person_id
                 WHERE day > %s
              GROUP BY person.email_normalized
                """,
                asked,
                since,
            )
        )
        return dict(rows)

    @api.model
    def _rating_requests(self, who):
        """Return the SQL of (contact, customer, day) of requests for a rating.

        What somebody says unasked is none: such a rating begins with its value.

        :param who: the SQL condition of the contact, ``partner``
        """
        self.env["rating.rating"].flush_model()
        return SQL(
            """
            SELECT partner.id, partner.commercial_partner_id,
                   rating.create_date::date
              FROM rating_rating rating
              JOIN res_partner partner ON partner.id = rating.partner_id
             WHERE (rating.rated_on IS NULL
                    OR rating.rated_on > rating.create_date + INTERVAL '1 minute')
               AND %s
            """,
            who,
        )
