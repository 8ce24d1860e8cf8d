from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...fields import NullableFloat


class CrmValueProfile(models.Model):
    """The latest share of wallet of a customer."""

    _inherit = "crm.value.profile"
    _field_part = "loyalty"

    wallet_ids = fields.One2many(
        "crm.value.wallet", string="Shares of Wallet", compute="_compute_wallet_ids"
    )
    wallet_share = NullableFloat(
        string="Share of Wallet",
        compute="_compute_wallet",
        search="_search_wallet_share",
        aggregator=None,
        help="Our share of the customer's spending in our product categories, as "
        "last recorded.",
    )
    wallet_date = fields.Date(string="Share of Wallet as Of", compute="_compute_wallet")
    wallet_is_old = fields.Boolean(
        string="Share of Wallet Outdated", compute="_compute_wallet"
    )
    wallet_is_over = fields.Boolean(
        string="Share of Wallet Above 100%", compute="_compute_wallet"
    )

    def _compute_wallet(self):
        newest = self.env["crm.value.wallet"]._newest(self.company_id, self.partner_id)
        none = self.env["crm.value.wallet"]
        for profile in self:
            wallet = newest.get((profile.company_id.id, profile.partner_id.id), none)
            profile.wallet_share = wallet.share if wallet else False
            profile.wallet_date = wallet.date
            profile.wallet_is_old = wallet.is_old
            profile.wallet_is_over = wallet.is_over

    def _compute_wallet_ids(self):
        found = self.env["crm.value.wallet"].search(
            [
                ("company_id", "in", self.company_id.ids),
                ("partner_id", "in", self.partner_id.ids),
            ]
        )
        by_customer = found.grouped(lambda w: (w.company_id.id, w.partner_id.id))
        for profile in self:
            key = (profile.company_id.id, profile.partner_id.id)
            profile.wallet_ids = by_customer.get(key, False)

    @api.model
    def _search_wallet_share(self, operator, value):
        return self._figure_domain(self._showing_wallet, "share", operator, value)

    @api.model
    def _showing_wallet(self, domain):
        """Return the profiles whose newest share meets ``domain``."""
        wallets = self.env["crm.value.wallet"]
        query = wallets._search(Domain(domain))
        wallets.flush_model()
        table = SQL.identifier(wallets._table)
        # The newest only: a later one must not exist.
        query.add_where(
            SQL(
                "NOT EXISTS (SELECT FROM crm_value_wallet later"
                " WHERE later.partner_id = %(this)s.partner_id"
                " AND later.company_id = %(this)s.company_id"
                " AND (later.date, later.id) > (%(this)s.date, %(this)s.id))",
                this=table,
            )
        )
        found = wallets.browse(query).grouped("company_id")
        return Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("partner_id", "in", of_company.partner_id.ids)
            for company, of_company in found.items()
        )

    def action_add_wallet(self):
        """Note what the customer spends in a year."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add Share of Wallet"),
            "res_model": "crm.value.wallet",
            "views": [[False, "form"]],
            "target": "new",
            "context": {
                "default_partner_id": self.partner_id.id,
                "default_company_id": self.company_id.id,
            },
        }
