from datetime import timedelta
from zoneinfo import ZoneInfo

from odoo import fields, models
from odoo.exceptions import AccessError

from ...const import OFFICER, USER


class DigestDigest(models.Model):
    """Digest tiles: customers gained, in decline and lost, and what all are worth.

    Odoo computes tiles in the company of who reads the mail. These are those of the
    digest's own company; who does not work in it gets none.
    """

    _inherit = "digest.digest"

    kpi_value_new = fields.Boolean("New Customers")
    kpi_value_new_value = fields.Integer(
        "Count of New Customers",
        compute="_compute_kpi_value_new_value",
        groups=USER,
    )
    kpi_value_decline = fields.Boolean("Customers Newly in Decline")
    kpi_value_decline_value = fields.Integer(
        "Count of Customers Newly in Decline",
        compute="_compute_kpi_value_decline_value",
        groups=USER,
    )
    kpi_value_lost = fields.Boolean("Customers Lost")
    kpi_value_lost_value = fields.Integer(
        "Count of Customers Lost",
        compute="_compute_kpi_value_lost_value",
        groups=USER,
    )
    kpi_value_equity = fields.Boolean("Value of Customers at the Month End")
    kpi_value_equity_value = fields.Monetary(
        "Amount of Customer Value at the Month End",
        compute="_compute_kpi_value_equity_value",
        groups=OFFICER,
    )

    # One method a tile: Odoo forgets them one by one between two windows.

    def _compute_kpi_value_new_value(self):
        self._value_count("new")

    def _compute_kpi_value_decline_value(self):
        self._value_count("decline")

    def _compute_kpi_value_lost_value(self):
        self._value_count("lost")

    def _value_count(self, kind):
        """Count whole days of the company: the one that is not over counts later."""
        for digest in self:
            letters = digest._value_letters(USER)
            company = letters.env.company
            entered = letters._entered(company, *digest._value_days(company))
            digest[f"kpi_value_{kind}_value"] = entered[kind]

    def _compute_kpi_value_equity_value(self):
        """Take the value at the last month end of a window; it is known at no other."""
        for digest in self:
            letters = digest._value_letters(OFFICER)
            company = letters.env.company
            _first, last = digest._value_days(company)
            value = letters._closing(last)
            known = value or letters._closing()
            # Odoo writes the reader's currency beside it.
            foreign = company.currency_id != self.env.user.company_id.currency_id
            if digest.ids and (foreign or not known):
                digest._value_leave_out()
            digest.kpi_value_equity_value = value

    def _value_letters(self, group):
        """Return where to count, with no other company than the digest's own."""
        company, user = self.company_id or self.env.company, self.env.user
        if not user.has_group(group) or company not in user.company_ids:
            self._value_leave_out()
        letters = self.env["crm.value.letter"]
        return letters.with_context(allowed_company_ids=company.ids)

    def _value_leave_out(self):
        """Leave a tile out of this reader's digest: Odoo takes this error for that."""
        raise AccessError(self.env._("Not for this reader of the digest."))

    def _value_days(self, company):
        """Return the first and the last whole day of the window."""
        zone = ZoneInfo(company._value_timezone())
        now = fields.Datetime.now()
        begin, end = (
            fields.Datetime.to_datetime(
                fields.Datetime.to_string(self.env.context.get(name, now))
            )
            .replace(tzinfo=ZoneInfo("UTC"))
            .astimezone(zone)
            .date()
            for name in ("start_datetime", "end_datetime")
        )
        return begin, end - timedelta(days=1)

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        menu = f"?menu_id={self.env.ref('crm_value.menu_root').id}"
        changes = f"crm_value.crm_value_transition_action{menu}"
        return actions | {
            "kpi_value_new": f"crm_value.crm_value_profile_action{menu}",
            "kpi_value_decline": changes,
            "kpi_value_lost": changes,
            "kpi_value_equity": f"crm_value.crm_value_equity_action{menu}",
        }
