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
        cr = self.env.cr
        bulk.stage(cr, INCOMING, figures, self._columns())
        cr.execute(SQL("ANALYZE %s (partner_id)", SQL.identifier(INCOMING)))

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
    def _changes(self, flow, steps):
        """Return how the incoming rows differ from the profiles, before these go.

        :return: {step name: the changes it watches, as dicts}; both tables are wide,
            and read once for all steps
        """
        watched = {step._name: step._change(flow) for step in steps}
        found = {name: [] for name in watched}
        watched = {name: change for name, change in watched.items() if change}
        if not watched:
            return found
        conditions = [condition for condition, _values in watched.values()]
        values = [value for _c, named in watched.values() for value in named.values()]
        query = SQL(
            """
            SELECT incoming.partner_id, %(columns)s
              FROM %(incoming)s incoming
         LEFT JOIN crm_value_profile profile
                ON profile.partner_id = incoming.partner_id
               AND profile.company_id = %(company)s
             WHERE %(any)s
            """,
            columns=SQL(", ").join([SQL("(%s)", c) for c in conditions] + values),
            incoming=SQL.identifier(INCOMING),
            company=flow.company.id,
            any=SQL(" OR ").join(SQL("(%s)", c) for c in conditions),
        )
        for partner, *row in self.env.execute_query(query):
            held, row = row[: len(watched)], iter(row[len(watched) :])
            for holds, (name, (_c, named)) in zip(held, watched.items(), strict=True):
                change = {column: next(row) for column in named}
                if holds:
                    found[name].append({"partner_id": partner, **change})
        return found

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
        """Delete profiles of customers without any document left, and say whose.

        Who was left out for a bad figure stays as before.
        """
        gone = self.env.execute_query(
            SQL(
                """
                DELETE FROM crm_value_profile profile
                      WHERE profile.company_id = %(company)s
                        AND %(within)s
                        AND profile.partner_id <> ALL(%(kept)s)
                        AND NOT EXISTS (SELECT FROM %(incoming)s incoming
                                         WHERE incoming.partner_id = profile.partner_id)
                  RETURNING profile.partner_id
                """,
                company=flow.company.id,
                within=flow.scope.within(SQL("profile.partner_id")),
                kept=list(flow.bad),
                incoming=SQL.identifier(INCOMING),
            )
        )
        flow.results["vanished"] = [partner for (partner,) in gone]

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
