from collections import Counter

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..service.crm_value_ticketing import CHANNEL

FEWEST = 3  # contacts that make a habit
WIDE = 3  # hours of the part of a day
PERIOD = relativedelta(months=12)


class CrmValueInteraction(models.AbstractModel):
    """By which channel and when a customer comes to us, counted in what is there."""

    _inherit = "crm.value.interaction"

    @api.model
    def _say_habits(self, partner):
        """Return the customer's habits in words, False where there are too few.

        An answer to a survey is no choice of a channel; a ticket that came by mail is
        counted as its mail.
        """
        counts = self._came_by(partner)
        total = sum(counts.values())
        channels = Counter()
        for (channel, _hour), count in counts.items():
            channels[channel] += count
        if total < FEWEST:
            return False
        [(channel, most)] = channels.most_common(1)
        said = self.env._(
            "Mostly %(channel)s: %(count)s of %(total)s contacts in 12 months",
            channel=self.env[CHANNEL].browse(channel).sudo().name,
            count=most,
            total=total,
        )
        return " · ".join(filter(None, (said, self._say_hours(counts, total))))

    @api.model
    def _say_hours(self, counts, total):
        """Return the part of the day in which more than half of the contacts are."""
        hours = Counter()
        for (_channel, hour), count in counts.items():
            for start in range(hour - WIDE + 1, hour + 1):
                hours[start] += count
        start, count = max(hours.items(), key=lambda one: (one[1], -one[0]))
        start = min(max(start, 0), 24 - WIDE)
        if count * 2 <= total:
            return False
        return self.env._(
            "%(from)s:00–%(until)s:00: %(count)s of %(total)s",
            **{"from": start, "until": start + WIDE, "count": count, "total": total},
        )

    @api.model
    def _came_by(self, partner):
        """Return {(channel, hour): contacts that the customer began}."""
        company = self.env.company
        since = fields.Datetime.now() - PERIOD
        asked = self._ask(partner, limit=None, since=since)
        kinds = [kind for kind in self._all() if kind._chosen]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT channel_id,
                       EXTRACT(HOUR FROM date AT TIME ZONE 'UTC' AT TIME ZONE %s)::int,
                       COUNT(*)
                  FROM (%s) AS line (date, kind, id, direction, channel_id, partner_id)
                 WHERE direction = 'in' AND channel_id IS NOT NULL
                   AND (kind <> 'ticket' OR channel_id <> %s)
                 GROUP BY 1, 2
                """,
                company._value_timezone(),
                self._together(kinds, asked),
                asked.channels.get("email", 0),
            )
        )
        return {(channel, hour): count for channel, hour, count in rows}
