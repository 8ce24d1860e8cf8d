from typing import NamedTuple

from odoo import api, fields, models

from ... import words
from ...const import OFFICER
from ...fields import NullableFloat
from ..scoring.const import QUADRANTS
from .const import PART

LATEST = 500  # orders that a preview looks at
TIER_VALIDATION = "sale_tier_validation"  # OCA's approvals of orders


class Limits(NamedTuple):
    """What may be given, both in percent; None: no limit."""

    discount: float | None = None
    margin: float | None = None


class CrmValueAuthority(models.Model):
    """How much some people may take off a price for some customers.

    The first line that fits counts, as they stand in the list. Who is named by none has
    no limit, so that a company without any is not disturbed.
    """

    _name = "crm.value.authority"
    _inherit = ["crm.value.guarded"]
    _description = "Discount Authority"
    _order = "company_id, sequence, id"

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    group_id = fields.Many2one(
        "res.groups",
        string="Role",
        ondelete="cascade",
        help="Everybody with this role, also as part of another one. Empty: everybody.",
    )
    tier_id = fields.Many2one(
        "crm.value.tier",
        string="Customer Tier",
        domain="['|', ('company_id', '=', False), ('company_id', '=', company_id)]",
        ondelete="cascade",
        help="Empty: customers of any tier, and of none.",
    )
    quadrant = fields.Selection(
        QUADRANTS, string="Customer Quadrant", help="Empty: customers of any quadrant."
    )
    max_discount = NullableFloat(
        string="Largest Discount (%)",
        digits="Discount",
        help="Off the sales price, or the pricelist's where it is higher: discount, "
        "typed price, pricelist, discount lines and rewards together.",
    )
    margin_floor = NullableFloat(
        string="Lowest Margin (%)",
        digits="Discount",
        groups=OFFICER,
        help="Of the whole order, after all discounts. Empty: the margin is not asked.",
    )

    _discount = models.Constraint(
        "CHECK (max_discount BETWEEN 0 AND 100)",
        "The largest discount is between 0 and 100%.",
    )
    _margin = models.Constraint(
        "CHECK (margin_floor <= 100)", "A margin cannot be more than 100%."
    )

    @api.depends("group_id", "tier_id", "quadrant")
    @api.depends_context("lang")
    def _compute_display_name(self):
        quadrants = dict(self._fields["quadrant"]._description_selection(self.env))
        for rule in self:
            who = rule.group_id.display_name or self.env._("Any role")
            whom = [rule.tier_id.name, quadrants.get(rule.quadrant)]
            rule.display_name = ", ".join([who, *filter(None, whom)])

    def action_preview(self):
        """Open those of the latest orders that would have needed an approval."""
        self.browse().check_access("write")
        orders = self.env["sale.order"].search(
            [("state", "=", "sale"), ("company_id", "=", self.env.company.id)],
            order="date_order desc, id desc",
            limit=LATEST,
        )
        beyond = orders.browse().concat(*orders._value_breaches())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._(
                "Of the Latest %(all)s Orders, %(count)s Beyond Authority",
                all=words.number(self.env, len(orders)),
                count=words.number(self.env, len(beyond)),
            ),
            "res_model": "sale.order",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", beyond.ids)],
            "context": {"create": False},
        }

    @api.model
    def _in_force(self, companies):
        """Return the rules of some companies, in their order; none where unused."""
        if TIER_VALIDATION in self.env.registry._init_modules:
            return self.sudo().browse()  # one gate is enough
        if not self.env["res.groups"]._value_uses(PART):
            return self.sudo().browse()
        return self.sudo().search([("company_id", "in", companies.ids)])

    def _limits(self, user, profile):
        """Return what a user may give to the customer of a profile.

        :param user: empty where nobody of ours has made the offer
        """
        groups = user.sudo().all_group_ids
        for rule in self:
            if (
                rule.group_id <= groups
                and rule.tier_id <= profile.tier_id
                and rule.quadrant in (False, profile.quadrant)
            ):
                floor = rule.margin_floor
                return Limits(rule.max_discount, None if floor is False else floor)
        return Limits()

    def _strictest(self, users, profile):
        """Return what all of some users may give; of nobody, what everybody may."""
        found = [self._limits(user, profile) for user in users] or [
            self._limits(users, profile)
        ]
        discounts = [limits.discount for limits in found if limits.discount is not None]
        margins = [limits.margin for limits in found if limits.margin is not None]
        return Limits(min(discounts, default=None), max(margins, default=None))
