from odoo import api, models
from odoo.tools import SQL


class CrmValueInteractionActivity(models.AbstractModel):
    """Activities on the customer's records: planned ones on their day, done ones."""

    _name = "crm.value.interaction.activity"
    _inherit = "crm.value.interaction.placed"
    _description = "Interactions: Activities"
    _rank = 80
    _icon = "fa-clock-o"
    _reads = "mail.activity"
    _when = "date_deadline"
    _direction = "out"
    _model_column = "res_model"

    @api.model
    def _label(self):
        return self.env._("Activities")

    @api.model
    def _placed_query(self):
        """Find them all; who may read which is what their records' rules say."""
        activities = self.env[self._reads].sudo().with_context(active_test=False)
        activities.flush_model()
        return activities._search([])

    @api.model
    def _placed_columns(self, query, asked):
        table = SQL.identifier(query.table)
        return {
            "date": SQL("COALESCE(%s.date_done, %s.date_deadline)", table, table),
            "direction": SQL("%s", self._direction),
            "channel": SQL(
                """(SELECT CASE kind.category WHEN 'phonecall' THEN %s
                                WHEN 'meeting' THEN %s END
                      FROM mail_activity_type kind WHERE kind.id = %s.activity_type_id)
                """,
                asked.channels.get("phone"),
                asked.channels.get("visit"),
                table,
            ),
            "partner": SQL("place.contact_id"),
        }

    @api.model
    def _title(self, record):
        what = " · ".join(
            filter(None, (record.activity_type_id.name, record.summary or ""))
        )
        if record.active:
            return self.env._("Planned: %(what)s", what=what or "–")
        return what or "–"
