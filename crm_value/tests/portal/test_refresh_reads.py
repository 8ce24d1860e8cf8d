from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from ..common import TODAY, ago
from ..satisfaction.survey_common import SurveyCommon

ROOM = 10_000  # ids, for what is created between two copies
# What makes a customer: tables, and their columns that name each other.
CLONED = {
    "res_partner": ("id", "commercial_partner_id"),
    "account_move": ("id", "partner_id", "commercial_partner_id", "reversed_entry_id"),
    "account_move_line": ("id", "move_id", "partner_id"),
    "account_partial_reconcile": ("id", "debit_move_id", "credit_move_id"),
    "sale_order": ("id", "partner_id", "partner_invoice_id", "partner_shipping_id"),
    "sale_order_line": ("id", "order_id", "order_partner_id"),
    "helpdesk_ticket": ("id", "partner_id", "commercial_partner_id"),
    "crm_lead": ("id", "partner_id"),
    "survey_user_input": ("id", "partner_id"),
    "survey_user_input_line": ("id", "user_input_id"),
    "crm_value_transaction": ("id", "partner_id"),
    "crm_value_override": ("id", "partner_id"),
}
STORED = (
    "crm_value_profile",
    "crm_value_snapshot",
    "crm_value_ending",
    "crm_value_transition",
    "crm_value_membership",
    "crm_value_playbook_start",
)
UNIQUE = {"name", "access_token", "number", "source_key"}
MONTH_END = ago(15)
FEW, MANY = 6, 60
BOUND = 40  # rows that ten times the customers may add: those of the company itself


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestRefreshReads(SurveyCommon):
    """What a refresh of two customers reads, whoever else is there.

    A statement that lacks the customers' condition, or an index for it, reads more
    rows the more customers there are.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.value.playbook"].with_context(active_test=False).search(
            []
        ).active = True
        cls.first = cls._busy_customer("First")
        cls.second = cls._busy_customer("Second")
        cls.model = cls._busy_customer("Model")
        cls.clones = 0

    @classmethod
    def _busy_customer(cls, name):
        """Return a customer with a document of each kind."""
        customer = cls._customer(name)
        cls._pay(cls._invoice(customer, 100.0, ago(400)), ago(380))
        invoice = cls._invoice(customer, 80.0, ago(200))
        cls._reverse(invoice, ago(190), amount=20.0)
        cls._order(customer, 50.0, ago(60))
        cls._order(customer, 70.0, ago(6), confirm=False)
        cls._ticket(customer, ago(50), ago(48))
        cls._transaction(customer, 40.0, ago(700))
        cls.env["crm.lead"].create(
            {"name": name, "type": "opportunity", "partner_id": customer.id}
        )
        cls._answer(cls.survey, {"qual1": "4"}, customer)
        cls.env["crm.value.override"].create(
            {
                "partner_id": customer.id,
                "company_id": cls.company.id,
                "kind": "stage",
                "stage_id": cls.env.ref("crm_value.stage_lost").id,
                "date_from": TODAY,
                "date_to": TODAY,
                "reason": "Test",
            }
        )
        return customer

    def _clone(self, count):
        """Bring about more customers like the model, with copies of its documents."""
        self.env.flush_all()
        ids = self._ids_of(self.model)
        self.shift = ROOM + max(max(some, default=0) for some in ids.values())
        for table, shifted in CLONED.items():
            columns = self.env.execute_query(
                SQL(
                    "SELECT column_name FROM information_schema.columns"
                    " WHERE table_name = %s AND table_schema = 'public'"
                    " AND is_generated = 'NEVER'",
                    table,
                )
            )
            names = [name for (name,) in columns]
            values = SQL(", ").join(self._copied(name, shifted) for name in names)
            self.env.cr.execute(
                SQL(
                    "INSERT INTO %s (%s) SELECT %s FROM %s one,"
                    " generate_series(%s, %s) nth WHERE one.id = ANY(%s)",
                    SQL.identifier(table),
                    SQL(", ").join(map(SQL.identifier, names)),
                    values,
                    SQL.identifier(table),
                    self.clones + 1,
                    self.clones + count,
                    ids[table],
                )
            )
        self.clones += count
        self.env.invalidate_all()

    def _copied(self, name, shifted):
        column = SQL("one.%s", SQL.identifier(name))
        if name in shifted:
            return SQL("%s + nth * %s", column, self.shift)
        return SQL("%s || ' ' || nth", column) if name in UNIQUE else column

    def _ids_of(self, customer):
        """Return the ids of a customer's records, by table."""
        ids = {"res_partner": customer.ids}
        for table, (_id, *columns) in CLONED.items():
            if table in ids:
                continue
            above = {
                "move_id": "account_move",
                "debit_move_id": "account_move_line",
                "order_id": "sale_order",
                "user_input_id": "survey_user_input",
                "partner_id": "res_partner",
            }
            rows = self.env.execute_query(
                SQL(
                    "SELECT id FROM %s WHERE %s = ANY(%s)",
                    SQL.identifier(table),
                    SQL.identifier(columns[0]),
                    ids[above[columns[0]]],
                )
            )
            ids[table] = [row[0] for row in rows]
        return ids

    def _history(self):
        """Score today and at the month ends before, and let the planner know."""
        self._score(as_of=MONTH_END)
        self._score()
        self.env.flush_all()
        for table in (*CLONED, *STORED):
            self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))

    def _reads(self):
        """Return {table: rows read} of a refresh of two customers.

        Small tables are read as a whole, which says nothing of large ones: the planner
        is told not to where it can do without.
        """
        self._allow("off")
        self.env.invalidate_all()
        self.env["crm.value.stale"]._mark(self.first | self.second, self.company)
        self.env.flush_all()
        before = self._counted()
        self._refresh()
        self.env.flush_all()
        self._allow("on")
        return {t: rows - before.get(t, 0) for t, rows in self._counted().items()}

    def _allow(self, switch):
        """Let the planner read whole tables, or not."""
        for way in ("enable_seqscan", "enable_hashjoin", "enable_mergejoin"):
            self.env.cr.execute(SQL("SET LOCAL %s = %s", SQL.identifier(way), switch))

    def _counted(self):
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT relname, seq_tup_read + COALESCE(idx_tup_fetch, 0)
                      FROM pg_stat_xact_user_tables WHERE schemaname = 'public'
                    """
                )
            )
        )

    def test_refresh_of_two_reads_no_more_rows_among_ten_times_the_customers(self):
        self._clone(FEW)
        self._history()
        few = self._reads()
        self._clone(MANY - FEW)
        self._history()
        many = self._reads()
        self.assertGreater(few["account_move_line"], 0)
        grown = {t: (few.get(t, 0), rows) for t, rows in many.items()}
        grown = {t: (a, b) for t, (a, b) in grown.items() if b - a > BOUND}
        self.assertFalse(grown, "{table: (rows read among few, among many)}")
