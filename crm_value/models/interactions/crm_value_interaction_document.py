from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, formatLang

from ...const import SOLD
from ..service.crm_value_ticketing import TICKET

REFUNDED = ("out_refund",)
AGREED = ("sent", "sale")


class CrmValueInteractionContact(models.AbstractModel):
    """The contacts themselves: no lines, but a place of mails and activities."""

    _name = "crm.value.interaction.partner"
    _inherit = "crm.value.interaction"
    _description = "Contacts of the Customer"
    _reads = "res.partner"
    _whose = "id"
    _talks = True

    @api.model
    def _label(self):
        return None

    @api.model
    def _branches(self, asked):
        return []


class CrmValueInteractionTicket(models.AbstractModel):
    """Tickets: what the customer asked, by the channel it came."""

    _name = "crm.value.interaction.ticket"
    _inherit = "crm.value.interaction"
    _description = "Interactions: Tickets"
    _rank = 40
    _icon = "fa-ticket"
    _reads = TICKET
    _chosen = True
    _direction = "in"
    _talks = True

    @api.model
    def _label(self):
        return self.env._("Tickets")

    @api.model
    def _columns(self, model, query, asked):
        channel = model._field_to_sql(query.table, "channel_id", query)
        return {**super()._columns(model, query, asked), "channel": channel}

    @api.model
    def _title(self, record):
        return f"{record.number} {record.name} · {record.stage_id.name}"


class CrmValueInteractionLead(models.AbstractModel):
    """Leads and opportunities."""

    _name = "crm.value.interaction.lead"
    _inherit = "crm.value.interaction"
    _description = "Interactions: Opportunities"
    _rank = 50
    _icon = "fa-star-o"
    _reads = "crm.lead"
    _talks = True

    @api.model
    def _label(self):
        return self.env._("Opportunities")

    @api.model
    def _title(self, record):
        return f"{record.name} · {record.stage_id.name or '–'}"


class CrmValueInteractionOrder(models.AbstractModel):
    """Quotations that were sent, and orders."""

    _name = "crm.value.interaction.order"
    _inherit = "crm.value.interaction"
    _description = "Interactions: Orders"
    _rank = 60
    _icon = "fa-shopping-cart"
    _reads = "sale.order"
    _when = "date_order"
    _talks = True

    @api.model
    def _label(self):
        return self.env._("Orders")

    @api.model
    def _domain(self, family):
        return super()._domain(family) & Domain("state", "in", AGREED)

    @api.model
    def _title(self, record):
        states = dict(record._fields["state"]._description_selection(self.env))
        money = formatLang(
            self.env, record.amount_total, currency_obj=record.currency_id
        )
        return f"{record.name} · {money} · {states[record.state]}"


class CrmValueInteractionInvoice(models.AbstractModel):
    """Invoices and credit notes, once posted."""

    _name = "crm.value.interaction.invoice"
    _inherit = "crm.value.interaction"
    _description = "Interactions: Invoices"
    _rank = 70
    _icon = "fa-file-text-o"
    _reads = "account.move"
    _when = "invoice_date"
    _by = "invoice_user_id"
    _direction = "out"
    _talks = True

    @api.model
    def _label(self):
        return self.env._("Invoices")

    @api.model
    def _domain(self, family):
        sold = Domain("move_type", "in", (*SOLD, *REFUNDED))
        return super()._domain(family) & sold & Domain("state", "=", "posted")

    @api.model
    def _title(self, record):
        kinds = dict(record._fields["move_type"]._description_selection(self.env))
        money = formatLang(
            self.env, record.amount_total, currency_obj=record.currency_id
        )
        return f"{record.name} · {money} · {kinds[record.move_type]}"


class CrmValueInteractionMeeting(models.AbstractModel):
    """Meetings of the calendar with somebody of the customer."""

    _name = "crm.value.interaction.meeting"
    _inherit = "crm.value.interaction"
    _description = "Interactions: Meetings"
    _rank = 30
    _icon = "fa-calendar"
    _reads = "calendar.event"
    _when = "start"
    _whose = "partner_ids"
    _channel = "visit"

    @api.model
    def _label(self):
        return self.env._("Meetings")

    @api.model
    def _columns(self, model, query, asked):
        """Name the first of the customer's people; a video call is no visit."""
        video = model._field_to_sql(query.table, "videocall_location", query)
        return {
            "date": model._field_to_sql(query.table, self._when, query),
            "direction": SQL("NULL"),
            "channel": SQL(
                "CASE WHEN COALESCE(%s, '') = '' THEN %s END",
                video,
                asked.channels.get(self._channel),
            ),
            "partner": SQL(
                """(SELECT MIN(res_partner_id) FROM calendar_event_res_partner_rel
                     WHERE calendar_event_id = %s AND res_partner_id = ANY(%s))""",
                SQL.identifier(query.table, "id"),
                [*asked.family],
            ),
        }
