from odoo import fields, models

from ..const import QUADRANTS


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
    kind = fields.Selection([("quadrant", "Quadrant")], required=True)
    quadrant_from = fields.Selection(QUADRANTS, string="From")
    quadrant_to = fields.Selection(QUADRANTS, string="To")
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
                continue
            transition.evidence_text = self.env._(
                "current value %(current)s (limit %(current_cut)s), "
                "potential value %(potential)s (limit %(potential_cut)s)",
                **{
                    name: f"{figures[name]:.1f}"
                    if figures.get(name) is not None
                    else "–"
                    for name in ("current", "current_cut", "potential", "potential_cut")
                },
            )

    def _log_quadrants(self, run, day, changes):
        """Record each change once per customer and day.

        :param changes: dicts of partner_id, quadrant_from, quadrant_to, evidence,
            user_id
        """
        today = self.search(
            [
                ("company_id", "=", run.company_id.id),
                ("kind", "=", "quadrant"),
                ("date", "=", day),
                ("origin_id", "in", [change["partner_id"] for change in changes]),
            ]
        ).grouped("origin_id")
        self.create(
            [
                {
                    **change,
                    "company_id": run.company_id.id,
                    "kind": "quadrant",
                    "date": day,
                    "run_id": run.id,
                    "origin_id": change["partner_id"],
                }
                for change in changes
                if change["partner_id"] not in today
            ]
        )
        for change in changes:
            if earlier := today.get(change["partner_id"]):
                earlier._amend(change)

    def _amend(self, change):
        """Let a second change of the same day replace where the first one led."""
        if self.quadrant_from == change["quadrant_to"]:
            self.unlink()
        else:
            self.write(
                {key: change[key] for key in ("quadrant_to", "evidence", "user_id")}
            )
