from odoo import api, fields, models
from odoo.tools import formatLang

WORTH_OF = 100  # points whose worth is told: a single one may be worth less than a cent


class CrmValuePortal(models.AbstractModel):
    """What points are worth, and the button that asks for them to be used.

    Points are spent on an order by who sells: the button tells the customer's contact,
    once until that is done, which reward is wished for and how many points to use.
    """

    _inherit = "crm.value.portal"

    @api.model
    def _say_worth(self, card):
        """Return what the points buy at most, False where that depends on the order."""
        if card.program_id.value_point_worth is False or not self._may_use(card):
            return False
        worths = [
            reward._value_point_worth() * reward._value_most_points(card.points)
            for reward in card.program_id.reward_ids
        ]
        money = self._show_money(card, max(worths))
        return self.env._("Worth up to %(money)s on an order", money=money)

    @api.model
    def _say_rate(self, card):
        """Return what points are worth and from how many on, False if not known."""
        worth, least = card.program_id.value_point_worth, self._least_points(card)
        if not least:
            return False
        usable = card._format_points(least)
        if worth is False:
            return self.env._("Usable from %(points)s on", points=usable)
        count = WORTH_OF
        while 0 < worth * count < 1:
            count *= 10
        return self.env._(
            "%(points)s = %(money)s; usable from %(least)s on",
            points=card._format_points(count),
            money=self._show_money(card, worth * count),
            least=usable,
        )

    @api.model
    def _show_money(self, card, amount):
        currency = card.company_id.currency_id
        return formatLang(self.env, amount, currency_obj=currency)

    @api.model
    def _least_points(self, card):
        """Return how many points the cheapest reward takes."""
        return min(card.program_id.reward_ids.mapped("required_points"), default=0)

    @api.model
    def _may_use(self, card):
        return bool(card) and 0 < card.points >= self._least_points(card)

    @api.model
    def _offers(self, card):
        """Return the rewards that the points are enough for, and how many they take."""
        offers = []
        for reward in card.program_id.reward_ids:
            least, most = reward.required_points, reward._value_most_points(card.points)
            if most:
                offers.append(
                    {
                        "id": reward.id,
                        "name": reward.description,
                        "takes": card._format_points(most),
                        "least": least,
                        "most": most,
                        "is_free": reward._value_takes_more() and most > least,
                    }
                )
        return offers

    # --- the wish ---

    @api.model
    def _asked_domain(self):
        return [
            ("res_model", "=", "res.partner"),
            ("res_id", "=", self._my_customer().id),
            ("summary", "=", self._use_summary()),
        ]

    @api.model
    def _use_summary(self):
        """Return what the contact reads; in one language, so that it is found again."""
        return self._in_office_language().env._("Wants to use loyalty points")

    @api.model
    def _in_office_language(self):
        lang = self.env.company.sudo().partner_id.lang or "en_US"  # closed to them
        return self.with_context(lang=lang)

    @api.model
    def _is_asked(self):
        """Return whether the contact was asked and has not yet done it."""
        activities = self.env["mail.activity"].sudo()
        return bool(activities.search_count(self._asked_domain(), limit=1))

    @api.model
    def _ask_to_use(self, reward_id, points):
        """Tell the customer's contact which reward is wished for.

        :param reward_id: one of those that are offered; else nothing is asked
        :param points: how many to use; what is no multiple of what the reward takes, or
            more than there is, is brought down
        """
        card = self._my_card()
        offers = {offer["id"]: offer for offer in self._offers(card)}
        offer = offers.get(reward_id)
        if not offer or self._is_asked():
            return
        wished = offer["most"]
        if offer["is_free"]:
            least = offer["least"]
            wished = max(least, min(points // least * least, offer["most"]))
        self._my_customer().activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=fields.Date.context_today(self),
            summary=self._use_summary(),
            note=self._in_office_language()._say_wish(card, offer, wished),
            user_id=self._my_contact(self._my_profile().tier_id).id,
        )

    @api.model
    def _say_wish(self, card, offer, points):
        return self.env._(
            "%(name)s asks in the portal: use %(points)s on the next order, for "
            "“%(reward)s”.",
            name=self.env.user.name,
            points=card.with_env(self.env).sudo()._format_points(points),
            reward=offer["name"],
        )
