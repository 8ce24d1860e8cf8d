import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ... import bulk
from ...analytics.months import monthly
from ...analytics.purchases.costs import positions
from ...const import SOLD, to_day
from ..purchases.crm_value_facts import LINE_COLUMNS
from .const import CHANNELS, IMPORT, OFFICE, ONLINE, POS

# Who says of the lines of a source who sold them and by which channel.
TELLERS = {
    "_gather_invoice_lines": "_tell_invoice_lines",
    "_gather_order_lines": "_tell_order_lines",
    "_gather_transaction_lines": "_tell_transactions",
    "_gather_losses": "_tell_moves",
    "_gather_order_credits": "_tell_moves",
}
TOLD = {"document": "int4", "user": "int4", "channel": "int4"}
TEAMS = {
    ONLINE: ("sales_team.salesteam_website_sales", "sales_team.ebay_sales_team"),
    POS: ("sales_team.pos_sales_team",),
}
# What a file's channel is called where it sells online, or in a shop.
ONLINE_WORDS = (
    r"online|web|internet|e-?shop|e-?commerce|shopify|amazon|ebay|线上|网|电商|淘宝|天猫"
    r"|京东"
)
POS_WORDS = r"\mpos\M|point of sale|\mtill\M|\mstore\M|retail|counter|门店|线下|柜台"


