from odoo import api, models


class CrmValueInteractionCall(models.AbstractModel):
    """Calls, as the telephone system told them."""

    _name = "crm.value.interaction.call"
    _inherit = "crm.value.interaction"
    _description = "Interactions: Calls"
    _rank = 25
    _part = "service"
    _icon = "fa-phone"
    _reads = "crm.value.call"
    _when = "date"
    _channel = "phone"
    _chosen = True

    @api.model
    def _label(self):
        return self.env._("Calls")

    @api.model
    def _columns(self, model, query, asked):
        direction = model._field_to_sql(query.table, "direction", query)
        return {**super()._columns(model, query, asked), "direction": direction}

    @api.model
    def _title(self, record):
        states = dict(record._fields["state"]._description_selection(self.env))
        return " · ".join(filter(None, (states[record.state], record.number)))
