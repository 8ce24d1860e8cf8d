from odoo import fields, models

from ...const import QUADRANTS, TRANSITIONS

# Where a change of each kind led from and to.
ENDS = {
    "quadrant": ("quadrant_from", "quadrant_to"),
    "stage": ("stage_from_id", "stage_to_id"),
    "tier": ("tier_from_id", "tier_to_id"),
}


class CrmValueTransition(models.Model):
    """One change of a customer's standing, with the figures that made it."""

    _name = "crm.value.transition"
    _description = "Customer Value Transition"
    _order = "date DESC, id DESC"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    kind = fields.Selection(TRANSITIONS, required=True)
    quadrant_from = fields.Selection(QUADRANTS, string="From")
    quadrant_to = fields.Selection(QUADRANTS, string="To")
    stage_from_id = fields.Many2one(
        "crm.value.stage", string="From Stage", ondelete="restrict"
    )
    stage_to_id = fields.Many2one(
        "crm.value.stage", string="To Stage", ondelete="restrict"
    )
    tier_from_id = fields.Many2one(
        "crm.value.tier", string="From Tier", ondelete="restrict"
    )
    tier_to_id = fields.Many2one(
        "crm.value.tier", string="To Tier", ondelete="restrict"
    )
    date = fields.Date(required=True)
    run_id = fields.Many2one("crm.value.run", ondelete="set null")
    user_id = fields.Many2one(
        "res.users", string="By", help="Empty if the figures made the change."
    )
    evidence = fields.Json(help="Scores and limits that made the change.")
    evidence_text = fields.Char(string="Because", compute="_compute_evidence_text")
    origin_id = fields.Integer(string="Customer ID at the Time", required=True)

    _once = models.UniqueIndex("(company_id, origin_id, kind, date)")

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

    def _say_stage(self, figures):
        share = figures.get("window_trend")
        return self.env._(
            "%(purchases)s purchases; silent for %(days)s days, %(overdue)s times the "
            "own rhythm (limits %(decline_gap)s and %(lost_gap)s); revenue "
            "%(trend)s %% against the year before",
            purchases=figures.get("purchase_count") or 0,
            days=self._say_figure(figures.get("recency_days"), 0),
            overdue=self._say_figure(figures.get("overdue")),
            decline_gap=self._say_figure(figures.get("decline_gap")),
            lost_gap=self._say_figure(figures.get("lost_gap")),
            trend=self._say_figure(None if share is None else 100 * share, 0),
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

    def _amend(self, change):
        """Let a second change of the same day replace where the first one led."""
        begin, end = ENDS[self.kind]
        where = self[begin] if self.kind == "quadrant" else self[begin].id
        if (where or False) == (change[end] or False):
            self.unlink()
        else:
            self.write({key: change[key] for key in (end, "evidence", "user_id")})

    def _take_effect(self):
        """Do what a change of stage asks for, once: here, tell it where it matters."""
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
