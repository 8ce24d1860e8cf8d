from odoo import api, fields, models
from odoo.exceptions import UserError

from .const import MAIL, RUNNING

MAILINGS = "mailing.mailing"


class CrmValueCampaign(models.Model):
    """Lets a campaign be mailed by Odoo's own mailings, where they are installed.

    Whom the mailing reached its traces tell; the log of contacts takes them over, so
    that they count against the frequency cap.
    """

    _inherit = "crm.value.campaign"

    has_mailings = fields.Boolean(compute="_compute_has_mailings")
    is_mailed = fields.Boolean(
        compute="_compute_has_mailings", help="Reached by a mailing of Odoo."
    )

    @api.depends("means", "mail_template_id", "state")
    def _compute_has_mailings(self):
        installed = MAILINGS in self.env
        for campaign in self:
            by_mail = campaign.means == MAIL and not campaign.mail_template_id
            campaign.has_mailings = installed
            campaign.is_mailed = installed and by_mail

    def _check_means(self):
        """A mailing is written after the launch: it needs no template."""
        return None if self.is_mailed else super()._check_means()

    def action_write_mailing(self):
        """Open the mailing for who gets it: a draft, unless it is there already."""
        self.ensure_one()
        self._check_manager()
        if self.state != RUNNING or not self.is_mailed:
            raise UserError(
                self.env._("A mailing is for a running campaign without a template.")
            )
        mailings = self.env[MAILINGS]
        mailing = mailings.search([("campaign_id", "=", self.utm_id.id)], limit=1)
        return (mailing or self._draft_mailing())._get_records_action()

    def _draft_mailing(self):
        """Create a mailing to who may be written to today; the others are held back."""
        # The log of contacts is written by its own code alone.
        planned = self.sudo().member_ids.contact_ids.filtered(
            lambda contact: contact.state == "planned"
        )
        planned._hold_suppressed(self.company_id)
        left = planned.filtered(lambda contact: contact.state == "planned")
        if not left:
            raise UserError(self.env._("Nobody is left who may be written to today."))
        sender = self.company_id.email_formatted or self.env.user.email_formatted
        return self.env[MAILINGS].create(
            {
                "subject": self.name,
                "campaign_id": self.utm_id.id,
                "mailing_model_id": self.env["ir.model"]._get_id("res.partner"),
                "mailing_domain": repr([("id", "in", left.partner_id.ids)]),
                "user_id": self.user_id.id or self.env.uid,
                "email_from": sender,
                "reply_to": sender,
            }
        )
