from collections import defaultdict
from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..service.crm_value_ticketing import CHANNEL
from .crm_value_interaction import Asked

PAGE = 40


class CrmValueInteraction(models.AbstractModel):
    """Pages of all kinds together, newest first: one query, then one read a kind."""

    _inherit = "crm.value.interaction"

    @api.model
    def _interactions(
        self, partners, before=None, limit=PAGE, kinds=None, channels=None
    ):
        """Return lines of what happened with customers, newest first, as plain data.

        :param partners: contacts; all contacts of their customers count
        :param before: the ``key`` of the line above, so that a page goes on there
        :param kinds: names of kinds, default: all that the user may read
        :param channels: ids of channels, default: any, and lines without one
        :return: (list of lines, whether there are more)
        """
        asked = self._ask(partners, before, limit, channels)
        chosen = [
            kind
            for kind in self._all()
            if kind._label() and (not kinds or kind._kind() in kinds)
        ]
        rows = self._rows(chosen, asked)
        return self._told(rows[:limit]), len(rows) > limit

    @api.model
    def _ask(self, partners, before=None, limit=PAGE, channels=None, since=None):
        """Return what is asked for, with what each kind needs to know."""
        return Asked(
            family=self._family(partners),
            channels=self._own_channels(),
            before=before and self._read_key(before),
            limit=limit,
            only=None if channels is None else tuple(channels),
            since=since,
        )

    @api.model
    def _family(self, partners):
        """Return the ids of all contacts of the customers that the user may read."""
        everyone = self.env["res.partner"].with_context(active_test=False)
        customers = partners.commercial_partner_id
        return tuple(
            everyone.search([("commercial_partner_id", "in", customers.ids)]).ids
        )

    @api.model
    def _own_channels(self):
        """Return {code: id} of the channels of what Odoo records by itself."""
        found = self.env[CHANNEL].search_fetch(
            [("value_code", "!=", False)], ["value_code"]
        )
        return {
            channel.value_code: channel.id for channel in found.sorted(reverse=True)
        }

    @api.model
    def _read_key(self, key):
        """Return the key of a line, which comes back from the screen as text."""
        try:
            moment, kind, number = key
            return datetime.fromisoformat(moment), str(kind), int(number)
        except (TypeError, ValueError) as error:
            raise ValidationError(
                self.env._("This is no place in the interactions.")
            ) from error

    @api.model
    def _rows(self, kinds, asked):
        """Return a page and one more: date, kind, id, direction, channel, partner."""
        if not kinds or not asked.family:
            return []
        return self.env.execute_query(self._page_sql(kinds, asked))

    @api.model
    def _page_sql(self, kinds, asked):
        return SQL(
            """
            SELECT * FROM (%s)
                AS line (date, kind, id, direction, channel_id, partner_id)
             ORDER BY date DESC, kind COLLATE "C" DESC, id DESC LIMIT %s
            """,
            self._together(kinds, asked),
            asked.limit + 1,
        )

    @api.model
    def _together(self, kinds, asked):
        """Return the SQL of all lines of some kinds, at least one."""
        branches = [branch for kind in kinds for branch in kind._branches(asked)]
        return SQL(" UNION ALL ").join(SQL("(%s)", branch) for branch in branches)

    # --- lines in words ---

    @api.model
    def _told(self, rows):
        """Return the lines, without those that Odoo does not let the user read."""
        records = self._readable(rows)
        names = self._names(rows)
        return [
            self._line(row, records[kind, number], names)
            for row in rows
            for _date, kind, number, *_more in [row]
            if (kind, number) in records
        ]

    @api.model
    def _readable(self, rows):
        """Return {(kind, id): record} of what may be read, asked once a kind."""
        ids = defaultdict(list)
        for _date, kind, number, *_more in rows:
            ids[kind].append(number)
        found = {}
        for kind, numbers in ids.items():
            records = self.env[self._of(kind)._reads].browse(numbers)
            found |= {(kind, r.id): r for r in records._filtered_access("read")}
        return found

    @api.model
    def _names(self, rows):
        """Return {id: name} of the contacts and of the channels of some lines."""
        channels = {row[4] for row in rows if row[4]}
        partners = {row[5] for row in rows if row[5]}
        # Whoever may read a line reads whose it is, as everywhere in Odoo.
        people = self.env["res.partner"].sudo().browse(partners).exists()
        ways = self.env[CHANNEL].sudo().browse(channels)
        return {
            "partner": {
                person.id: person.name or person.display_name for person in people
            },
            "channel": {way.id: way.name for way in ways},
        }

    @api.model
    def _line(self, row, record, names):
        date, name, number, direction, channel, partner = row
        kind = self._of(name)
        by, opens = kind._author(record), kind._opens(record)
        return {
            "key": [date.isoformat(), name, number],
            "kind": name,
            "icon": kind._icon,
            "date": fields.Datetime.to_string(date),
            "is_day": kind._is_day(),
            "direction": direction,
            "channel": names["channel"].get(channel, False),
            "who": names["partner"].get(partner, False),
            # A colleague's name is no secret, as everywhere in Odoo.
            "by": by.sudo().name if by else False,
            "title": kind._title(record),
            "model": opens._name,
            "id": opens.id,
            "opens_by": kind._opens_by,
        }

    @api.model
    def _of(self, kind):
        return self.env[f"crm.value.interaction.{kind}"]

    @api.model
    def _named_kinds(self):
        """Return the kinds that can be chosen among."""
        kinds = [(kind._kind(), kind._label(), kind._icon) for kind in self._all()]
        return [
            {"kind": kind, "label": label, "icon": icon}
            for kind, label, icon in kinds
            if label
        ]

    @api.model
    def _named_channels(self):
        """Return the channels that can be chosen among."""
        found = self.env[CHANNEL].search_fetch([], ["name"])
        return [{"id": channel.id, "name": channel.name} for channel in found]

    @api.model
    def _is_day(self):
        """Return whether a line has a day only, no time."""
        return self.env[self._reads]._fields[self._when].type == "date"
