from datetime import date, timedelta
from itertools import starmap

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL, format_date

from ...analytics.points import points

LEDGER = [("value_ledger", "=", True)]
NIGHTLY = ["_value_settle", "_value_expire", "_value_plan_notices", "_value_check"]


class CrmValuePoints(models.AbstractModel):
    """The points ledger: nightly settlement, expiry, notices and reconciliation."""

    _name = "crm.value.points"
    _description = "Points Ledger"
    _value_part = "loyalty"

    @api.model
    def _earned_by_customer(self, company, since, until):
        """Return the points that invoices earned, by id of the commercial partner.

        What was taken back counts on the day the points had become usable. Points
        given by hand, and those from before the ledger, were not earned.
        """
        lines = self.env["loyalty.history"]
        lines.flush_model()
        self.env["loyalty.card"].flush_model(["partner_id", "company_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT customer.commercial_partner_id,
                       ROUND(SUM(line.issued - line.used
                           - COALESCE(line.value_unclaimed, 0)) * 100) / 100
                  FROM loyalty_history line
                  JOIN loyalty_card card ON card.id = line.card_id
                  JOIN res_partner customer ON customer.id = card.partner_id
                 WHERE line.value_earning_id IS NOT NULL
                   AND line.value_kind IN ('earned', 'returned')
                   AND card.company_id = %(company)s
                   AND line.value_date BETWEEN %(since)s AND %(until)s
                 GROUP BY customer.commercial_partner_id
                """,
                company=company.id,
                since=since,
                until=until,
            )
        )
        return dict(rows)

    # --- What is done every night, batch by batch, each in a transaction of its own ---

    @api.model
    def _cron_points(self):
        """Settle, expire and check all cards of all companies.

        Safe to start at any time: what is booked already is not booked again. Where
        time is over or the process was killed, the next call goes on.
        """
        cards = self.env["loyalty.card"]
        cards._value_gather_astray()
        self.env["ir.cron"]._commit_progress()
        cards._work_round("points", LEDGER, NIGHTLY)

    # --- What is left of which points, and when they expire ---

    @api.model
    def _open_lots(self, cards):
        """Return the lots of cards that have something left, the oldest first.

        :return: (list of dicts with ``line``, ``card``, ``earning``, ``date``,
            hundredths ``left``, ``expires_on``, number of ``expired`` lines;
            hundredths used beyond all lots by id of the card)
        """
        self.env["loyalty.history"].flush_model()
        rows = self.env.execute_query_dict(SQL(LOTS, cards=cards.ids))
        used = dict(self.env.execute_query(SQL(USED, cards=cards.ids)))
        position = {card: n for n, card in enumerate(cards.ids)}
        rows.sort(key=lambda row: (position[row["card"]], row["date"], row["line"]))
        left, beyond = points.lots_left(
            [position[row["card"]] for row in rows],
            [row["points"] for row in rows],
            [used.get(card, 0) for card in cards.ids],
        )
        ends = self._ends(cards)
        for row, rest in zip(rows, left.tolist(), strict=True):
            row["left"] = rest
            row["expires_on"] = ends[row["card"]](row["date"])
        return (
            [row for row in rows if row["left"]],
            dict(zip(cards.ids, beyond.tolist(), strict=True)),
        )

    @api.model
    def _ends(self, cards):
        """Return by id of the card how the date of points tells when they expire."""
        quiet = cards.filtered(lambda c: c.program_id.value_expiry == "inactivity")
        active = dict(self.env.execute_query(SQL(LAST_ACTIVE, cards=quiet.ids)))
        return {card.id: self._end(card, active.get(card.id)) for card in cards}

    @api.model
    def _end(self, card, last_active):
        program = card.program_id
        months = relativedelta(months=program.value_expiry_months)
        first = program.value_expiry_from or date.min
        if program.value_expiry == "age":
            return lambda day: max(day + months, first)
        if program.value_expiry == "inactivity" and last_active:
            return lambda _day: max(last_active + months, first)
        return lambda _day: False

    # --- Points that have become too old, and the notice before ---

    @api.model
    def _expire(self, cards):
        """Write one line for what is left of each lot whose day has come."""
        today = self._todays(cards)
        lots, _beyond = self._open_lots(cards)
        self.env["loyalty.history"].create(
            [
                self._prepare_expired_vals(lot)
                for lot in lots
                if lot["expires_on"] and lot["expires_on"] <= today[lot["card"]]
            ]
        )

    @api.model
    def _todays(self, cards):
        """Return today where the company of each card is, by id of the card."""
        run = self.env["crm.value.run"]
        days = {company: run._today(company) for company in cards.company_id}
        return {card.id: days[card.company_id] for card in cards}

    @api.model
    def _prepare_expired_vals(self, lot):
        return {
            "card_id": lot["card"],
            "issued": 0,
            "used": lot["left"] / 100,
            "value_kind": "expired",
            "value_key": f"expire:{lot['line']}:{lot['expired'] + 1}",
            "value_lot_id": lot["line"],
            "value_earning_id": lot["earning"],
            "value_date": lot["date"],
            "description": self.env._(
                "Points from %(day)s expired", day=format_date(self.env, lot["date"])
            ),
        }

    @api.model
    def _expiring(self, cards):
        """Return (card, first day, points) of the cards with points that expire soon.

        Soon is the notice of the program; its first day is what the notice is about.
        """
        today = self._todays(cards)
        found = {}
        for lot in self._open_lots(cards)[0]:
            card = cards.browse(lot["card"])
            notice = timedelta(days=card.program_id.value_notice_days)
            if lot["expires_on"] and lot["expires_on"] <= today[card.id] + notice:
                day, points = found.get(card, (lot["expires_on"], 0))
                found[card] = (min(day, lot["expires_on"]), points + lot["left"])
        return [(card, day, points / 100) for card, (day, points) in found.items()]

    @api.model
    def _plan_notices(self, cards):
        """Plan one mail for each card and first day; it is sent within the cap."""
        template = self.env.ref(
            "crm_value.mail_template_points_expire", raise_if_not_found=False
        )
        noticed = cards.filtered(
            lambda card: card.program_id.value_notice_days and card.partner_id
        )
        today = self._todays(noticed)
        if template:
            self.env["crm.value.contact"]._plan_points_notices(
                list(
                    starmap(
                        lambda card, day, _points: {
                            "partner_id": card.partner_id.id,
                            "company_id": card.company_id.id,
                            "date": today[card.id],
                            "name": template.name,
                            "topic": f"points of program {card.program_id.id} expire",
                            "source_key": f"points of card {card.id} expire {day}",
                            "template_id": template.id,
                        },
                        self._expiring(noticed),
                    )
                )
            )


# Hundredths need bigint: 25 million points, an ordinary order in dong, are beyond int4.
# They are counted in float8, as stored: its cast to numeric keeps 15 digits only.
# What is taken back, earned again or expired belongs to the points it came from.
LOTS = """
    SELECT lot.id AS line, lot.card_id AS card, lot.value_earning_id AS earning,
           lot.value_date AS date, COALESCE(tied.expired, 0) AS expired,
           ROUND((lot.issued + COALESCE(tied.points, 0)) * 100)::bigint AS points
      FROM loyalty_history lot
      LEFT JOIN LATERAL (
           SELECT SUM(line.issued - line.used) AS points,
                  COUNT(*) FILTER (WHERE line.value_kind = 'expired') AS expired
             FROM loyalty_history line
            WHERE line.value_lot_id = lot.id) tied ON TRUE
     WHERE lot.card_id = ANY(%(cards)s) AND lot.value_lot_id IS NULL
       AND lot.issued > 0 AND lot.value_kind <> 'given_back'
"""
USED = """
    SELECT card_id, ROUND(SUM(CASE value_kind WHEN 'given_back' THEN used - issued
               ELSE used END) * 100)::bigint
      FROM loyalty_history
     WHERE card_id = ANY(%(cards)s) AND value_lot_id IS NULL
     GROUP BY card_id
"""
LAST_ACTIVE = """
    SELECT card_id, MAX(value_date)
      FROM loyalty_history
     WHERE card_id = ANY(%(cards)s)
       AND value_kind IN ('earned', 'spent', 'opening', 'manual', 'other')
     GROUP BY card_id
"""