class CrmValueFacts(models.AbstractModel):
    """Purchase lines by month, with what else monthly facts are looked at by."""

    _inherit = "crm.value.facts"

    @api.model
    def _gather_months(self, scope, known):
        """Return the monthly facts of the scope's customers: see monthly.monthly.

        :param known: monthly.Known
        """
        self._tune(scope)
        sources = self._line_sources(scope.basis)
        parts = [self._told_lines(name, scope) for name in sources]
        columns = {**LINE_COLUMNS, "quantity": None, "user": None, "channel": None}
        lines = {
            name: np.concatenate([part.pop(name) for part in parts]) for name in columns
        }
        lines["category"] = self._categories_then(scope, lines)
        return monthly.monthly(lines, known)

    @api.model
    def _told_lines(self, source, scope):
        """Return the lines of a source with ``quantity``, ``user`` and ``channel``."""
        lines = getattr(self, source)(scope)
        lines.setdefault("quantity", np.full(lines["partner"].size, np.nan))
        teller = TELLERS.get(source)
        if not teller:  # of another add-on
            nothing = np.zeros(lines["partner"].size, np.int32)
            return {**lines, "user": nothing, "channel": nothing}
        told = getattr(self, teller)(scope, np.unique(lines["document"]))
        place = positions(told.pop("document"), lines["document"])
        for name, column in told.items():
            unknown = np.nan if name == "quantity" else 0
            column = np.append(column, np.array([unknown], column.dtype))
            lines[name] = column[place]  # −1, not found, is the last
        return lines

    @api.model
    def _tell_invoice_lines(self, scope, lines):
        return self._tell(
            SQL(
                """
                SELECT line.id AS document, COALESCE(move.invoice_user_id, 0) AS user,
                       %(channel)s AS channel
                  FROM account_move_line line
                  JOIN account_move move ON move.id = line.move_id
                 WHERE move.company_id = %(company)s AND move.move_type = ANY(%(kinds)s)
                   AND move.state = 'posted' AND line.display_type IS NOT NULL
                   AND %(only)s
              ORDER BY line.id
                """,
                channel=self._channel("account.move", SQL("move")),
                company=scope.company.id,
                kinds=[*SOLD, "out_refund"],
                only=scope.only_rows(SQL("line.id"), lines),
            )
        )

    @api.model
    def _tell_order_lines(self, scope, lines):
        return self._tell(
            SQL(
                """
                SELECT line.id AS document, COALESCE(sale_order.user_id, 0) AS user,
                       %(channel)s AS channel
                  FROM sale_order_line line
                  JOIN sale_order ON sale_order.id = line.order_id
                 WHERE sale_order.company_id = %(company)s AND %(only)s
              ORDER BY line.id
                """,
                channel=self._channel("sale.order", SQL("sale_order")),
                company=scope.company.id,
                only=scope.only_rows(SQL("line.id"), lines),
            )
        )

    @api.model
    def _tell_moves(self, _scope, moves):
        return self._tell(
            SQL(
                """
                SELECT move.id AS document, COALESCE(move.invoice_user_id, 0) AS user,
                       %s AS channel
                  FROM account_move move WHERE move.id = ANY(%s) ORDER BY move.id
                """,
                self._channel("account.move", SQL("move")),
                moves.tolist(),
            )
        )

    @api.model
    def _tell_transactions(self, scope, transactions):
        """Read what an import says; only the file's own words tell of a channel."""
        query = SQL(
            """
            SELECT id AS document, 0 AS user,
                   CASE WHEN channel ~* %(online)s THEN %(is_online)s
                        WHEN channel ~* %(pos)s THEN %(is_pos)s
                        ELSE %(is_import)s END AS channel,
                   COALESCE(quantity, 'NaN') AS quantity
              FROM crm_value_transaction
             WHERE company_id = %(company)s AND %(only)s
          ORDER BY id
            """,
            online=ONLINE_WORDS,
            pos=POS_WORDS,
            is_online=CHANNELS.index(ONLINE),
            is_pos=CHANNELS.index(POS),
            is_import=CHANNELS.index(IMPORT),
            company=scope.company.id,
            only=scope.only_rows(SQL("id"), transactions),
        )
        return bulk.read(self.env.cr, query, {**TOLD, "quantity": "float8"})

    @api.model
    def _tell(self, query):
        for model in ("account.move", "account.move.line", "sale.order"):
            self.env[model].flush_model()
        return bulk.read(self.env.cr, query, TOLD)

    @api.model
    def _channel(self, model, table):
        """Return the SQL of the channel of an invoice or order.

        Odoo's website and point of sale leave their own traces where they are
        installed; else the sales team tells.
        """
        online, pos = (SQL("FALSE"), SQL("FALSE"))
        if "website_id" in self.env[model]._fields:
            online = SQL("%s.website_id IS NOT NULL", table)
        if model == "account.move" and "pos.order" in self.env:
            # A credit note made in the ledger is of the till that sold.
            pos = SQL(
                "EXISTS (SELECT FROM pos_order"
                " WHERE account_move IN (%(move)s.id, %(move)s.reversed_entry_id))",
                move=table,
            )
        return SQL(
            """
            CASE WHEN %(online)s OR %(table)s.team_id = ANY(%(online_teams)s)
                 THEN %(is_online)s
                 WHEN %(pos)s OR %(table)s.team_id = ANY(%(pos_teams)s) THEN %(is_pos)s
                 ELSE %(is_office)s END
            """,
            online=online,
            pos=pos,
            table=table,
            online_teams=self._teams(ONLINE),
            pos_teams=self._teams(POS),
            is_online=CHANNELS.index(ONLINE),
            is_pos=CHANNELS.index(POS),
            is_office=CHANNELS.index(OFFICE),
        )

    @api.model
    def _teams(self, channel):
        """Return the ids of Odoo's own sales teams of a channel."""
        found = [
            self.env.ref(name, raise_if_not_found=False) for name in TEAMS[channel]
        ]
        return [team.id for team in found if team]

    # --- categories at the end of each month ---

    @api.model
    def _categories_then(self, scope, lines):
        """Return the category that each line's product had at the end of its month."""
        now = self._categories(scope, lines["product"])
        query = SQL(
            """
            SELECT product.id AS product, past.until AS until,
                   COALESCE(past.categ_id, 0) AS category
              FROM crm_value_month_past past
              JOIN product_product product
                ON product.product_tmpl_id = past.product_tmpl_id
          ORDER BY product.id, past.until, past.id
            """
        )
        self.env["crm.value.month.past"].flush_model()
        columns = {"product": "int4", "until": "date", "category": "int4"}
        past = bulk.read(self.env.cr, query, columns)
        if not past["product"].size:
            return now
        after = monthly.first_days(monthly.months_of(lines["day"]) + 1)
        # The first change on or after the first day of the month that follows.
        keys = (past["product"].astype(np.int64) << 32) + past["until"]
        wanted = (lines["product"].astype(np.int64) << 32) + after
        place = np.searchsorted(keys, wanted).clip(max=keys.size - 1)
        changed = (past["product"][place] == lines["product"]) & (
            past["until"][place] >= after
        )
        return np.where(changed, past["category"][place], now)

    # --- what month ends say of customers ---

    @api.model
    def _gather_known(self, scope, ends, since):
        """Return monthly.Known of the scope's customers.

        :param dict ends: last day of a month → the run that knows its customers
        :param since: who was lost before that day is not asked
        """
        query = SQL(
            """
            SELECT snapshot.origin_id AS partner, snapshot.date AS day
              FROM crm_value_snapshot snapshot
         LEFT JOIN crm_value_stage stage ON stage.id = snapshot.stage_id
             WHERE snapshot.company_id = %(company)s AND snapshot.month_end
               AND snapshot.date >= %(since)s
               AND snapshot.partner_id = snapshot.origin_id
               AND NOT COALESCE(stage.code <> 'lost', snapshot.relation = 'active')
               AND %(only)s
            """,
            company=scope.company.id,
            since=since,
            only=scope.only(SQL("snapshot.partner_id")),
        )
        self.env["crm.value.snapshot"].flush_model()
        lost = bulk.read(self.env.cr, query, {"partner": "int4", "day": "date"})
        days = np.array([to_day(day) for day in ends], int)
        return monthly.Known(
            many=np.array(self.env["res.partner"]._value_crowd_ids(), int),
            ends=monthly.months_of(days),
            lost=(lost["partner"], monthly.months_of(lost["day"])),
        )
