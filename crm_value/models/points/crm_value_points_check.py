from odoo import api, models
from odoo.tools import SQL


class CrmValuePoints(models.AbstractModel):
    """Checks that the ledger is right, and reports where it is not.

    Nothing is ever corrected here: a difference means that somebody wrote past the
    ledger, and a person has to say what is right.
    """

    _inherit = "crm.value.points"

    @api.model
    def _check(self, cards):
        """Report cards that do not add up, and discounts that took other points."""
        self.env.flush_all()
        issues = self.env["crm.value.points.issue"]
        issues._report(self._differing(cards))
        rows = self.env.execute_query(SQL(REWARDS, cards=cards.ids))
        for card, taken, worth, orders in rows:  # few: somebody wrote past Odoo's flow
            issues._report([(card, "reward", taken, worth)], message=orders)

    @api.model
    def _differing(self, cards):
        """Return the cards whose balance is not the sum of their lines or lots."""
        lots, beyond = self._open_lots(cards)
        left = {card: -used for card, used in beyond.items()}
        for lot in lots:
            left[lot["card"]] += lot["left"]
        rows = self.env.execute_query_dict(SQL(SUMS, cards=cards.ids))
        found = []
        for row in rows:
            if row["lines"] != row["balance"]:
                found.append((row["id"], "balance", row["balance"], row["lines"]))
            if left[row["id"]] != row["lines"]:
                found.append((row["id"], "lots", left[row["id"]], row["lines"]))
            if row["astray"]:
                found.append((row["id"], "customer", 0, 0))
        return [
            (card, kind, found / 100, expected / 100)
            for card, kind, found, expected in found
        ]


SUMS = """
    SELECT card.id, ROUND(COALESCE(card.points, 0) * 100)::bigint AS balance,
           COALESCE(ROUND(SUM(line.issued - line.used) * 100), 0)::bigint AS lines,
           customer.commercial_partner_id <> customer.id AS astray
      FROM loyalty_card card
      LEFT JOIN res_partner customer ON customer.id = card.partner_id
      LEFT JOIN loyalty_history line ON line.card_id = card.id
     WHERE card.id = ANY(%(cards)s)
     GROUP BY card.id, customer.id
"""
# What the rewards of confirmed orders took, against what their discounts are worth by
# the rewards as they are: orders from before a reward was changed took what it cost
# then. Rounding of money and the rates of a day make up to a hundredth, and a smallest
# coin for each line. What a manager has found right stays so until the line changes.
REWARDS = """
    SELECT card_id, SUM(taken), SUM(worth), STRING_AGG(name, ', ' ORDER BY name)
      FROM (SELECT line.coupon_id AS card_id, orders.name,
                   SUM(GREATEST(line.points_cost, 0)) AS taken,
                   CASE WHEN reward.reward_type = 'product'
                        THEN SUM(line.product_uom_qty) * reward.required_points
                             / NULLIF(reward.reward_product_qty, 0)
                        WHEN reward.discount_mode = 'per_point'
                        THEN -SUM(line.price_total)
                             / COALESCE(NULLIF(orders.currency_rate, 0), 1)
                             / NULLIF(reward.discount, 0)
                        ELSE reward.required_points END::float8 AS worth,
                   CASE WHEN reward.discount_mode = 'per_point'
                        THEN 1 + COUNT(*) * currency.rounding
                             / COALESCE(NULLIF(orders.currency_rate, 0), 1)
                             / NULLIF(reward.discount, 0)
                        ELSE 0.01 END::float8 AS coins,
                   reward.clear_wallet
              FROM sale_order_line line
              JOIN sale_order orders ON orders.id = line.order_id
              JOIN res_currency currency ON currency.id = orders.currency_id
              JOIN loyalty_reward reward ON reward.id = line.reward_id
             WHERE line.coupon_id = ANY(%(cards)s) AND orders.state = 'sale'
               AND line.product_uom_qty <> 0
               AND (line.price_total <> 0 OR reward.reward_type = 'product')
               AND orders.date_order > reward.write_date
               AND NOT EXISTS (
                   SELECT FROM crm_value_points_issue issue
                    WHERE issue.card_id = line.coupon_id AND issue.kind = 'reward'
                      AND issue.state = 'resolved'
                      AND issue.write_date >= line.write_date)
             GROUP BY line.coupon_id, orders.id, reward.id, currency.id,
                      line.reward_identifier_code) claim
     WHERE taken < worth * 0.99 - coins
        OR (taken > worth * 1.01 + coins AND clear_wallet IS NOT TRUE)
     GROUP BY card_id
"""
