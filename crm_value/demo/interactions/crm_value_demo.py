from datetime import datetime, time, timedelta

from odoo import api, fields, models

from .talks import TALKS


class CrmValueDemo(models.AbstractModel):
    """Lets people have talked with the demo customers."""

    _inherit = "crm.value.demo"

    @api.model
    def _create_tickets(self, company, today):
        result = super()._create_tickets(company, today)
        self._create_talks(today)
        calling = self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_phone")
        self._ref("partner_platinum").value_prefers_channel_id = calling
        return result

    @api.model
    def _create_talks(self, today):
        ours = self.env.ref("base.user_admin").partner_id
        vals_list = []
        for who, age, hour, channel, direction, said in TALKS:
            partner = self._ref(who)
            mail = channel is None
            day = fields.Date.subtract(today, days=age)
            vals_list.append(
                {
                    "model": "res.partner",
                    "res_id": partner.id,
                    "date": datetime.combine(day, time(hour)) + timedelta(minutes=10),
                    "body": said,
                    "message_type": "email" if mail else "comment",
                    "subtype_id": self.env.ref(
                        "mail.mt_comment" if mail else "mail.mt_note"
                    ).id,
                    "author_id": (partner if mail and direction == "in" else ours).id,
                    "value_channel_id": not mail and self.env.ref(channel).id,
                    "value_direction": not mail and direction,
                }
            )
        self.env["mail.message"].create(vals_list)
