from odoo import api, models
from odoo.tools import SQL

from ... import bulk

INCOMING = "crm_value_incoming"
# PostgreSQL has not heard of a new day yet, and would join it row by row.
ANALYZE = (
    "ANALYZE crm_value_snapshot"
    " (company_id, date, month_end, origin_id, partner_id, run_id)"
)


class CrmValueStore(models.AbstractModel):
    """Writes the result of a scoring in bulk: COPY, then one upsert.

    The incoming rows stand in a temporary table of the transaction. Unknown figures
    arrive as NaN (dates as -infinity, references as 0) and become NULL on the way out.
    """

    _name = "crm.value.store"
    _description = "Customer Value Storage"

    @api.model
    def _columns(self):
        """Return the stored figures as column name → PostgreSQL type on the way in."""
        types = {
            "date": "date",
            "integer": "int4",
            "many2one": "int4",
            "selection": "int4",
        }
        skipped = set(models.MAGIC_COLUMNS) | {"company_id"}
        return {
            field.name: types.get(field.type, "float8")
            for field in self.env["crm.value.figures"]._fields.values()
            if field.store and field.column_type and field.name not in skipped
        }

    @api.model
    def _load(self, figures):
        """Copy ``figures`` (dict of arrays) into the incoming table."""
        bulk.stage(self.env.cr, INCOMING, figures, self._columns())

    @api.model
    def _set_by_hand(self, flow, kind, assignment):
        """Let overrides of a kind that hold on the day replace what is computed.

        :param assignment: SQL that sets columns from ``manual``, the override
        """
        self.env["crm.value.override"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE %(incoming)s incoming
                   SET %(assignment)s
                  FROM (SELECT DISTINCT ON (partner_id) *
                          FROM crm_value_override
                         WHERE company_id = %(company)s
                           AND kind = %(kind)s
                           AND %(within)s
                           AND %(day)s BETWEEN date_from AND date_to
                      ORDER BY partner_id, date_from DESC, id DESC) manual
                 WHERE manual.partner_id = incoming.partner_id
                """,
                incoming=SQL.identifier(INCOMING),
                assignment=assignment,
                company=flow.company.id,
                within=flow.scope.within(SQL("partner_id")),
                kind=kind,
                day=flow.day,
            )
        )

    @api.model
    def _compare(self, flow, steps):
        """Note how the incoming rows differ from the profiles, before these go.

        In ``flow.changes`` the changes that each step watches, as dicts, and in
        ``flow.vanished`` who has no document left: not who was left out for a bad
        figure. Both tables are wide, and read once for all this.
        """
        watched = {step._name: step._change(flow) for step in steps}
        watched = {name: change for name, change in watched.items() if change}
        flow.changes = {step._name: [] for step in steps}
        for partner, gone, *row in self._differences(flow, watched.values()):
            if gone:
                flow.vanished += [] if partner in flow.bad else [partner]
                continue
            held, row = row[: len(watched)], iter(row[len(watched) :])
            for holds, (name, (_c, named)) in zip(held, watched.items(), strict=True):
                change = {column: next(row) for column in named}
                if holds:
                    flow.changes[name].append({"partner_id": partner, **change})

    @api.model
    def _differences(self, flow, watched):
        """Return rows of a customer, whether it is gone, conditions and values."""
        conditions = [condition for condition, _values in watched]
        values = [value for _c, named in watched for value in named.values()]
        gone = SQL("incoming.partner_id IS NULL")
        return self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(incoming.partner_id, profile.partner_id), %(columns)s
                  FROM %(incoming)s incoming
             FULL JOIN (SELECT * FROM crm_value_profile
                         WHERE company_id = %(company)s AND %(within)s) profile
                    ON profile.partner_id = incoming.partner_id
                 WHERE %(any)s
                """,
                columns=SQL(", ").join(
                    [SQL("(%s)", c) for c in (gone, *conditions)] + values
                ),
                incoming=SQL.identifier(INCOMING),
                company=flow.company.id,
                within=flow.scope.within(SQL("partner_id")),
                any=SQL(" OR ").join(SQL("(%s)", c) for c in (gone, *conditions)),
            )
        )

    @api.model
    def _selected(self):
        """Return (column names, their SQL on the way out)."""
        figures = self.env["crm.value.figures"]
        names, values = [], []
        for name, kind in self._columns().items():
            column = SQL("incoming.%s", SQL.identifier(name))
            field = figures._fields[name]
            if field.type == "selection":
                codes = figures._codes(name)
                column = SQL("(%s::varchar[])[%s + 1]", codes, column)
            elif kind == "float8":
                column = SQL("NULLIF(%s, 'NaN')", column)
            elif kind == "date":
                column = SQL("NULLIF(%s, '-infinity')", column)
            elif field.type == "many2one":
                column = SQL("NULLIF(%s, 0)", column)
            names.append(SQL.identifier(name))
            values.append(column)
        return names, values

    @api.model
    def _store_profiles(self, run, day):
        """Upsert the incoming customers into the profiles of the run's company."""
        names, values = self._selected()
        constants = {
            "company_id": run.company_id.id,
            "run_id": run.id,
            "as_of": day,
            "create_uid": self.env.uid,
            "write_uid": self.env.uid,
        }
        names += [SQL.identifier(name) for name in constants]
        values += [SQL("%s", value) for value in constants.values()]
        names.append(SQL.identifier("user_id"))
        values.append(SQL("res_partner.user_id"))
        self.env["res.partner"].flush_model(["user_id"])
        updates = SQL(", ").join(SQL("%s = excluded.%s", name, name) for name in names)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_value_profile (%(names)s, create_date, write_date)
                     SELECT %(values)s,
                            now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                       FROM %(incoming)s incoming
                       JOIN res_partner ON res_partner.id = incoming.partner_id
                ON CONFLICT (company_id, partner_id)
                  DO UPDATE SET %(updates)s, write_date = excluded.write_date
                """,
                names=SQL(", ").join(names),
                values=SQL(", ").join(values),
                incoming=SQL.identifier(INCOMING),
                updates=updates,
            )
        )
        self.env["crm.value.profile"].invalidate_model()

    @api.model
    def _delete_vanished(self, flow):
        """Delete profiles of customers without any document left."""
        if flow.vanished:
            self.env.cr.execute(
                SQL(
                    "DELETE FROM crm_value_profile"
                    " WHERE company_id = %s AND partner_id = ANY(%s)",
                    flow.company.id,
                    flow.vanished,
                )
            )

    @api.model
    def _has_month_end(self, run):
        """Return whether the history knows the run's date already."""
        return self.env["crm.value.snapshot"].search_count(
            [
                ("company_id", "=", run.company_id.id),
                ("date", "=", run.as_of),
                ("month_end", "=", True),
            ],
            limit=1,
        )

    @api.model
    def _store_snapshots(self, run):
        """Insert the incoming customers as snapshots of the run's date.

        They become the month end of the history unless that exists already.
        """
        run._make_room()
        names, values = self._selected()
        constants = {
            "company_id": run.company_id.id,
            "run_id": run.id,
            "date": run.as_of,
            "month_end": run._is_month_end() and not self._has_month_end(run),
            "create_uid": self.env.uid,
            "write_uid": self.env.uid,
        }
        names += [SQL.identifier(name) for name in constants]
        values += [SQL("%s", value) for value in constants.values()]
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_value_snapshot
                            (%(names)s, origin_id, create_date, write_date)
                     SELECT %(values)s, incoming.partner_id,
                            now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                       FROM %(incoming)s incoming
                       JOIN res_partner ON res_partner.id = incoming.partner_id
                      WHERE incoming.purchase_count > 0
                """,
                names=SQL(", ").join(names),
                values=SQL(", ").join(values),
                incoming=SQL.identifier(INCOMING),
            )
        )
        self.env.cr.execute(SQL(ANALYZE))
        self.env["crm.value.snapshot"].invalidate_model()
