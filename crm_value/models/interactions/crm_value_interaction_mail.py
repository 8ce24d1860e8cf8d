from odoo import api, models
from odoo.tools import SQL

from ..desk.helpdesk_ticket import ANSWERS

MESSAGE = "mail.message"


class CrmValueInteractionPlaced(models.AbstractModel):
    """What hangs on the customer's records by model and id: mails and activities.

    They may be read where the record they are on may be read. Odoo searches them one
    by one in Python; here the rules of these records stand in the SQL.
    """

    _name = "crm.value.interaction.placed"
    _inherit = "crm.value.interaction"
    _description = "Interactions on Records of the Customer"

    _model_column = "model"

    @api.model
    def _is_seen(self):
        return self._reads and super()._is_seen()

    @api.model
    def _branches(self, asked):
        """Return a SELECT for each model whose records are the customer's."""
        places = [kind for kind in self._everywhere() if kind._talks]
        return [self._branch_on(place, asked) for place in places]

    @api.model
    def _everywhere(self):
        return self.env["crm.value.interaction"]._all()

    @api.model
    def _branch_on(self, place, asked):
        owner = self.env[place._reads].with_context(active_test=False)
        owners = owner._search(place._domain(asked.family))
        partner = owner._field_to_sql(owners.table, place._whose, owners)
        number = SQL.identifier(owners.table, "id")
        query = self._placed_query()
        query.add_join(
            "JOIN",
            "place",
            SQL("(%s)", owners.select(number, SQL("%s AS contact_id", partner))),
            SQL("place.id = %s", SQL.identifier(query.table, "res_id")),
        )
        model = SQL.identifier(query.table, self._model_column)
        query.add_where(SQL("%s = %s", model, place._reads))
        columns = self._placed_columns(query, asked)
        return self._branch(query, columns, asked)

    @api.model
    def _placed_query(self):
        """Return the query of all such records, on whatever record they are."""
        raise NotImplementedError

    @api.model
    def _placed_columns(self, query, asked):
        """Return the columns of a line; ``place`` is the record it is on."""
        raise NotImplementedError

    @api.model
    def _opens(self, record):
        """Open the record that it is on."""
        return self.env[record[self._model_column]].browse(record.res_id)


class CrmValueInteractionMail(models.AbstractModel):
    """Messages that the customer wrote or could read, no notes of ours."""

    _name = "crm.value.interaction.mail"
    _inherit = "crm.value.interaction.placed"
    _description = "Interactions: Mails"
    _rank = 10
    _icon = "fa-envelope-o"
    _reads = MESSAGE
    _when = "date"
    _by = "author_id"
    _chosen = True
    _channel = "email"

    @api.model
    def _label(self):
        return self.env._("Mails")

    @api.model
    def _placed_query(self):
        """Find messages by the rule of the desk: of a kind that answers, not internal.

        The rules of messages are those of the records, which the join holds.
        """
        messages = self.env[MESSAGE].sudo()
        messages.flush_model()
        query = messages._search([("message_type", "in", ANSWERS)])
        query.add_where(
            SQL(
                """
                %(m)s.is_internal IS NOT TRUE
                AND CASE WHEN %(m)s.subtype_id IS NULL
                         THEN %(m)s.message_type = 'email_outgoing'
                         ELSE %(m)s.subtype_id NOT IN (
                             SELECT id FROM mail_message_subtype WHERE internal) END
                """,
                m=SQL.identifier(query.table),
            )
        )
        return query

    @api.model
    def _placed_columns(self, query, asked):
        """Look at the authors of a page only, not of all that it is chosen from."""
        table = SQL.identifier(query.table)
        ours = SQL(
            """(%(m)s.message_type = 'email_outgoing' OR EXISTS (
                 SELECT FROM res_partner author
                  WHERE author.id = %(m)s.author_id AND author.partner_share IS FALSE))
            """,
            m=table,
        )
        return {
            "date": SQL("%s.date", table),
            "direction": SQL("CASE WHEN %s THEN 'out' ELSE 'in' END", ours),
            "channel": SQL("%s", asked.channels.get(self._channel)),
            "partner": SQL(
                "CASE WHEN %s THEN place.contact_id "
                "ELSE COALESCE(%s.author_id, place.contact_id) END",
                ours,
                table,
            ),
        }

    @api.model
    def _title(self, record):
        return record.subject or record.preview or record.record_name or "–"


class CrmValueInteractionNoted(models.AbstractModel):
    """Calls, visits, letters and the like that somebody noted by hand."""

    _name = "crm.value.interaction.noted"
    _inherit = "crm.value.interaction.placed"
    _description = "Interactions: Noted by Hand"
    _rank = 20
    _icon = "fa-pencil-square-o"
    _reads = MESSAGE
    _when = "date"
    _by = "author_id"
    _chosen = True

    @api.model
    def _label(self):
        return self.env._("Noted Contacts")

    @api.model
    def _placed_query(self):
        """Find the notes; the join holds the rules of the records they are on."""
        return self.env[MESSAGE].sudo()._search([("value_channel_id", "!=", False)])

    @api.model
    def _placed_columns(self, query, asked):
        table = query.table
        return {
            "date": SQL.identifier(table, "date"),
            "direction": SQL.identifier(table, "value_direction"),
            "channel": SQL.identifier(table, "value_channel_id"),
            "partner": SQL("place.contact_id"),
        }

    @api.model
    def _title(self, record):
        return record.preview or record.subject or "–"
