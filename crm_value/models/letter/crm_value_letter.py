import re
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import date_utils


class CrmValueLetter(models.Model):
    """A monthly letter on customer value: one company, one month, one reader.

    The mail is made in the transaction that marks the letter as sent, so that a killed
    cron neither loses nor repeats one.
    """

    _name = "crm.value.letter"
    _inherit = ["crm.value.work", "crm.value.guarded"]
    _description = "Monthly Letter on Customer Value"
    _is_result = True
    _order = "date DESC, id DESC"
    _rec_name = "date"
    _job = "crm_value.ir_cron_letter"
    _batch_size = 20

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    date = fields.Date(
        string="Month End",
        required=True,
        readonly=True,
        help="The last day of the month it is about.",
    )
    user_id = fields.Many2one(
        "res.users", string="Reader", required=True, readonly=True, ondelete="cascade"
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("sent", "Sent"),
            ("skipped", "Not Wanted"),
            ("failed", "Failed"),
        ],
        default="waiting",
        required=True,
        readonly=True,
    )
    sent_at = fields.Datetime(readonly=True)
    message = fields.Char(readonly=True)

    _once = models.UniqueIndex("(company_id, date, user_id)")
    _waiting_idx = models.Index("(id) WHERE state = 'waiting'")

    @api.model
    def _cron_letters(self):
        """Write the letters of the month that is over; safe to start at any time."""
        companies = self.env["res.company"]._value_all_scored()
        for company in companies.filtered("value_letter"):
            self._plan(company)
        self._work_off([("state", "=", "waiting")], "_send")

    @api.model
    def _last_month(self, company):
        """Return the last day of the month before the company's today."""
        today = self.env["crm.value.run"]._today(company)
        return date_utils.start_of(today, "month") - timedelta(days=1)

    @api.model
    def _plan(self, company):
        """Ask for the letters of last month that nobody has asked for yet."""
        day = self._last_month(company)
        if not self._is_complete(company, day):
            return
        of_month = [("company_id", "=", company.id), ("date", "=", day)]
        fresh = self._readers(company) - self.search(of_month).user_id
        self.create(
            [
                {"company_id": company.id, "date": day, "user_id": reader.id}
                for reader in fresh
            ]
        )

    @api.model
    def _is_complete(self, company, day):
        """Return whether a month end is there, and has anybody to tell of."""
        return bool(
            self.env["crm.value.snapshot"].search_count(
                [
                    ("company_id", "=", company.id),
                    ("date", "=", day),
                    ("month_end", "=", True),
                    ("run_id.state", "=", "done"),
                ],
                limit=1,
            )
        )

    @api.model
    def _readers(self, company):
        """Return who gets the letter of a company: managers, and those it has named."""
        manager = self.env.ref("crm_value.group_manager")
        user = self.env.ref("crm_value.group_user")
        return self.env["res.users"].search(
            [
                ("share", "=", False),
                ("value_letter", "=", True),
                ("partner_id.email", "!=", False),
                ("company_ids", "in", company.ids),
                "|",
                ("all_group_ids", "in", manager.ids),
                "&",
                ("id", "in", company.value_letter_user_ids.ids),
                ("all_group_ids", "in", user.ids),
            ]
        )

    def _send(self):
        """Write each letter as its reader would see the screens, and mail it."""
        for company, letters in self.grouped("company_id").items():
            readers = self._readers(company)
            wanted = letters.filtered_domain([("user_id", "in", readers.ids)])
            mails = [letter._prepare_mail_vals() for letter in wanted]
            self.env["mail.mail"].create(mails)
            wanted.write({"state": "sent", "sent_at": fields.Datetime.now()})
            (letters - wanted).state = "skipped"

    def _prepare_mail_vals(self):
        """Return the values of the mail of one letter."""
        writer = self._as_read_by(self.user_id, self.company_id)
        stop = self.user_id._value_letter_stop_url()
        return {
            "auto_delete": True,
            "body_html": writer._render_letter(self.date),
            "email_from": self.company_id.partner_id.email_formatted
            or self.env.ref("base.user_root").email_formatted,
            "email_to": self.user_id.email_formatted,
            "headers": {
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "X-Auto-Response-Suppress": "OOF",
            },
            "state": "outgoing",
            "subject": writer._subject(self.date),
        }

    @api.model
    def _as_read_by(self, reader, company):
        """Return the model with the rights, language and zone of a reader.

        Of the companies it has only the one the letter is about: neither the reader's
        own nor any other comes in.
        """
        return self.with_user(reader).with_context(
            allowed_company_ids=company.ids,
            lang=reader.lang or self.env.lang,
            tz=reader.tz,
        )

    @api.model
    def _render_letter(self, day):
        """Return the letter of one month as a page, for whoever reads it."""
        body = self.env["ir.qweb"]._render(
            "crm_value.letter_mail",
            {
                "lang": (self.env.lang or "en_US").replace("_", "-"),
                "letter": self._content(day),
                "stop": self.env.user._value_letter_stop_url(),
            },
        )
        # The text part takes a line break of the source for one of the letter.
        body = re.sub(r">\s*\n\s*<", "><", body)
        return Markup("<!DOCTYPE html>\n") + Markup(body)

    def _fail(self, error):
        """Keep why a letter could not be written."""
        self.write({"state": "failed", "message": str(error)[:500]})

    def action_try_again(self):
        """Write failed letters again."""
        self.check_access("read")
        # Only the work writes: nobody sends a letter a second time.
        self.sudo().filtered(lambda letter: letter.state == "failed").write(
            {"state": "waiting", "message": False}
        )
        self._trigger()
