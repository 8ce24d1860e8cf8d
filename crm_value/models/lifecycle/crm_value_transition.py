from odoo import api, fields, models


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

    def _say_stage(self, figures):
        share = figures.get("window_trend")
        return self.env._(
            "%(purchases)s purchases; none for %(days)s days, %(overdue)s times the "
            "purchase cycle (limits %(decline_gap)s and %(lost_gap)s); revenue "
            "%(trend)s %% against the year before",
            purchases=figures.get("purchase_count") or 0,
            days=self._say_figure(figures.get("recency_days"), 0),
            overdue=self._say_figure(figures.get("overdue")),
            decline_gap=self._say_figure(figures.get("decline_gap")),
            lost_gap=self._say_figure(figures.get("lost_gap")),
            trend=self._say_figure(None if share is None else 100 * share, 0),
        )

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
