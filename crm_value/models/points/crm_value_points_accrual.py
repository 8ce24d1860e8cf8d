from collections import Counter
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ...analytics.points import points


class CrmValuePoints(models.AbstractModel):
    """Accrual and claw-back: points that invoices earn, locked first, then booked."""

    _inherit = "crm.value.points"

    @api.model
    def _settle(self, cards):
        """Settle cards with their documents: accrue or claw back; idempotent.

        Spending goes first, so that points given back are there to be taken back.
        """
        self._settle_spent(cards=cards)
        self._store_lots(cards)
        self._book_earned(cards)

    @api.model
    def _settle_customers(self, company, partner_ids):
        """Settle the cards of some customers; locked ones a bit later."""
        program = company._value_points_program()
        if not program:
            return
        cards = self.env["loyalty.card"]._value_card_of(
            program, self.env["res.partner"].browse(partner_ids)
        )
        free = cards.try_lock_for_update()
        if free != cards:
            cards._try_again()
        if free:
            free._work_safely("_value_settle")

    # --- what invoices earn ---

    @api.model
    def _store_lots(self, cards):
        """Write the points of each invoice; those that are gone earn nothing."""
        lots = self._lots(cards)
        rules = self._locks(cards)
        for lot in lots:
            usable = lot["date"] + timedelta(days=rules[lot["promise"]][0])
            ripe = lot["settled"] and usable <= rules[lot["promise"]][1]
            lot["usable_date"] = usable
            lot["state"] = ("usable" if ripe else "locked") if lot["points"] else "none"
        columns = {
            name: [lot[name] for lot in lots]
            for name in (
                "promise move date amount credited own_points points usable_date state"
            ).split()
        }
        self.env.cr.execute(SQL(STORE, user=self.env.uid, **columns))
        self.env.cr.execute(SQL(GONE, cards=cards.ids, **columns))
        cards.value_earning_ids.invalidate_recordset()
        cards.invalidate_recordset(["value_earning_ids", "value_locked_points"])

    @api.model
    def _locks(self, cards):
        """Return (days for returns, today) of the company by id of the promise."""
        promises = self.env["crm.value.promise"].search_fetch(
            [("card_id", "in", cards.ids)]
        )
        today = self.env["crm.value.run"]._today
        days = {company: today(company) for company in promises.company_id}
        return {
            promise.id: (promise.program_id.value_return_days, days[promise.company_id])
            for promise in promises
        }

    # --- lines ---

    @api.model
    def _book_earned(self, cards):
        """Book the difference between usable points and booked ones as transactions."""
        rows = self.env.execute_query_dict(
            SQL(BOOKED, cards=cards.ids, wanted=SQL("due <> booked"))
        )
        balances = {card.id: round(card.points * 100) for card in cards}
        vals_list, fresh = [], []
        # What is added first may be taken back then.
        for row in sorted(
            rows, key=lambda row: (row["due"] < row["booked"], row["id"])
        ):
            added, shortfall = points.booking(
                row["due"],
                row["booked"],
                row["unclaimed"],
                balances[row["card_id"]],
                row["claim"] == "zero",
            )
            balances[row["card_id"]] += added
            vals_list.append(self._prepare_earned_vals(row, added, shortfall))
            if not row["value_date"]:
                fresh.append(row["id"])
        lines = self.env["loyalty.history"].create(vals_list)
        self._date_lots(fresh)
        self._report_shortfall(lines)

    @api.model
    def _prepare_earned_vals(self, row, added, shortfall):
        """Return the line that books ``added`` hundredths of points of an earning."""
        vals = {"value_date": row["value_date"]} if row["value_date"] else {}
        return {
            **vals,
            "card_id": row["card_id"],
            "issued": max(added, 0) / 100,
            "used": max(-added, 0) / 100,
            "value_unclaimed": shortfall / 100,
            "value_kind": "returned" if added < 0 or shortfall > 0 else "earned",
            "value_key": f"earn:{row['id']}:{row['number'] + 1}",
            "value_earning_id": row["id"],
            "value_lot_id": row["lot_id"],
            "value_order_id": row["order_id"],
            "value_move_id": row["move_id"],
            "order_model": "sale.order",
            "order_id": row["order_id"],
            "description": row["name"],
        }

    @api.model
    def _date_lots(self, ids):
        """Keep the day on which the points of earnings became usable."""
        earnings = self.env["crm.value.earning"].browse(ids)
        for company, mine in earnings.grouped("company_id").items():
            mine.value_date = self.env["crm.value.run"]._today(company)

    @api.model
    def _report_shortfall(self, lines):
        """Note on the card what could not be clawed back: it is the company's loss."""
        for card, mine in (
            lines.filtered(lambda line: line.value_unclaimed > 0)
            .grouped("card_id")
            .items()
        ):
            card._message_log(
                body=self.env._(
                    "%(points)s could not be clawed back because they had already "
                    "been spent.",
                    points=card._format_points(sum(mine.mapped("value_unclaimed"))),
                )
            )

    # --- Claws back an earlier shortfall once points are refunded ---

    @api.model
    def _claw_back_from_refunds(self, lines):
        """Claw back what is still owed from points that an order refunds.

        A purchase can be returned before or after the order that spent its points is
        cancelled: the customer ends with the same.
        """
        given = self._refunded(lines)
        if not given:
            return
        self.env["loyalty.history"].flush_model()
        cards = [card.id for card in given]
        owing = SQL(BOOKED, cards=cards, wanted=SQL("unclaimed > 0"))
        left = {
            card.id: max(min(points, round(card.points * 100)), 0)
            for card, points in given.items()
        }
        vals_list = []
        for row in self.env.execute_query_dict(owing):
            taken = min(left[row["card_id"]], row["unclaimed"])
            left[row["card_id"]] -= taken
            if taken:
                vals_list.append(self._prepare_earned_vals(row, -taken, -taken))
        self.env["loyalty.history"].create(vals_list)

    @api.model
    def _refunded(self, lines):
        """Return the hundredths refunded by card, where the balance stays at zero."""
        given = Counter()
        for line in lines.filtered(lambda line: line.value_kind == "given_back"):
            if line.card_id.program_id.value_claim == "zero":
                given[line.card_id] += round(line.issued * 100)
        return given


