from datetime import timedelta

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...models.benefit.const import BENEFIT_KINDS

MONEY = ("pricelist", "reward", "points")
MODELS = (
    "crm.value.benefit",
    "crm.value.profile",
    "crm.value.snapshot",
    "loyalty.card",
    "loyalty.history",
    "loyalty.program",
    "loyalty.reward",
    "sale.order",
    "sale.order.line",
)


class CrmValueTierReport(models.AbstractModel):
    """Cost of the loyalty program by tier, against revenue and margin; for officers.

    The margin of the books already lacks what prices and rewards took off. So the
    margin without benefits puts that back, and the margin after them takes off all
    that was granted: points when they are earned, not when they are spent.
    """

    _name = "crm.value.tier.report"
    _description = "Loyalty Program Cost"

    @api.model
    @api.readonly
    def get_report(self):
        """Return the tiers of the current company and its points as plain data."""
        if not self.env.user.has_group("crm_value.group_officer"):
            raise AccessError(self.env._("Only officers can see costs and margins."))
        for model in MODELS:
            self.env[model].flush_model()
        company = self.env.company
        self.env.user._value_check_whole(company)
        run = self.env["crm.value.run"]._current(company)
        if not run:
            return {"company": company.name, "as_of": False}
        days = run.policy_id.window_days
        since = run.as_of - timedelta(days=days)
        rows = self._rows(company, since, run.as_of, days)
        return {
            "company": company.name,
            "currency_id": company.currency_id.id,
            "as_of": run.as_of,
            "days": days,
            "kinds": dict(
                self.env["crm.value.benefit"]
                ._fields["kind"]
                ._description_selection(self.env)
            ),
            "rows": rows,
            "granted": sum(row["cost"] for row in rows),
            "points": self._points(company, run.as_of),
        }

    @api.model
    def _rows(self, company, since, until, days):
        """Return one row per tier, the best first, and one for who is in none."""
        parts = [
            self._members(company),
            self._granted(company, since, until),
            self._redeemed(company, since, until),
            self._changes(company, until, days),
        ]
        tiers = self.env["crm.value.tier"].search(
            [("company_id", "=", company.id)], order="sequence DESC, id DESC"
        )
        rows = [self._row(tier, parts) for tier in (*tiers, tiers.browse())]
        return [row for row in rows if row["members"] or row["tier_id"]]

    @api.model
    def _row(self, tier, parts):
        found = {}
        for part in parts:
            found.update(part.get(tier.id or None, {}))
        costs = {kind: found.get(kind, 0.0) for kind, _label in BENEFIT_KINDS}
        cost = sum(costs[kind] for kind in MONEY)
        revenue, margin = found.get("revenue", 0.0), found.get("margin", 0.0)
        redeemed = found.get("redeemed", 0.0)
        without = margin + costs["pricelist"] + costs["reward"] + redeemed
        return {
            "tier_id": tier.id,
            "name": tier.name or self.env._("No tier"),
            "members": found.get("members", 0),
            "revenue": revenue,
            "margin": margin,
            "costs": costs,
            "cost": cost,
            "unknown": found.get("unknown", 0),
            "share": cost / revenue if revenue > 0 else None,
            "without": without,
            "after": without - cost,
            "per_unit": (without - cost) / cost if cost > 0 else None,
            **{
                name: found.get(name)
                for name in ("change", "compared", "change_others", "others")
            },
        }

    @api.model
    def _by_tier(self, query):
        """Return the rows of a query by the id of their tier, None for none."""
        rows = self.env.execute_query_dict(query)
        return {row.pop("tier_id"): row for row in rows}

    @api.model
    def _members(self, company):
        return self._by_tier(
            SQL(
                """
                SELECT tier_id, COUNT(*) AS members,
                       COALESCE(SUM(revenue), 0)::float8 AS revenue,
                       COALESCE(SUM(margin), 0)::float8 AS margin
                  FROM crm_value_profile
                 WHERE company_id = %s
                   AND (purchase_count > 0 OR tier_id IS NOT NULL)
              GROUP BY tier_id
                """,
                company.id,
            )
        )

    @api.model
    def _granted(self, company, since, until):
        """Return what the members of today were granted in the value window."""
        return self._by_tier(
            SQL(
                """
                SELECT profile.tier_id,
                       COALESCE(SUM(benefit.amount)
                           FILTER (WHERE kind = 'pricelist'), 0)::float8 AS pricelist,
                       COALESCE(SUM(benefit.amount)
                           FILTER (WHERE kind = 'reward'), 0)::float8 AS reward,
                       COALESCE(SUM(benefit.amount)
                           FILTER (WHERE kind = 'points'), 0)::float8 AS points,
                       COUNT(*) FILTER (WHERE kind = 'service') AS service,
                       COUNT(*) FILTER (WHERE kind <> 'service' AND amount IS NULL)
                           AS unknown
                  FROM crm_value_benefit benefit
                  JOIN crm_value_profile profile
                    ON profile.company_id = benefit.company_id
                   AND profile.partner_id = benefit.partner_id
                 WHERE benefit.company_id = %(company)s
                   AND benefit.date > %(since)s AND benefit.date <= %(until)s
              GROUP BY profile.tier_id
                """,
                company=company.id,
                since=since,
                until=until,
            )
        )

    @api.model
    def _redeemed(self, company, since, until):
        """Return what rewards for points took off the revenue of the window."""
        return self._by_tier(
            SQL(
                """
                SELECT profile.tier_id,
                       SUM(CASE reward.reward_type
                           WHEN 'product' THEN line.price_unit * line.product_uom_qty
                           ELSE -line.price_subtotal END
                           / NULLIF(sale_order.currency_rate, 0))::float8 AS redeemed
                  FROM sale_order_line line
                  JOIN sale_order ON sale_order.id = line.order_id
                  JOIN res_partner customer ON customer.id = sale_order.partner_id
                  JOIN loyalty_reward reward ON reward.id = line.reward_id
                  JOIN loyalty_program program ON program.id = reward.program_id
                       AND program.value_ledger
                  JOIN crm_value_profile profile
                    ON profile.company_id = sale_order.company_id
                   AND profile.partner_id = customer.commercial_partner_id
                 WHERE line.reward_id IS NOT NULL
                   AND sale_order.company_id = %(company)s
                   AND sale_order.state = 'sale'
                   AND %(day)s > %(since)s
                   AND %(day)s <= %(until)s
              GROUP BY profile.tier_id
                """,
                day=company._value_local_day(SQL("sale_order.date_order")),
                company=company.id,
                since=since,
                until=until,
            )
        )

    @api.model
    def _changes(self, company, until, days):
        """Return how the margin changed since the months before the tier.

        Only who has been in the tier for a whole window is compared: the window now
        with the one that ended before the tier began. Beside it, how the margin of
        customers in no tier changed between the same two windows.
        """
        return self._by_tier(
            SQL(
                CHANGES,
                company=company.id,
                until=until,
                days=days,
            )
        )

    # --- What is owed in points, and what of them was never claimed ---

    @api.model
    def _points(self, company, until):
        """Return the points liability of the company, None without a ledger."""
        program = company._value_points_program()
        if not program:
            return None
        worth = program.value_point_worth
        found = {**self._open_points(program), **self._old_points(program, until)}
        return {
            "name": program.name,
            "worth": worth,
            "expires": program.value_expiry != "none",
            **found,
            "liability": None if worth is False else found["owed"] * worth,
            "breakage": found["old_expired"] / found["old_issued"]
            if found["old_issued"]
            else None,
        }

    @api.model
    def _open_points(self, program):
        """Return the points on cards, and what is owed for each, never below zero."""
        [row] = self.env.execute_query_dict(
            SQL(
                """
                SELECT COUNT(*) AS cards,
                       COALESCE(SUM(GREATEST(card.points, 0)), 0)::float8 AS usable,
                       COALESCE(SUM(locked.points), 0)::float8 AS locked,
                       COALESCE(SUM(GREATEST(COALESCE(card.points, 0)
                           + COALESCE(locked.points, 0), 0)), 0)::float8 AS owed
                  FROM loyalty_card card
             LEFT JOIN (SELECT card_id, SUM(points) AS points
                          FROM crm_value_earning
                         WHERE state = 'locked'
                      GROUP BY card_id) locked ON locked.card_id = card.id
                 WHERE card.program_id = %s AND card.active
                """,
                program.id,
            )
        )
        return row

    @api.model
    def _old_points(self, program, until):
        """Return what became of the lots that are old enough to have expired."""
        [row] = self.env.execute_query_dict(
            SQL(
                """
                SELECT COUNT(DISTINCT lot.id) AS old_lots,
                       COALESCE(SUM(lot.issued), 0)::float8 AS old_issued,
                       COALESCE(SUM(gone.points), 0)::float8 AS old_expired
                  FROM loyalty_history lot
                  JOIN loyalty_card card ON card.id = lot.card_id
             LEFT JOIN (SELECT value_lot_id, SUM(used - issued) AS points
                          FROM loyalty_history
                         WHERE value_kind = 'expired'
                      GROUP BY value_lot_id) gone ON gone.value_lot_id = lot.id
                 WHERE card.program_id = %(program)s
                   AND lot.issued > 0
                   AND lot.value_lot_id IS NULL
                   AND lot.value_kind <> 'given_back'
                   AND %(expires)s
                   AND lot.value_date
                       <= %(until)s::date - make_interval(months => %(months)s)
                """,
                program=program.id,
                expires=program.value_expiry != "none",
                until=until,
                months=program.value_expiry_months,
            )
        )
        return row


