from odoo import api, fields, models
from odoo.tools import SQL

from ... import bulk, words

TABLE = "crm_value_passed"
COLUMNS = {"partner": "int4", "day": "date", "before": "int4", "after": "int4"}


class CrmValueTransition(models.Model):
    """Change of stage, with its evidence and a note on the contact."""

    _inherit = "crm.value.transition"

    kind = fields.Selection(
        selection_add=[("stage", "Stage")], ondelete={"stage": "cascade"}
    )
    stage_from_id = fields.Many2one(
        "crm.value.stage", string="From Stage", ondelete="restrict"
    )
    stage_to_id = fields.Many2one(
        "crm.value.stage", string="To Stage", ondelete="restrict"
    )

    @api.model
    def _ends(self):
        return {**super()._ends(), "stage": ("stage_from_id", "stage_to_id")}

    @api.model
    def _with_stage(self, scope):
        """Return the ids of a scope's customers with a logged change of stage."""
        query = SQL(
            "SELECT DISTINCT origin_id AS partner FROM crm_value_transition"
            " WHERE company_id = %s AND kind = 'stage' AND %s",
            scope.company.id,
            scope.within(SQL("origin_id")),
        )
        return bulk.read(self.env.cr, query, {"partner": "int4"})["partner"]

    @api.model
    def _log_stages(self, run, passed):
        """Log the stages that customers passed before they were scored.

        :param passed: arrays, named as in COLUMNS
        """
        if not passed["partner"].size:
            return
        bulk.stage(self.env.cr, TABLE, passed, COLUMNS)
        self.env.cr.execute(
            SQL(PASSED, company=run.company_id.id, run=run.id, uid=self.env.uid)
        )
        self.invalidate_model()

    @api.model
    def _forget_stages(self, flow):
        """Delete the history of customers without any document left."""
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM crm_value_transition moved
                      WHERE moved.company_id = %(company)s AND moved.is_history
                        AND moved.kind = 'stage' AND %(customers)s
                        AND moved.partner_id = ANY(%(gone)s)
                """,
                company=flow.company.id,
                customers=flow.scope.only(SQL("moved.partner_id")),
                gone=flow.vanished,
            )
        )

    def _say_stage(self, figures):
        if self.is_history:
            return self.env._("found in the purchases before the first scoring")
        trend = self._say_share(figures.get("window_trend"))
        if figures.get("return_chance") is not None:
            said = self.env._(
                "%(purchases)s, none for %(days)s; revenue %(trend)s against the year "
                "before",
                purchases=words.purchases(self.env, figures.get("purchase_count") or 0),
                days=self._say_days(figures.get("recency_days")),
                trend=trend,
            )
            return words.clauses(self.env, [*self._say_expected(figures), said])
        return self.env._(
            "%(purchases)s; none for %(days)s, %(overdue)s times the purchase cycle "
            "(limits %(decline_gap)s and %(lost_gap)s); revenue %(trend)s against the "
            "year before",
            purchases=words.purchases(self.env, figures.get("purchase_count") or 0),
            days=self._say_days(figures.get("recency_days")),
            overdue=self._say_figure(figures.get("overdue")),
            decline_gap=self._say_figure(figures.get("decline_gap")),
            lost_gap=self._say_figure(figures.get("lost_gap")),
            trend=trend,
        )

    def _say_expected(self, figures):
        """Return what stages go by: the chance of a purchase, and against the usual."""
        share = {name: self._say_share(figures.get(name)) for name in SHARES}
        said = self.env._(
            "chance of another purchase within a year: %(return_chance)s (lost below "
            "%(lost_below)s)",
            **share,
        )
        if figures.get("pace") is None:
            return [said]
        return [
            said,
            self.env._(
                "expected to buy %(pace)s of what it used to (decline below "
                "%(decline_share)s)",
                **share,
            ),
        ]

    def _say_share(self, share):
        return "–" if share is None else words.percent(self.env, share)

    def _say_days(self, days):
        return "–" if days is None else words.days(self.env, days)

    def _take_effect(self):
        """Tell of the changes, once."""
        result = super()._take_effect()
        telling = self.filtered("stage_to_id.matters")
        telling.partner_id._message_log_batch(
            {
                moved.partner_id.id: self.env._(
                    "%(company)s: %(before)s → %(after)s (%(evidence)s)",
                    company=moved.company_id.name,
                    before=moved.stage_from_id.name,
                    after=moved.stage_to_id.name,
                    evidence=moved.evidence_text,
                )
                for moved in telling
            }
        )
        return result


SHARES = ("return_chance", "lost_below", "pace", "decline_share")
PASSED = """
    INSERT INTO crm_value_transition
           (partner_id, origin_id, company_id, kind, stage_from_id, stage_to_id, date,
            run_id, is_history, create_uid, write_uid, create_date, write_date)
    SELECT passed.partner, passed.partner, %(company)s, 'stage', passed.before,
           passed.after, passed.day, %(run)s, TRUE, %(uid)s, %(uid)s,
           now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
      FROM crm_value_passed passed
      JOIN res_partner partner ON partner.id = passed.partner
ON CONFLICT (company_id, origin_id, kind, date) DO NOTHING
"""
