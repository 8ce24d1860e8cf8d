from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, formatLang


class CrmValueInteractionPoints(models.AbstractModel):
    """Points that came and went, from the history of the customer's cards."""

    _name = "crm.value.interaction.points"
    _inherit = "crm.value.interaction"
    _description = "Interactions: Points"
    _rank = 100
    _part = "loyalty"
    _icon = "fa-gift"
    _reads = "loyalty.history"
    _whose = "card_id"
    _by = None

    @api.model
    def _label(self):
        return self.env._("Points")

    @api.model
    def _domain(self, family):
        return Domain("card_id.partner_id", "in", family)

    @api.model
    def _columns(self, model, query, asked):
        """Name who has the card."""
        columns = super()._columns(model, query, asked)
        holder = "(SELECT partner_id FROM loyalty_card WHERE id = %s)"
        return {**columns, "partner": SQL(holder, columns["partner"])}

    @api.model
    def _title(self, record):
        moved = record.issued - record.used
        sign = "+" if moved > 0 else ""
        return f"{sign}{formatLang(self.env, moved, digits=0)} · {record.description}"

    @api.model
    def _opens(self, record):
        return record.card_id


class CrmValueInteractionAutomatic(models.AbstractModel):
    """Mails that customer value sent by itself: Odoo deletes them once they are out."""

    _name = "crm.value.interaction.automatic"
    _inherit = "crm.value.interaction"
    _description = "Interactions: Automatic Mails"
    _rank = 15
    _icon = "fa-paper-plane-o"
    _reads = "crm.value.contact"
    _when = "date"
    _by = None
    _direction = "out"
    _channel = "email"

    @api.model
    def _label(self):
        return self.env._("Automatic Mails")

    @api.model
    def _domain(self, family):
        return super()._domain(family) & Domain("state", "=", "sent")


class CrmValueInteractionWorked(models.AbstractModel):
    """Customers of a worklist that somebody worked, and what came of it."""

    _name = "crm.value.interaction.worked"
    _inherit = "crm.value.interaction"
    _description = "Interactions: Worklists"
    _rank = 90
    _icon = "fa-check-square-o"
    _reads = "crm.value.decision"
    _when = "date"
    _direction = "out"

    @api.model
    def _label(self):
        return self.env._("Worked on a List")

    @api.model
    def _domain(self, family):
        return super()._domain(family) & Domain("kind", "=", "done")

    @api.model
    def _title(self, record):
        outcomes = record._labels("outcome")
        told = (
            record._labels("worklist")[record.worklist],
            outcomes.get(record.outcome),
            record.note,
        )
        return " · ".join(filter(None, told))

    @api.model
    def _opens(self, record):
        return record.partner_id
