from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...fields import NullableFloat
from ..scoring.crm_value_badge import USER, shown
from .const import LOYALTY_CLASSES


class ResPartner(models.Model):
    """Shows on a contact the loyalty of its customer, share of wallet and referrals."""

    _inherit = "res.partner"

    value_loyalty_class = fields.Selection(
        LOYALTY_CLASSES,
        string="Loyalty Class",
        **shown("loyalty_class"),
    )
    value_wallet_share = NullableFloat(
        related="value_profile_id.wallet_share", related_sudo=False, groups=USER
    )
    value_wallet_date = fields.Date(
        related="value_profile_id.wallet_date", related_sudo=False, groups=USER
    )
    value_wallet_is_old = fields.Boolean(
        related="value_profile_id.wallet_is_old", related_sudo=False, groups=USER
    )
    value_wallet_is_over = fields.Boolean(
        related="value_profile_id.wallet_is_over", related_sudo=False, groups=USER
    )
    value_referrer_id = fields.Many2one(
        "res.partner",
        string="Referred by",
        index="btree_not_null",
        ondelete="set null",
        groups=USER,
        help="The contact who referred this customer to us.",
    )
    value_referred_ids = fields.One2many(
        "res.partner", "value_referrer_id", string="Referred", groups=USER
    )
    value_referred_count = fields.Integer(
        string="Customers Referred",
        compute="_compute_value_referred_count",
        compute_sudo=False,
        groups=USER,
    )

    # --- Who brought whom: customers that came by recommendation ---

    @api.depends("value_referred_ids")
    def _compute_value_referred_count(self):
        counts = dict(
            self._read_group(
                [("value_referrer_id", "in", self.ids)],
                ["value_referrer_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.value_referred_count = counts.get(partner, 0)

    @api.constrains("value_referrer_id")
    def _check_value_referrer(self):
        """Refuse circular referrals, in any number of steps."""
        # No check in the database: merging contacts would delete who fails it.
        if (
            self._has_cycle("value_referrer_id")
            or self._value_is_referred_in_a_circle()
        ):
            raise ValidationError(
                self.env._(
                    "A contact cannot be referred by itself, or by a contact it has"
                    " referred."
                )
            )

    def _value_is_referred_in_a_circle(self):
        """Return whether a customer referred itself, through others or contacts."""
        self.flush_model(["value_referrer_id", "commercial_partner_id"])
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE step AS (
                    SELECT named.id, named.commercial_partner_id AS customer,
                           referrer.commercial_partner_id AS above
                      FROM res_partner named
                      JOIN res_partner referrer ON referrer.id = named.value_referrer_id
                     WHERE referrer.commercial_partner_id <> named.commercial_partner_id
                ), chain AS (
                    SELECT customer, above FROM step WHERE id = ANY(%(partners)s)
                 UNION
                    SELECT chain.customer, step.above
                      FROM chain
                      JOIN step ON step.customer = chain.above
                )
                SELECT FROM chain WHERE customer = above LIMIT 1
                """,
                partners=self.ids,
            )
        )
        return bool(rows)

    def action_open_referred(self):
        """Open the customers that this one brought."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Referred by %(name)s", name=self.display_name),
            "res_model": "res.partner",
            "views": [[False, "list"], [False, "kanban"], [False, "form"]],
            "domain": [("value_referrer_id", "=", self.id)],
            "context": {"default_value_referrer_id": self.id},
        }

    def _value_take_off_circular_referrers(self):
        """Before these become one: leave none of them referred by another, or through
        others. Return those whose referrer was taken off.
        """
        self.flush_model(["value_referrer_id"])
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE chain AS (
                    SELECT id AS partner, value_referrer_id AS referrer
                      FROM res_partner
                     WHERE id = ANY(%(partners)s)
                 UNION
                    SELECT chain.partner, above.value_referrer_id
                      FROM chain
                      JOIN res_partner above ON above.id = chain.referrer
                )
                SELECT DISTINCT partner FROM chain WHERE referrer = ANY(%(partners)s)
                """,
                partners=self.ids,
            )
        )
        circular = self.browse([partner for (partner,) in rows])
        circular.value_referrer_id = False
        return circular
