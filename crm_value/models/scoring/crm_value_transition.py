from odoo import api, fields, models

from .const import QUADRANTS


class CrmValueTransition(models.Model):
    """Change of a customer's quadrant, stage or tier, with the figures behind it."""

    _name = "crm.value.transition"
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