STORE = """
    INSERT INTO crm_value_earning (promise_id, move_id, origin_id, order_id, card_id,
        company_id, date, amount, credited, own_points, points, usable_date, state,
        create_uid, write_uid, create_date, write_date)
    SELECT lot.promise, lot.move, lot.move, promise.order_id, promise.card_id,
           promise.company_id, lot.date, lot.amount, lot.credited,
           lot.own_points / 100.0, lot.points / 100.0, lot.usable_date, lot.state,
           %(user)s, %(user)s, NOW() AT TIME ZONE 'UTC', NOW() AT TIME ZONE 'UTC'
      FROM UNNEST(%(promise)s::int[], %(move)s::int[], %(date)s::date[],
               %(amount)s::float8[], %(credited)s::float8[], %(own_points)s::bigint[],
               %(points)s::bigint[], %(usable_date)s::date[], %(state)s::text[])
           AS lot (promise, move, date, amount, credited, own_points, points,
               usable_date, state)
      JOIN crm_value_promise promise ON promise.id = lot.promise
    ON CONFLICT (promise_id, origin_id) DO UPDATE
       SET date = EXCLUDED.date, amount = EXCLUDED.amount, state = EXCLUDED.state,
           credited = EXCLUDED.credited, own_points = EXCLUDED.own_points,
           points = EXCLUDED.points, usable_date = EXCLUDED.usable_date
     WHERE (crm_value_earning.date, crm_value_earning.amount,
            crm_value_earning.credited, crm_value_earning.own_points,
            crm_value_earning.points, crm_value_earning.usable_date,
            crm_value_earning.state)
           IS DISTINCT FROM (EXCLUDED.date, EXCLUDED.amount, EXCLUDED.credited,
            EXCLUDED.own_points, EXCLUDED.points, EXCLUDED.usable_date,
            EXCLUDED.state)
"""
# Cancelled, reset to draft, or deleted.
GONE = """
    UPDATE crm_value_earning earning
       SET amount = 0, credited = 0, own_points = 0, points = 0, state = 'none'
     WHERE earning.card_id = ANY(%(cards)s) AND earning.own_points <> 0
       AND NOT EXISTS (
           SELECT FROM UNNEST(%(promise)s::int[], %(move)s::int[])
               AS lot (promise, move)
            WHERE lot.promise = earning.promise_id AND lot.move = earning.origin_id)
"""
# What was kept when the rest expired is all that an invoice gives from then on: what
# has expired covers later returns first, and is not given again.
BOOKED = """
    SELECT * FROM (
        SELECT earning.id, earning.card_id, earning.order_id, earning.move_id,
               earning.value_date, program.value_claim AS claim,
               COALESCE(move.name, orders.name, '') AS name, line.lot_id,
               COALESCE(line.number, 0) AS number,
               COALESCE(line.unclaimed, 0)::bigint AS unclaimed,
               COALESCE(line.booked, 0)::bigint AS booked,
               CASE earning.state WHEN 'usable' THEN GREATEST(LEAST(
                   ROUND(earning.points * 100), line.kept), 0)
               ELSE 0 END::bigint AS due
          FROM crm_value_earning earning
          JOIN loyalty_card card ON card.id = earning.card_id
          JOIN loyalty_program program ON program.id = card.program_id
          LEFT JOIN account_move move ON move.id = earning.move_id
          LEFT JOIN sale_order orders ON orders.id = earning.order_id
          LEFT JOIN LATERAL (
               SELECT COUNT(*) AS number, MIN(entry.id) AS lot_id,
                      ROUND(SUM(entry.value_unclaimed) * 100) AS unclaimed,
                      ROUND(SUM(entry.issued - entry.used
                          - COALESCE(entry.value_unclaimed, 0)) * 100) AS booked,
                      ROUND(SUM(entry.issued - entry.used
                          - COALESCE(entry.value_unclaimed, 0)) FILTER (
                          WHERE entry.id <= expiry.id) * 100) AS kept
                 FROM loyalty_history entry
                CROSS JOIN (
                      SELECT MAX(id) AS id FROM loyalty_history
                       WHERE value_earning_id = earning.id
                         AND value_kind = 'expired') expiry
                WHERE entry.value_earning_id = earning.id) line ON TRUE
         WHERE earning.card_id = ANY(%(cards)s)) earning
     WHERE %(wanted)s
     ORDER BY id
"""
