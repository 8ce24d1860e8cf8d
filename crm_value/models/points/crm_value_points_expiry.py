from datetime import timedelta
from itertools import starmap

from odoo import api, models
from odoo.tools import format_date


class CrmValuePoints(models.AbstractModel):
    """Points that have become too old, and the notice before."""

    _inherit = "crm.value.points"

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
                "Points of %(day)s expired", day=format_date(self.env, lot["date"])
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
