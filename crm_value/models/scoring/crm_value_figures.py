from odoo import fields, models
from odoo.tools import formatLang

from ...fields import NullableFloat
from .const import PARETO_CLASSES, QUADRANTS


class CrmValueFigures(models.AbstractModel):
    """Scores computed from the facts."""

    _inherit = "crm.value.figures"

    score_margin = NullableFloat(aggregator="avg", string="Margin Score")
    score_volume = NullableFloat(aggregator="avg", string="Volume Score")
    score_service = NullableFloat(aggregator="avg", string="Cost to Serve Score")
    score_loyalty = NullableFloat(aggregator="avg", string="Loyalty Score")
    score_trust = NullableFloat(aggregator="avg", string="Trust Score")
    score_credit = NullableFloat(aggregator="avg", string="Credit Score")
    score_growth = NullableFloat(aggregator="avg", string="Growth Score")
    score_clv = NullableFloat(aggregator="avg", string="Lifetime Value Score")
    score_benefit = NullableFloat(aggregator="avg", string="Benefits Score")
    score_support = NullableFloat(aggregator="avg", string="Support Score")
    # RFM
    rfm_r = fields.Integer(string="R", aggregator="avg", help="Recency, 1–5, 5 best.")
    rfm_f = fields.Integer(string="F", aggregator="avg", help="Frequency, 1–5, 5 best.")
    rfm_m = fields.Integer(
        string="M", aggregator="avg", help="Monetary value, 1–5, 5 best."
    )
    rfm_segment = fields.Many2one(
        "crm.value.rfm.segment", string="RFM Segment", ondelete="set null"
    )
    # Value
    current_value_score = NullableFloat(string="Current Value", aggregator="avg")
    potential_value_score = NullableFloat(string="Potential Value", aggregator="avg")
    value_score = NullableFloat(aggregator="avg")
    received_value_score = NullableFloat(
        string="Delivered Value",
        aggregator="avg",
        help="The value the company delivers to the customer, as far as it is known.",
    )
    quadrant = fields.Selection(
        QUADRANTS, help="A manual quadrant if one is in force, else the computed one."
    )
    quadrant_computed = fields.Selection(QUADRANTS, string="Computed Quadrant")
    pareto_rank = fields.Integer(
        string="Revenue Rank",
        aggregator=None,
        help="Rank by all-time revenue, at the last full run.",
    )
    pareto_class = fields.Selection(
        PARETO_CLASSES,
        help="A: the customers who together make the first 80% of revenue "
        "(the policy sets the share). B: the next 15%. C: the rest.",
    )

    def _say_told(self, name):
        """Return a figure as text, a dash where it is not known."""
        field, figure = self._fields[name], self[name]
        if field.type == "many2one":
            figure = figure.sudo().display_name  # its name is on the profile, too
        elif field.type == "selection":
            labels = dict(field._description_selection(self.env))
            figure = labels.get(figure)
        elif figure is not False:
            figure = formatLang(self.env, figure, digits=1)
        return figure or "–"
