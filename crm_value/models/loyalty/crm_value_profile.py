import numpy as np

from odoo import api, fields, models
from odoo.tools import format_date

from ... import words
from ...analytics.loyalty import loyalty
from .const import FEW, MANY, RELATION_LEVELS, SUGGESTED_LEVELS

RANKED = ("purchase_count", "window_count", "product_count", "overdue")
# All else shows in what was ever bought.
DOCUMENTS = {"frequency": "window", "price": "window", "incentive": "orders"}


class CrmValueProfile(models.Model):
    """Why a customer counts as loyal or not, in words and with its figures."""

    _inherit = "crm.value.profile"

    loyalty = fields.Json(string="Loyalty Summary", compute="_compute_loyalty")
    loyalty_override_id = fields.Many2one(
        "crm.value.override",
        string="Manual Loyalty Type",
        compute="_compute_override_id",
    )

    relation_level = fields.Selection(
        RELATION_LEVELS,
        string="Relationship Level",
        compute="_compute_relation_level",
        help="How close we are to the customer: as set manually, else as suggested by "
        "how many customers there are and by its margin.",
    )
    relation_level_text = fields.Char(
        string="Why This Level", compute="_compute_relation_level"
    )

    @api.depends_context("lang")
    def _compute_loyalty(self):
        self.loyalty = False
        for run, profiles in self.filtered("loyalty_class").grouped("run_id").items():
            # What was learnt is closed as a whole; the ranks of a customer are not.
            scales = self.env["crm.value.step.loyalty"]._learnt_by(run.sudo())
            limits = profiles.policy_id[:1]
            ranks = loyalty.ranks(profiles._ranked_columns(), scales)
            for at, profile in enumerate(profiles):
                own = {part: ranks[part][at] for part in loyalty.PARTS}
                profile.loyalty = profile._describe_loyalty(own, limits)

    def _ranked_columns(self):
        """Return what the parts of behaviour are ranked by, one array each."""
        return {
            name: np.array(
                [np.nan if p[name] is False else p[name] for p in self], float
            )
            for name in RANKED
        }

    def _describe_loyalty(self, ranks, policy):
        """Return class, behaviour with its parts, attitude and kind as plain data."""
        labels = self._chart_labels("loyalty_class")
        kinds = self._chart_labels("loyalty_kind")
        return {
            "class": self.loyalty_class,
            "label": labels[self.loyalty_class],
            "sentence": self._say_loyalty(policy),
            "behaviour": self.loyalty_behaviour,
            "behaviour_cut": policy.loyalty_behaviour_cut,
            "behaviour_text": self._is_gone() and self._say_gone(),
            "parts": self._loyalty_parts(ranks) if self.purchase_count else [],
            "attitude": self.loyalty_attitude,
            "attitude_cut": policy.loyalty_attitude_cut,
            "attitude_text": self._say_attitude(policy),
            "kind": self.loyalty_kind,
            "kind_label": kinds.get(self.loyalty_kind, ""),
            "kind_text": self._say_kind(),
        }

    def _say_loyalty(self, policy):
        """Return what the class means for this customer."""
        if self._is_gone():
            return self._say_loyalty_of_gone()
        if self.loyalty_class != "unknown":
            return {
                "loyal": self.env._(
                    "Buys a lot compared with others, and out of conviction."
                ),
                "spurious": self.env._(
                    "Buys a lot compared with others, but with little conviction: a "
                    "better offer could win this customer over."
                ),
                "latent": self.env._(
                    "Likes us, but buys little compared with others: something is "
                    "holding the customer back."
                ),
                "none": self.env._(
                    "Buys little compared with others, with little conviction."
                ),
            }[self.loyalty_class]
        if self.loyalty_behaviour is False:
            if self.purchase_count:
                return self.env._("Too few customers to compare with.")
            return self.env._("No purchases yet.")
        if self.loyalty_behaviour >= policy.loyalty_behaviour_cut:
            return self.env._("High behavioural loyalty; attitude not known.")
        return self.env._("Low behavioural loyalty; attitude not known.")

    def _is_gone(self):
        """Return whether the customer is lost, so that its loyalty has ended."""
        return self.stage_id.code == "lost" and self.loyalty_behaviour == 0

    def _say_gone(self):
        return self.env._(
            "lost: last purchase on %(date)s",
            date=format_date(self.env, self.last_purchase_date),
        )

    def _say_loyalty_of_gone(self):
        day = format_date(self.env, self.last_purchase_date)
        return {
            "latent": self.env._(
                "Likes us, but has not bought since %(date)s: find out what keeps the "
                "customer away.",
                date=day,
            ),
            "none": self.env._(
                "Has not bought since %(date)s, and had little conviction.", date=day
            ),
            "unknown": self.env._(
                "Has not bought since %(date)s; attitude not known.", date=day
            ),
        }[self.loyalty_class]

    def _say_attitude(self, policy):
        if self.loyalty_attitude is False:
            return self.env._(
                "not known: no survey response within %(months)s",
                months=words.months(self.env, policy.attitude_months),
            )
        return self.env._(
            "survey response of %(date)s",
            date=format_date(self.env, self.attitude_date),
        )

    def _loyalty_parts(self, ranks):
        """Return one dict per part of the behaviour: label, figure and rank."""
        labels = {
            "frequency": self.env._("Purchase frequency"),
            "recency": self.env._("Recency in purchase cycles"),
            "breadth": self.env._("Product variety"),
        }
        return [
            {
                "code": part,
                "label": labels[part],
                "figure": getattr(self, f"_say_{part}")(),
                "rank": None if np.isnan(rank) else float(rank),
                "documents": self._can_open_documents("sales"),
            }
            for part, rank in ranks.items()
        ]

    def _say_frequency(self):
        return self.env._(
            "%(purchases)s in %(days)s",
            purchases=words.purchases(self.env, self.window_count),
            days=words.days(self.env, self.policy_id.window_days),
        )

    def _say_recency(self):
        if self.overdue is False:
            return self.env._("purchase cycle not known")
        return self.env._("last purchase: %(gaps)s ago", gaps=self._say_gaps())

    def _say_breadth(self):
        if not self.product_count:
            return self.env._("products not known")
        if self.product_count == 1:
            return self.env._("1 product")
        return self.env._("%(products)s products", products=self.product_count)

    def action_open_loyalty_documents(self, code):
        """Open the documents behind a part of the behaviour, or behind a kind.

        :param str code: frequency, recency, breadth, or a kind of loyalty
        """
        self.ensure_one()
        return self._open_documents(
            DOCUMENTS.get(str(code), "sales"), self.env._("Behavioural Loyalty")
        )

    # --- What the data hint at as a kind of loyalty, with the figures that do ---

    def _compute_override_id(self):
        result = super()._compute_override_id()
        found = self.env["crm.value.override"]._active_by_customer(
            self.company_id, self.partner_id, "loyalty_kind"
        )
        for profile in self:
            key = (profile.company_id.id, profile.partner_id.id)
            profile.loyalty_override_id = found.get(key, False)
        return result

    def _say_kind(self):
        """Return the evidence of the kind, or why none is suggested."""
        if self.loyalty_override_id:
            return self._say_manual_kind()
        return self._say_suggestion() if self.purchase_count else ""

    def _say_manual_kind(self):
        """Return who set the type manually, and which one the data suggest."""
        facts = {
            "by": self.loyalty_override_id.display_name,
            "evidence": self._say_suggestion(),
        }
        if not self.loyalty_kind_computed:
            return self.env._("Set manually: %(by)s. %(evidence)s", **facts)
        kinds = self._chart_labels("loyalty_kind")
        return self.env._(
            "Set manually: %(by)s. Suggested: %(kind)s. %(evidence)s",
            kind=kinds[self.loyalty_kind_computed],
            **facts,
        )

    def _say_suggestion(self):
        if not self.loyalty_kind_computed:
            return self.env._("The data do not point to a loyalty type.")
        return getattr(self, f"_say_kind_{self.loyalty_kind_computed}")()

    def _say_kind_price(self):
        return self.env._(
            "Discounted: %(part)s of %(whole)s in %(days)s.",
            part=self.discounted_count,
            whole=words.purchases(self.env, self.window_count),
            days=words.days(self.env, self.policy_id.window_days),
        )

    def _say_kind_incentive(self):
        return self.env._(
            "Orders with a reward of a loyalty program in %(days)s: %(part)s of "
            "%(whole)s.",
            part=self.reward_count,
            whole=self.window_order_count,
            days=words.days(self.env, self.policy_id.window_days),
        )

    def _say_kind_inertia(self):
        return self.env._(
            "Buys at regular intervals, always the same (%(products)s), without "
            "discounts, rewards, open quotations or tickets.",
            products=self._say_breadth(),
        )

    def _say_kind_latent(self):
        return self.env._("Attitude is high, behaviour is low.")

    def _say_kind_premium(self):
        return self.env._("Attitude and behaviour are both high.")

    # --- relationship level ---

    @api.depends_context("lang")
    def _compute_relation_level(self):
        manual = self.env["crm.value.override"]._active_by_customer(
            self.company_id, self.partner_id, "relation_level"
        )
        for profile in self:
            by_hand = manual.get((profile.company_id.id, profile.partner_id.id))
            level = by_hand.relation_level if by_hand else profile._suggest_level()
            profile.relation_level = level
            profile.relation_level_text = level and profile._say_level(by_hand)

    def _suggest_level(self):
        """Return the level by Kotler's table, False where the margin has no rank."""
        if self.score_margin is False or not self.purchase_count:
            return False
        third = min(int(self.score_margin * 3 // 100), 2)
        return SUGGESTED_LEVELS[self._many_or_few()][third]

    def _many_or_few(self):
        count = self.run_id.sudo().buyer_count  # users do not see runs
        return "few" if count < FEW else "many" if count >= MANY else "some"

    def _say_level(self, by_hand):
        """Return who set the level, or what it is suggested by; no margin is told."""
        if by_hand:
            return self.env._("set manually: %(reason)s", reason=by_hand.display_name)
        return self.env._(
            "suggested by the number of customers (%(count)s) and the rank of its "
            "margin among them",
            count=self.run_id.sudo().buyer_count,  # users do not see runs
        )

    def action_override_level(self):
        """Ask why, and until when, this customer shall have another level."""
        self.ensure_one()
        return self._override_action(
            self.env._("Set Relationship Level Manually"),
            default_kind="relation_level",
            default_relation_level=self.relation_level,
        )
