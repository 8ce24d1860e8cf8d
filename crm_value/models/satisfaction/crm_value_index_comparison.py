from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..policy.crm_value_policy_comparison import RATIOS


class CrmValueIndexComparison(models.Model):
    """How much more one question counts than another of its construct (Saaty 1980)."""

    _name = "crm.value.index.comparison"
    _description = "Pairwise Comparison of Items"
    _order = "index_id, id"

    index_id = fields.Many2one(
        "crm.value.index", required=True, index=True, ondelete="cascade"
    )
    first = fields.Char(string="This Item", required=True, help="Its item code.")
    second = fields.Char(string="Against", required=True, help="Its item code.")
    ratio = fields.Selection(RATIOS, string="Is", required=True, default="1")

    _once = models.Constraint(
        "UNIQUE (index_id, first, second)", "A pair is compared once."
    )

    @api.constrains("index_id", "first", "second")
    def _check_pair(self):
        for index, pairs in self.grouped("index_id").items():
            known = {(p.first, p.second) for p in index.comparison_ids}
            for pair in pairs:
                if pair.first == pair.second or (pair.second, pair.first) in known:
                    raise ValidationError(
                        self.env._(
                            "Compare two different items, once, in one of the two "
                            "orders."
                        )
                    )
