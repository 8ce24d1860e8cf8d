from datetime import timedelta

import numpy as np

from odoo import api, fields, models
from odoo.tools import format_date

from ... import words
from ...analytics.tier.tier import CONDITIONS
from ..tier.crm_value_profile_goal import TOLD

HISTORY = 20


class CrmValuePortal(models.AbstractModel):
    """What customers see of their loyalty in the portal: no value, no margin.

    The customer is that of the user who asks, and the company is the user's; nobody
    names another one. What is returned is plain data.
    """

    _name = "crm.value.portal"
    _description = "Loyalty in the Customer Portal"

    @api.model
    def _my_customer(self):
        """Return the customer that the user belongs to, with the rights to read it."""
        # Portal users may read nothing of ours: each value is picked for them here.
        return self.env.user.partner_id.commercial_partner_id.sudo()

    @api.model
    def _my_profile(self):
        customer, company = self._my_customer(), self.env.company
        found = self.env["crm.value.profile"].sudo()._by_customer(company, customer)
        profile = self.env["crm.value.profile"].sudo()
        return found.get((company.id, customer.id), profile)

    @api.model
    def _my_card(self):
        """Return the card of the customer in the ledger of the company."""
        program = self.env.company._value_points_program()
        cards = self.env["loyalty.card"].sudo()
        return cards._value_card_of(program, self._my_customer()) if program else cards

    @api.model
    def _count(self):
        """Return how much there is to see: a tier and points, else the first tier."""
        if not self.env["res.groups"]._value_uses("loyalty"):
            return 0
        profile = self._my_profile()
        seen = len(profile.tier_id) + len(self._my_card())
        return seen or len(self._next_tier(profile))

    @api.model
    def _page(self):
        """Return what the page shows besides the history."""
        profile, card = self._my_profile(), self._my_card()
        tier = profile.tier_id
        following = self._next_tier(profile)
        return {
            "tier": self._show_tier(tier),
            "since": profile.tier_since,
            "until": profile.tier_until,
            "progress": self._show_progress(profile),
            "keep": self._say_to_keep(profile),
            "next_tier": self._show_tier(following),
            "points": self._show_points(card),
            "contact": self._show_contact(tier),
            "asked": card and self._is_asked(),
            "empty": not (tier or card or following),
        }

    @api.model
    def _say_to_keep(self, profile):
        """Return what the customer still needs to retain the tier, False: nothing."""
        missing = profile._tier_missing_to_keep()
        return missing and self.env._(
            "To retain %(tier)s: %(missing)s",
            tier=profile.tier_id.name,
            missing=missing,
        )

    @api.model
    def _show_tier(self, tier):
        """Return what a customer is told of a tier, False without one."""
        if not tier:
            return False
        return {
            "name": tier.name,
            "benefits_title": self.env._("%(tier)s benefits", tier=tier.name),
            "description": tier.description or "",
            "benefits": self._show_benefits(tier),
        }

    @api.model
    def _show_benefits(self, tier):
        """Return the benefits of a tier as customers may know them; no suggestions."""
        told = []
        customer = self._my_customer()
        if tier.pricelist_id and not tier._why_not_priced(customer):
            told.append(self.env._("Special prices on your quotations"))
        if tier.points_rate > 1:
            told.append(self.env._("%(rate)g× points", rate=tier.points_rate))
        told += self._open_programs(tier).mapped("name")
        if tier.ticket_priority:
            told.append(self.env._("Priority support"))
        if tier.response_hours:
            told.append(
                self.env._(
                    "Response within %(hours)s",
                    hours=words.working_hours(self.env, tier.response_hours),
                )
            )
        if tier.contact_user_id and self._my_contact(tier) == tier.contact_user_id:
            told.append(self.env._("A dedicated contact"))
        return told

    @api.model
    def _open_programs(self, tier):
        """Return the programs for members that are on offer today."""
        today = fields.Date.context_today(self)
        return tier.program_ids.filtered(
            lambda program: (
                program.active
                and (not program.date_from or program.date_from <= today)
                and (not program.date_to or program.date_to >= today)
            )
        )

    @api.model
    def _my_contact(self, tier):
        """Return the user who looks after the customer; its salesperson comes first."""
        return self._my_customer().user_id or tier.contact_user_id

    @api.model
    def _show_contact(self, tier):
        """Return who looks after the customer, False where nobody does."""
        contact = self._my_contact(tier)
        partner = contact.partner_id
        if not partner:
            return False
        return {
            "name": partner.name,
            "email": partner.email,
            "phone": partner.phone,
            "title": self.env._("Your dedicated contact")
            if contact == tier.contact_user_id
            else self.env._("Your contact"),
        }

    # --- points ---

    @api.model
    def _show_points(self, card):
        """Return the balances of a card as text, False without one."""
        if not card:
            return False
        day, expiring = self._next_expiry(card)
        notice = timedelta(days=card.program_id.value_notice_days)
        return {
            "usable": card._format_points(card.points),
            "is_shared": self._my_customer().is_company,
            "locked": card._format_points(card.value_locked_points),
            "worth": self._say_worth(card),
            "rate": self._say_rate(card),
            "unit": card.point_name or "",
            "offers": self._offers(card),
            "has_locked": bool(card.value_locked_points),
            "expires_soon": day and day <= fields.Date.context_today(self) + notice,
            "expiring": expiring
            and self.env._(
                "%(points)s expire on %(date)s",
                points=card._format_points(expiring),
                date=format_date(self.env, day),
            ),
        }

    @api.model
    def _next_expiry(self, card):
        """Return (day, points) of what expires next, False where nothing does."""
        lots, _beyond = self.env["crm.value.points"].sudo()._open_lots(card)
        days = [lot["expires_on"] for lot in lots if lot["expires_on"]]
        if not days:
            return False, False
        day = min(days)
        return day, sum(lot["left"] for lot in lots if lot["expires_on"] == day) / 100

    @api.model
    def _history_count(self):
        return self.env["loyalty.history"].sudo().search_count(self._history_domain())

    @api.model
    def _history_domain(self):
        return [("card_id", "in", self._my_card().ids)]

    @api.model
    def _history(self, offset=0):
        """Return one page of points transactions, the newest first."""
        lines = (
            self.env["loyalty.history"]
            .sudo()
            .search(
                self._history_domain(),
                order="value_day DESC, id DESC",
                offset=offset,
                limit=HISTORY,
            )
        )
        kinds = dict(lines._fields["value_kind"]._description_selection(self.env))
        links = self._links(lines)
        return [
            {
                "date": line.value_day or line.create_date.date(),
                "kind": kinds.get(line.value_kind, ""),
                "documents": links[line],
                "points": line.card_id._format_points(line.issued - line.used),
                "gain": line.issued >= line.used,
            }
            for line in lines
        ]

    @api.model
    def _links(self, lines):
        """Return (name, day, address) of the documents behind lines.

        A document is linked where the user may open it, by the user's own rights; else
        there is no address.
        """
        orders = lines.value_order_id | lines.value_earning_id.order_id
        invoices = lines.value_move_id | lines.value_earning_id.move_id
        readable = {
            *self._readable(orders),
            *self._readable(invoices),
        }
        return {
            line: [
                (
                    document.name,
                    self._day_of(document),
                    document in readable and document.access_url,
                )
                for document in (
                    *(line.value_order_id | line.value_earning_id.order_id),
                    *(line.value_move_id | line.value_earning_id.move_id),
                )
            ]
            for line in lines
        }

    @api.model
    def _day_of(self, document):
        """Return the day a document was made, False where it has none."""
        if document._name == "account.move":
            return document.invoice_date
        return fields.Datetime.context_timestamp(self, document.date_order).date()

    @api.model
    def _readable(self, documents):
        mine = documents.with_env(self.env)
        if not mine.has_access("read"):
            mine = mine._filtered_access("read")
        return documents.browse(mine.ids)

    # --- the next tier ---

    @api.model
    def _next_tier(self, profile):
        """Return the tier that comes next, empty in the best one or without rules."""
        goal = self._goals(profile).get("next")
        return goal.tier.sudo() if goal else self.env["crm.value.tier"]

    @api.model
    def _goals(self, profile):
        return profile._tier_goals()[profile] if profile else {}

    @api.model
    def _show_progress(self, profile):
        """Return the progress to the next tier: missing in words, and a share."""
        goal = self._goals(profile).get("next")
        if not goal:
            return False
        percent = self._told_percent(goal)
        return {
            "percent": percent,
            "said": percent is not None and words.percent(self.env, percent / 100),
            "missing": profile._tier_missing_to_next(),
        }

    @api.model
    def _told_percent(self, goal):
        """Return how much of a goal is reached, None where that tells a secret.

        The condition that lacks most counts where all must be met, else the best one.
        """
        asked = np.flatnonzero(~np.isnan(goal.limits))
        told = [at for at in asked if CONDITIONS[at] in TOLD]
        if not told or (goal.every and len(told) < asked.size):
            return None
        shares = np.nan_to_num(goal.figures[told]) / goal.limits[told]
        reached = shares.min() if goal.every else shares.max()
        return int(100 * np.clip(reached, 0, 1))
