from odoo import api, models
from odoo.tools import SQL

from ... import bulk
from ...const import CODES

STAGE = "crm_value_incoming"


class CrmValueStore(models.AbstractModel):
    """Writes the result of a scoring in bulk: COPY to a stage, then one upsert.

    The stage is a temporary table of the transaction. Unknown figures arrive as NaN
    (dates as -infinity, references as 0) and become NULL on the way out.
    """

    _name = "crm.value.store"
    _description = "Customer Value Storage"

    @api.model
    def _columns(self):
        """Return the stored figures as column name → PostgreSQL type of the stage."""
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
    def _stage(self, run, day, figures):
        """Copy ``figures`` (dict of arrays) into the stage, but what is set by hand."""
        cr = self.env.cr
        bulk.stage(cr, STAGE, figures, self._columns())
        cr.execute(SQL("ANALYZE %s (partner_id)", SQL.identifier(STAGE)))
        self._apply_overrides(run, day)

    @api.model
    def _apply_overrides(self, run, day):
        """Let what is set by hand for the day replace what is computed."""
        self.env["crm.value.override"].flush_model()
        quadrant = SQL(
            "quadrant = array_position(%s::varchar[], manual.quadrant) - 1",
            CODES["quadrant"],
        )
        stage = SQL("stage_id = manual.stage_id, stage_since = manual.date_from")
        for kind, assignment in (("quadrant", quadrant), ("stage", stage)):
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE %(stage)s stage
                       SET %(assignment)s
                      FROM (SELECT DISTINCT ON (partner_id)
                                   partner_id, quadrant, stage_id, date_from
                              FROM crm_value_override
                             WHERE company_id = %(company)s
                               AND kind = %(kind)s
                               AND %(day)s BETWEEN date_from AND date_to
                          ORDER BY partner_id, date_from DESC, id DESC) manual
                     WHERE manual.partner_id = stage.partner_id
                    """,
                    stage=SQL.identifier(STAGE),
                    assignment=assignment,
                    company=run.company_id.id,
                    kind=kind,
                    day=day,
                )
            )

    @api.model
    def _selected(self):
        """Return (column names, their SQL out of the stage)."""
        names, values = [], []
        for name, kind in self._columns().items():
            column = SQL("stage.%s", SQL.identifier(name))
            if name in CODES:
                column = SQL("(%s::varchar[])[%s + 1]", CODES[name], column)
            elif kind == "float8":
                column = SQL("NULLIF(%s, 'NaN')", column)
            elif kind == "date":
                column = SQL("NULLIF(%s, '-infinity')", column)
            elif self.env["crm.value.figures"]._fields[name].type == "many2one":
                column = SQL("NULLIF(%s, 0)", column)
            names.append(SQL.identifier(name))
            values.append(column)
        return names, values

    @api.model
    def _store_profiles(self, run, day):
        """Upsert the staged customers into the profiles of the run's company."""
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
        updates = SQL(", ").join(SQL("%s = excluded.%s", name, name) for name in names)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_value_profile (%(names)s, create_date, write_date)
                     SELECT %(values)s,
                            now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                       FROM %(stage)s stage
                       JOIN res_partner ON res_partner.id = stage.partner_id
                ON CONFLICT (company_id, partner_id)
                  DO UPDATE SET %(updates)s, write_date = excluded.write_date
                """,
                names=SQL(", ").join(names),
                values=SQL(", ").join(values),
                stage=SQL.identifier(STAGE),
                updates=updates,
            )
        )
        self.env["crm.value.profile"].invalidate_model()

    @api.model
    def _delete_vanished(self, run, kept_ids, partner_ids=None):
        """Delete profiles of customers without any document left.

        :param kept_ids: customers that stay although they are not staged
        :param partner_ids: only look at these customers, None: at all
        """
        within = (
            SQL("TRUE")
            if partner_ids is None
            else SQL("profile.partner_id = ANY(%s)", list(partner_ids))
        )
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM crm_value_profile profile
                      WHERE profile.company_id = %(company)s
                        AND %(within)s
                        AND profile.partner_id <> ALL(%(kept)s)
                        AND NOT EXISTS (SELECT FROM %(stage)s stage
                                         WHERE stage.partner_id = profile.partner_id)
                """,
                company=run.company_id.id,
                within=within,
                kept=list(kept_ids),
                stage=SQL.identifier(STAGE),
            )
        )

    @api.model
    def _store_snapshots(self, run):
        """Insert the staged customers as snapshots of the run's date.

        They become the month end of the history unless that exists already.
        """
        names, values = self._selected()
        month_end = run._is_month_end() and not self.env[
            "crm.value.snapshot"
        ].search_count(
            [
                ("company_id", "=", run.company_id.id),
                ("date", "=", run.as_of),
                ("month_end", "=", True),
            ],
            limit=1,
        )
        constants = {
            "company_id": run.company_id.id,
            "run_id": run.id,
            "date": run.as_of,
            "month_end": month_end,
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
                     SELECT %(values)s, stage.partner_id,
                            now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                       FROM %(stage)s stage
                       JOIN res_partner ON res_partner.id = stage.partner_id
                      WHERE stage.purchase_count > 0
                """,
                names=SQL(", ").join(names),
                values=SQL(", ").join(values),
                stage=SQL.identifier(STAGE),
            )
        )
        self.env["crm.value.snapshot"].invalidate_model()

    @api.model
    def _stage_changes(self, run):
        """Return the lifecycle stages that the stage table changes, with figures."""
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT profile.partner_id, profile.as_of,
                       profile.stage_id AS stage_from_id,
                       stage.stage_id AS stage_to_id,
                       stage.purchase_count,
                       NULLIF(stage.recency_days, 'NaN') AS recency_days,
                       NULLIF(stage.overdue, 'NaN') AS overdue,
                       NULLIF(stage.window_trend, 'NaN') AS window_trend
                  FROM crm_value_profile profile
                  JOIN %(stage)s stage ON stage.partner_id = profile.partner_id
                 WHERE profile.company_id = %(company)s
                   AND profile.stage_id IS NOT NULL AND stage.stage_id > 0
                   AND profile.stage_id <> stage.stage_id
                """,
                stage=SQL.identifier(STAGE),
                company=run.company_id.id,
            )
        )

    @api.model
    def _quadrant_changes(self, run):
        """Return the quadrants that the stage changes, with both scores as evidence."""
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT profile.partner_id, profile.quadrant AS quadrant_from,
                       fresh.quadrant AS quadrant_to,
                       NULLIF(stage.current_value_score, 'NaN') AS current,
                       NULLIF(stage.potential_value_score, 'NaN') AS potential
                  FROM crm_value_profile profile
                  JOIN %(stage)s stage ON stage.partner_id = profile.partner_id
            CROSS JOIN LATERAL (
                       SELECT (%(codes)s::varchar[])[stage.quadrant + 1] AS quadrant
                       ) fresh
                 WHERE profile.company_id = %(company)s
                   AND profile.quadrant IS NOT NULL
                   AND profile.quadrant IS DISTINCT FROM fresh.quadrant
                """,
                stage=SQL.identifier(STAGE),
                codes=CODES["quadrant"],
                company=run.company_id.id,
            )
        )
