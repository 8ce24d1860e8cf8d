"""What goes with the add-on is its own: no row of Odoo's tables."""

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ...hooks import SETTINGS, _own_tables, uninstall_hook

LINKS = """
SELECT holder.relname, key.confdeltype
  FROM pg_constraint key
  JOIN pg_class holder ON holder.oid = key.conrelid
  JOIN pg_class target ON target.oid = key.confrelid
 WHERE key.contype = 'f' AND target.relname = ANY(%(ours)s)
   AND NOT holder.relname = ANY(%(ours)s)
"""
# How a field that somebody makes in Settings lies in the database.
CUSTOM = """
ALTER TABLE sale_order
  ADD x_profile_id int REFERENCES crm_value_profile ON DELETE CASCADE,
  ADD x_tier_id int REFERENCES crm_value_tier ON DELETE CASCADE,
  ADD x_held_id int REFERENCES crm_value_snapshot ON DELETE RESTRICT;
CREATE TABLE x_order_profile_rel (
  order_id int NOT NULL REFERENCES sale_order ON DELETE CASCADE,
  profile_id int NOT NULL REFERENCES crm_value_profile ON DELETE CASCADE,
  PRIMARY KEY (order_id, profile_id));
CREATE TABLE x_note (id serial PRIMARY KEY,
  profile_id int NOT NULL REFERENCES crm_value_profile ON DELETE CASCADE);
"""


@tagged("post_install", "-at_install")
class TestUninstall(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ours = _own_tables(cls.env)
        cls.partner = cls.env["res.partner"].create({"name": "Held"})
        cls.profile = cls.env["crm.value.profile"].create(
            {"partner_id": cls.partner.id, "company_id": cls.env.company.id}
        )
        cls.order = cls.env["sale.order"].create({"partner_id": cls.partner.id})
        cls.env.flush_all()

    def _counts(self):
        """Return the number of rows of each table that is not ours."""
        tables = self.env.execute_query(
            SQL(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace ="
                " current_schema::regnamespace AND NOT relname = ANY(%s)",
                list(self.ours),
            )
        )
        counts = SQL(" UNION ALL ").join(
            SQL("SELECT %s, COUNT(*) FROM %s", name, SQL.identifier(name))
            for (name,) in tables
        )
        return dict(self.env.execute_query(counts))

    def _hold(self):
        """Let fields made in Settings point to our records."""
        self.env.cr.execute(CUSTOM)
        self.env.cr.execute(
            "UPDATE sale_order SET x_profile_id = %s,"
            " x_tier_id = (SELECT MIN(id) FROM crm_value_tier),"
            " x_held_id = (SELECT MIN(id) FROM crm_value_snapshot)",
            [self.profile.id],
        )
        for table in ("x_order_profile_rel", "x_note"):
            column = "order_id," if "rel" in table else ""
            order = f"{self.order.id}," if column else ""
            self.env.cr.execute(
                f"INSERT INTO {table} ({column} profile_id)"
                f" VALUES ({order} {self.profile.id})"
            )

    def test_no_row_of_another_table_goes_with_ours(self):
        self._hold()
        before = self._counts()
        uninstall_hook(self.env)
        after = self._counts()
        lost = {name for name, count in before.items() if after[name] != count}
        self.assertLessEqual(
            lost,
            # marks that keep a record from being deleted with the add-on
            {"ir_model_data", "x_order_profile_rel"}
            | {"mail_activity_plan_template"}  # their plans are for customers
            | {self.env[name]._table for name, _field in SETTINGS if name in self.env},
        )
        self.assertTrue(self.order.exists())
        self.env.cr.execute(
            "SELECT FROM sale_order WHERE x_profile_id IS NOT NULL"
            " OR x_tier_id IS NOT NULL OR x_held_id IS NOT NULL"
        )
        self.assertFalse(self.env.cr.rowcount)
        self.assertFalse(self.env["crm.value.profile"].search_count([]))
        self.assertTrue(self.env["crm.value.tier"].search_count([]))

    def test_no_foreign_key_takes_rows_of_other_tables_along(self):
        rows = self.env.execute_query(SQL(LINKS, ours=list(self.ours)))
        self.assertTrue(rows)
        self.assertEqual([name for name, kind in rows if kind == "c"], [])

    def test_favourites_and_exports_of_our_models_go(self):
        mine = {
            "ir.filters": {"name": "Best", "model_id": "crm.value.profile"},
            "ir.exports": {"name": "Best", "resource": "crm.value.profile"},
        }
        others = {
            "ir.filters": {"name": "Late", "model_id": "sale.order"},
            "ir.exports": {"name": "Late", "resource": "sale.order"},
        }
        mine = [self.env[name].create(vals) for name, vals in mine.items()]
        others = [self.env[name].create(vals) for name, vals in others.items()]
        mine[0].active = False
        uninstall_hook(self.env)
        self.assertFalse([record for record in mine if record.exists()])
        self.assertTrue(all(record.exists() for record in others))
