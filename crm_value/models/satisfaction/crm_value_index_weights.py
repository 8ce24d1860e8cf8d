import numpy as np

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...analytics.policy import ahp
from ..policy.crm_value_policy_comparison import RATIOS


class CrmValueIndexComparison(models.Model):
    """Pairwise comparison of two questions of a construct (Saaty 1980)."""

    _name = "crm.value.index.comparison"
    _inherit = ["crm.value.shared"]
    _description = "Pairwise Comparison of Items"
    _order = "index_id, id"

    index_id = fields.Many2one(
        "crm.value.index", required=True, index=True, ondelete="cascade"
    )
    first = fields.Char(string="This Item", required=True, help="Its item code.")
    second = fields.Char(string="Against", required=True, help="Its item code.")
    ratio = fields.Selection(RATIOS, string="Is", required=True, default="1")

    _once = models.Constraint(
        "UNIQUE (index_id, first, second)", "A pair can be compared only once."
    )

    @api.constrains("index_id", "first", "second")
    def _check_pair(self):
        for index, pairs in self.grouped("index_id").items():
            known = {(p.first, p.second) for p in index.comparison_ids}
            for pair in pairs:
                if pair.first == pair.second or (pair.second, pair.first) in known:
                    raise ValidationError(
                        self.env._(
                            "Compare two different items, each pair only once and "
                            "in one order."
                        )
                    )


class CrmValueIndex(models.Model):
    """Weights of items by pairwise comparison (AHP)."""

    _inherit = "crm.value.index"

    comparison_ids = fields.One2many(
        "crm.value.index.comparison", "index_id", string="Comparisons", copy=True
    )
    period_months = fields.Integer(
        string="Estimate Every (months)",
        default=3,
        required=True,
        help="Length of the periods that are estimated automatically once they are "
        "over, counted from January. 0: manually only.",
    )

    _period_months = models.Constraint(
        "CHECK (period_months BETWEEN 0 AND 12)",
        "A period can have up to twelve months; 0 turns off automatic estimation.",
    )

    def _item_weights(self, items):
        """Return (weights of items within their construct, None), or (None, why not).

        :param items: [(construct id, item code)]
        """
        weights = np.ones(len(items))
        for construct in {construct for construct, _item in items}:
            rows = [at for at, (of, _item) in enumerate(items) if of == construct]
            place = {items[at][1]: number for number, at in enumerate(rows)}
            compared = [
                (place[pair.first], place[pair.second], float(pair.ratio))
                for pair in self.comparison_ids
                if pair.first in place and pair.second in place
            ]
            table = ahp.matrix(len(rows), compared)
            if self._contradicts(table):
                return None, self.env._(
                    "The comparisons of %(items)s are inconsistent (consistency "
                    "ratio 0.1 or more). Items are weighted equally.",
                    items=", ".join(place),
                )
            weights[rows] = ahp.weights(table)
        return weights, None

    @api.model
    def _contradicts(self, table):
        if len(table) > max(ahp.RANDOM_INDEX):
            return True
        return ahp.consistency_ratio(table) >= ahp.MAX_CONSISTENCY_RATIO