CHANGES = """
       WITH entered AS (
           SELECT profile.tier_id, before.date,
                  profile.margin - before.margin AS change
             FROM crm_value_profile profile
             JOIN crm_value_snapshot before
               ON before.company_id = profile.company_id
              AND before.partner_id = profile.partner_id
              AND before.month_end
              AND before.date = (date_trunc('month', profile.tier_since)
                                 - interval '1 day')
            WHERE profile.company_id = %(company)s
              AND profile.tier_id IS NOT NULL
              AND profile.tier_since <= %(until)s::date - %(days)s
       ), others AS (
           SELECT before.date, COUNT(*) AS number,
                  AVG(profile.margin - before.margin) AS change
             FROM crm_value_snapshot before
             JOIN crm_value_profile profile
               ON profile.company_id = before.company_id
              AND profile.partner_id = before.partner_id
              AND profile.tier_id IS NULL
            WHERE before.company_id = %(company)s
              AND before.month_end
              AND before.date IN (SELECT date FROM entered)
         GROUP BY before.date
       )
       SELECT entered.tier_id, COUNT(*) AS compared,
              AVG(entered.change)::float8 AS change,
              AVG(others.change)::float8 AS change_others,
              COALESCE(MIN(others.number), 0) AS others
         FROM entered
    LEFT JOIN others ON others.date = entered.date
     GROUP BY entered.tier_id
"""
