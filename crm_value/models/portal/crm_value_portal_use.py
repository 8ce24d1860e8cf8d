from odoo import api, fields, models
from odoo.tools import formatLang


class CrmValuePortal(models.AbstractModel):
    """What points are worth, and the button that asks for them to be used.

    Points are spent on an order by who sells: the button tells the customer's contact,
    once until that is done.
    """

    _inherit = "crm.value.portal"

    @api.model
    def _say_worth(self, card):
        """Return what the points buy at most, False where that depends on the order."""
        worth = card.program_id.value_point_worth
        enough = self._least_points(card)
        if worth is False or card.points <= 0:
            return False
        if card.points < enough:
            return self.env._(
                "Usable from %(points)s on", points=card._format_points(enough)
            )
        money = formatLang(
            self.env, worth * card.points, currency_obj=card.company_id.currency_id
        )
        return self.env._("Worth up to %(money)s on an order", money=money)

    @api.model
    def _least_points(self, card):
        """Return how many points the cheapest reward takes."""
        return min(card.program_id.reward_ids.mapped("required_points"), default=0)

    @api.model
    def _may_use(self, card):
        return bool(card) and 0 < card.points >= self._least_points(card)

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
        lang = self.env.company.sudo().partner_id.lang or "en_US"  # closed to them
        portal = self.with_context(lang=lang)
        return portal.env._("Wants to use loyalty points")

    @api.model
    def _is_asked(self):
        """Return whether the contact was asked and has not yet done it."""
        activities = self.env["mail.activity"].sudo()
        return bool(activities.search_count(self._asked_domain(), limit=1))

    @api.model
    def _ask_to_use(self):
        """Tell the customer's contact that points shall be used on the next order."""
        card = self._my_card()
        if not self._may_use(card) or self._is_asked():
            return
        self._my_customer().activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=fields.Date.context_today(self),
            summary=self._use_summary(),
            note=self.env._(
                "%(name)s asks in the portal: use %(points)s on the next order.",
                name=self.env.user.name,
                points=card._format_points(card.points),
            ),
            user_id=self._my_contact(self._my_profile().tier_id).id,
        )
