from dataclasses import dataclass
from datetime import datetime

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see of the interactions with a customer.

    :param family: ids of the customer's contacts
    :param channels: {code: id} of the channels that Odoo's own records count under
    :param before: (moment, kind, id) of the line above the page, None for the first
    :param limit: lines of the page, None: all
    :param only: ids of channels to which the lines are limited, None: any
    :param since: the moment from which on they count, None: ever
    """

    family: tuple
    channels: dict
    before: tuple[datetime, str, int] | None = None
    limit: int | None = None
    only: tuple | None = None
    since: datetime | None = None


class CrmValueInteraction(models.AbstractModel):
    """A kind of what happens between a customer and us, one line each.

    A capability joins by one class that inherits this model under a name of its own,
    ``crm.value.interaction.<kind>``; nobody has to name it. A line is a record that is
    there already, read with the rights of who looks: nothing is copied, and Odoo's
    rules of records stand in the SQL of each branch.
    """

    _name = "crm.value.interaction"
    _description = "Kind of Interaction"

    _rank = 0  # its place among the filters, the lowest first
    _part = None  # what must be in use, by the settings
    _icon = "fa-circle-o"
    _reads = None  # the model whose records are the lines
    _when = "create_date"  # its field of the moment, or of the day
    _whose = "partner_id"  # its field of the contact
    _by = "user_id"  # its field of the colleague
    _direction = None  # "in": from the customer, "out": from us
    _channel = None  # code of the channel of all its lines
    _opens_by = "get_formview_action"  # what opens the record of a line
    _chosen = False  # whether the customer chose the channel of its lines
    _talks = False  # whether mails and activities on its records are the customer's

    # --- what a kind says of itself ---

    @api.model
    def _label(self):
        """Return what the kind is called."""
        return self._description

    @api.model
    def _domain(self, family):
        """Return the domain of the records that belong to a customer's contacts."""
        return Domain(self._whose, "in", family)

    @api.model
    def _columns(self, model, query, asked):
        """Return the SQL of a line: date, direction, channel and partner."""
        return {
            "date": model._field_to_sql(query.table, self._when, query),
            "direction": SQL("%s", self._direction),
            "channel": SQL("%s", asked.channels.get(self._channel)),
            "partner": model._field_to_sql(query.table, self._whose, query),
        }

    @api.model
    def _title(self, record):
        """Return the line in words."""
        return record.display_name

    @api.model
    def _author(self, record):
        """Return who of us did it, or whoever wrote."""
        return record[self._by] if self._by else None

    @api.model
    def _opens(self, record):
        """Return the record that a line opens."""
        return record

    # --- all of them ---

    @api.model
    def _kind(self):
        return self._name.rsplit(".", 1)[-1]

    @api.model
    def _all(self):
        """Return the kinds that the user may read, in their order."""
        names = self.env.registry.descendants([self._name], "_inherit")
        kinds = [self.env[name] for name in names if name != self._name]
        seen = [kind for kind in kinds if kind._is_seen()]
        return sorted(seen, key=lambda kind: (kind._rank, kind._name))

    @api.model
    def _is_seen(self):
        """Return whether the kind is in use, and the user may read such records."""
        group = self._part and f"crm_value.group_part_{self._part}"
        if group and not self.env.user.has_group(group):
            return False
        return self.env[self._reads].has_access("read")

    # --- SQL of a kind ---

    @api.model
    def _branches(self, asked):
        """Return the SELECTs of the lines of this kind, each limited to a page."""
        model = self.env[self._reads]
        query = model._search(self._domain(asked.family))
        return [self._branch(query, self._columns(model, query, asked), asked)]

    @api.model
    def _branch(self, query, columns, asked):
        """Return the SELECT of a query's lines, newest first, from some line on."""
        moment = SQL("(%s)::timestamp", columns["date"])
        number = SQL.identifier(query.table, "id")
        if asked.before:
            query.add_where(self._further(moment, number, asked.before))
        if asked.only is not None:
            query.add_where(
                SQL("(%s)::int = ANY(%s)", columns["channel"], [*asked.only])
            )
        if asked.since:
            query.add_where(SQL("%s >= %s", moment, asked.since))
        query.order = SQL("%s DESC, %s DESC", moment, number) if asked.limit else None
        query.limit = asked.limit and asked.limit + 1
        return query.select(
            moment,
            SQL("%s", self._kind()),
            number,
            SQL("(%s)::text", columns["direction"]),
            SQL("(%s)::int", columns["channel"]),
            SQL("(%s)::int", columns["partner"]),
        )

    @api.model
    def _further(self, moment, number, before):
        """Return the condition of lines further down than (date, kind, id).

        The kind is known here, so that a branch compares what is left of the key.
        """
        date, kind, last = before
        if self._kind() == kind:
            return SQL("(%s, %s) < (%s, %s)", moment, number, date, last)
        operator = SQL("<=") if self._kind() < kind else SQL("<")
        return SQL("%s %s %s", moment, operator, date)
