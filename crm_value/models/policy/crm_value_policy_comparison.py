from odoo import api, fields, models
from odoo.exceptions import ValidationError

RATIOS = [
    (str(ratio), label)
    for ratio, label in [
        (9, "9 – far more important"),
        (7, "7"),
        (5, "5 – clearly more important"),
        (3, "3 – somewhat more important"),
        (2, "2"),
        (1, "1 – equally important"),
        (0.5, "1/2"),
        (1 / 3, "1/3 – somewhat less important"),
        (0.2, "1/5 – clearly less important"),
        (1 / 7, "1/7"),
        (1 / 9, "1/9 – far less important"),
    ]
]


class CrmValuePolicyComparison(models.Model):
    """Pairwise comparison of two indicators (AHP, Saaty 1980)."""

    _name = "crm.value.policy.comparison"
    _inherit = ["crm.value.policy.part"]
    _description = "Pairwise Comparison of Indicators"
    _order = "side, id"

    first_id = fields.Many2one(
        "crm.value.indicator",
        string="This Indicator",
        required=True,
        ondelete="cascade",
    )
    second_id = fields.Many2one(
        "crm.value.indicator", string="Against", required=True, ondelete="cascade"
    )
    side = fields.Selection(related="first_id.side", store=True)
    ratio = fields.Selection(RATIOS, string="Importance", required=True, default="1")

    _once = models.Constraint(
        "UNIQUE (policy_id, first_id, second_id)", "A pair can be compared only once."
    )

    @api.constrains("policy_id", "first_id", "second_id")
    def _check_pair(self):
        for pair in self:
            if (
                pair.first_id == pair.second_id
                or pair.first_id.side != pair.second_id.side
            ):
                raise ValidationError(
                    self.env._("Compare two different indicators of the same side.")
                )
            if self.search_count(
                [
                    ("policy_id", "=", pair.policy_id.id),
                    ("first_id", "=", pair.second_id.id),
                    ("second_id", "=", pair.first_id.id),
                ],
                limit=1,
            ):
                raise ValidationError(
                    self.env._("A pair can be compared only once, in either order.")
                )
