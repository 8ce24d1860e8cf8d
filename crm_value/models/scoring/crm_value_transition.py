from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, date_utils

from .const import QUADRANTS


class CrmValueTransition(models.Model):
    """Change of a customer's quadrant, stage or tier, with the figures behind it."""

    _name = "crm.value.transition"
    _inherit = ["crm.value.parted"]
    _description = "Customer Value Change"
    _is_result = True
    _order = "date DESC, id DESC"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    kind = fields.Selection([("quadrant", "Quadrant")], required=True)
    quadrant_from = fields.Selection(QUADRANTS, string="From")
    quadrant_to = fields.Selection(QUADRANTS, string="To")
    date = fields.Date(required=True)
    run_id = fields.Many2one("crm.value.run", ondelete="set null")
    user_id = fields.Many2one(
        "res.users", string="By", help="Empty if the change was computed."
    )
    evidence = fields.Json(help="Scores and limits behind the change.")
    evidence_text = fields.Char(string="Based on", compute="_compute_evidence_text")
    origin_id = fields.Integer(
        aggregator=None, string="Customer ID at the Time", required=True
    )
    is_history = fields.Boolean(
        string="From the History",
        readonly=True,
        help="Found in purchases that were there before the first scoring. Nobody was "
        "told of it.",
    )

    _once = models.UniqueIndex("(company_id, origin_id, kind, date)")
    _latest_idx = models.Index("(company_id, date DESC, id DESC)")

    @api.depends_context("lang")
    def _compute_evidence_text(self):
        for transition in self:
            figures = transition.evidence or {}
            if transition.user_id:
                transition.evidence_text = figures.get("reason")
            else:
                say = getattr(transition, f"_say_{transition.kind}")
                transition.evidence_text = say(figures)

    def _say_quadrant(self, figures):
        names = ("current", "current_cut", "potential", "potential_cut")
        return self.env._(
            "current value %(current)s (limit %(current_cut)s), "
            "potential value %(potential)s (limit %(potential_cut)s)",
            **{name: self._say_figure(figures.get(name)) for name in names},
        )

    def _say_figure(self, figure, digits=1):
        return "–" if figure is None else f"{figure:.{digits}f}"

    def _log(self, run, kind, changes):
        """Record each change once per customer and day; return the new records.

        :param changes: dicts of partner_id, date, where it led from and to, evidence,
            user_id
        """
        logged = self.search(
            [
                ("company_id", "=", run.company_id.id),
                ("kind", "=", kind),
                ("date", "in", list({change["date"] for change in changes})),
                ("origin_id", "in", [change["partner_id"] for change in changes]),
            ]
        ).grouped(lambda known: (known.origin_id, known.date))
        common = {"company_id": run.company_id.id, "kind": kind, "run_id": run.id}
        fresh = [
            {**change, **common, "origin_id": change["partner_id"]}
            for change in changes
            if (change["partner_id"], change["date"]) not in logged
        ]
        for change in changes:
            if earlier := logged.get((change["partner_id"], change["date"])):
                earlier._amend(change)
        return self.create(fresh)

    @api.model
    def _ends(self):
        """Return the fields where a change of each kind led from and to."""
        return {"quadrant": ("quadrant_from", "quadrant_to")}

    def _amend(self, change):
        """Let a second change of the same day replace where the first one led."""
        begin, end = self._ends()[self.kind]
        where = self[begin] if self.kind == "quadrant" else self[begin].id
        if (where or False) == (change[end] or False):
            self.unlink()
        else:
            self.write({key: change[key] for key in (end, "evidence", "user_id")})

    def _take_effect(self):
        """Do what the changes ask for, once they are logged."""

    # --- the months before the first scoring ---

    @api.model
    def _log_month_ends(self, run):
        """Log who changed quadrant from one month end of the backfill to the next.

        Later changes have been logged on their day. The history is filled backwards or
        from a gap, so that the month before and the one after may be there already.
        """
        first = self.env["crm.value.run"]._first(run.company_id)
        if not first or not run._is_month_end() or run.as_of > first.as_of:
            return
        before = date_utils.start_of(run.as_of, "month") - timedelta(days=1)
        after = self._month_after(run)
        self._log_between(run, before, run.as_of)
        self._log_between(run, run.as_of, min(after, first.as_of))

    @api.model
    def _month_after(self, run):
        return date_utils.end_of(run.as_of + timedelta(days=1), "month")

    @api.model
    def _forget_month_end(self, run):
        """Forget what the history changed to and from a month end that is made anew.

        The change that came with the first scoring stays: its figures are gone.
        """
        first = self.env["crm.value.run"]._first(run.company_id)
        days = {run.as_of, self._month_after(run)}
        self.search(
            [
                ("company_id", "=", run.company_id.id),
                ("is_history", "=", True),
                ("date", "in", [day for day in days if day < first.as_of]),
            ]
        ).unlink()

    @api.model
    def _log_between(self, run, before, after):
        """Log the changes of quadrant between two days of the history.

        The second one may be that of the first scoring, which the profiles hold.
        """
        self.env["crm.value.profile"].flush_model()
        self.env.cr.execute(
            SQL(
                BETWEEN,
                company=run.company_id.id,
                before=before,
                after=after,
                uid=self.env.uid,
            )
        )
        self.invalidate_model()


BETWEEN = """
    INSERT INTO crm_value_transition
           (partner_id, origin_id, company_id, kind, quadrant_from, quadrant_to,
            date, run_id, evidence, is_history,
            create_uid, write_uid, create_date, write_date)
    SELECT former.partner_id, former.partner_id, %(company)s, 'quadrant',
           former.quadrant, later.quadrant, %(after)s, later.run_id,
           jsonb_build_object(
               'current', later.current_value_score,
               'potential', later.potential_value_score,
               'current_cut', run.cuts -> 'quadrant' -> 0,
               'potential_cut', run.cuts -> 'quadrant' -> 1),
           TRUE, %(uid)s, %(uid)s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
      FROM crm_value_snapshot former
      JOIN (SELECT partner_id, quadrant, run_id, current_value_score,
                   potential_value_score
              FROM crm_value_snapshot
             WHERE company_id = %(company)s AND date = %(after)s AND month_end
             UNION ALL
            SELECT partner_id, quadrant, run_id, current_value_score,
                   potential_value_score
              FROM crm_value_profile
             WHERE company_id = %(company)s AND as_of = %(after)s
               AND NOT EXISTS (
                   SELECT FROM crm_value_snapshot
                    WHERE company_id = %(company)s AND date = %(after)s AND month_end)
           ) later ON later.partner_id = former.partner_id
 LEFT JOIN crm_value_run run ON run.id = later.run_id
     WHERE former.company_id = %(company)s AND former.date = %(before)s
       AND former.month_end
       AND former.quadrant <> later.quadrant
ON CONFLICT (company_id, origin_id, kind, date) DO NOTHING
"""
