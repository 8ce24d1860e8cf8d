from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...const import SOLD

PROFILE = "crm.value.profile"
PRODUCT = "product.product"
ACTIVE = ("revenue", ">", 0)
UNREACHABLE = [("partner_id.email", "=", False), ("partner_id.phone", "=", False)]
UNCOSTED = [("standard_price", "=", 0), ("sale_ok", "=", True)]


class CrmValueSectionData(models.AbstractModel):
    """What is missing in the records and blurs the figures, and where to fix it."""

    _name = "crm.value.section.data"
    _inherit = ["crm.value.section"]
    _description = "Data That Blur the Figures"
    _rank = 90

    @api.model
    def _told(self, month):
        """Tell what is missing today; nothing where nothing is."""
        if not month["is_latest"]:
            return None
        unreachable, unattended, known, total = self._sums()
        found = [
            self._costs(known, total),
            self._rates(),
            self._lacking(
                self.env._("Neither mail address nor phone"), unreachable, *UNREACHABLE
            ),
            self._lacking(
                self.env._("Without a salesperson"), unattended, ("user_id", "=", False)
            ),
            self._issues(),
        ]
        tiles = [tile for tile in found if tile]
        return tiles and {
            "question": self.env._("What is missing that blurs these figures?"),
            "tiles": tiles,
            "links": self._fixes(),
        }

    @api.model
    def _fixes(self):
        """Return where costs are entered, for those who may see products."""
        if not self._is_officer() or not self.env[PRODUCT].has_access("read"):
            return []
        title = self.env._("Products without a cost")
        if not self.env[PRODUCT].search_count(UNCOSTED, limit=1):
            return []
        return [{"label": title, "opens": self._rows_of(title, PRODUCT, UNCOSTED)}]

    @api.model
    def _sums(self):
        """Return what is missing of customers with revenue, in one statement.

        :return: how many have no address, how many no salesperson, and the revenue
            with a known cost, of which; None where margins are not to be told
        """
        profiles = self.env[PROFILE]
        query = profiles._search(Domain(self._own(ACTIVE)))
        table = profiles._table
        partner = query.left_join(table, "partner_id", "res_partner", "id", "partner")
        email, phone, user = (
            SQL.identifier(partner, name) for name in ("email", "phone", "user_id")
        )
        parts = [
            SQL("COUNT(*) FILTER (WHERE CONCAT(%s, %s) = '')", email, phone),
            SQL("COUNT(*) FILTER (WHERE %s IS NULL)", user),
        ]
        if self._is_officer():
            share, revenue = (
                profiles._field_to_sql(table, field, query)
                for field in ("cost_known_share", "revenue")
            )
            parts += [
                SQL("SUM(%s * %s)", revenue, share),
                SQL("SUM(%s) FILTER (WHERE %s IS NOT NULL)", revenue, share),
            ]
        [sums] = self.env.execute_query(query.select(*parts))
        return (*sums, None, None)[:4]

    @api.model
    def _costs(self, known, total):
        """Return which share of the revenue has no known cost, None: it all has one."""
        missing = 1 - known / total if total else 0
        if missing < 0.0005:  # rounds to nothing
            return None
        blurred = self._own(ACTIVE, ("cost_known_share", "<", 1))
        title = self.env._("Revenue without a known cost")
        return self._tile(
            title,
            self._percent(missing),
            self.env._("its margin is the policy's default"),
            self._rows_of(title, PROFILE, blurred),
        )

    @api.model
    def _rates(self):
        """Return the currencies of documents that have no rate: they count as 1."""
        company = self.env.company
        bare = self.env["res.currency"].search(
            [("rate_ids", "=", False), ("id", "!=", company.currency_id.id)]
        )
        if not bare:
            return None
        # Of which currency is asked, not of which document.
        moves = self.env["account.move"].sudo()
        used = moves._read_group(
            [
                ("company_id", "=", company.id),
                ("currency_id", "in", bare.ids),
                ("move_type", "in", SOLD),
                ("state", "=", "posted"),
            ],
            ["currency_id"],
        )
        names = sorted(currency.name for (currency,) in used)
        if not names:
            return None
        return self._tile(
            self.env._("Currencies without a rate"),
            ", ".join(names),
            self.env._("their amounts count one to one"),
            tone="bad",
        )

    @api.model
    def _lacking(self, title, count, *domain):
        """Return how many customers with revenue lack something, None: nobody."""
        lacking = self._own(ACTIVE, *domain)
        return (
            self._tile(
                title,
                self._number(count),
                self.env._("customers with revenue"),
                self._rows_of(title, PROFILE, lacking),
            )
            if count
            else None
        )

    @api.model
    def _issues(self):
        """Return how many customers the last run could not value, None: nobody."""
        run = self.env["crm.value.run"]._current(self.env.company)
        left = [("run_id", "=", run.id)]
        count = self.env["crm.value.run.issue"].search_count(left)
        title = self.env._("Not valued: their figures are no numbers")
        return (
            self._tile(
                title,
                self._number(count),
                opens=self._rows_of(title, "crm.value.run.issue", left),
                tone="bad",
            )
            if count
            else None
        )
