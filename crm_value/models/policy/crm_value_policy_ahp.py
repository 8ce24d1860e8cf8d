from odoo import api, models
from odoo.exceptions import UserError

from ...analytics.policy import ahp


class CrmValuePolicy(models.Model):
    """Weights by pairwise comparison."""

    _inherit = "crm.value.policy"

    def _comparison_matrix(self, side):
        """Return (policy lines of the side, reciprocal matrix of their comparisons)."""
        lines = self.line_ids.filtered(lambda line: line.side == side)
        position = {line.indicator_id: at for at, line in enumerate(lines)}
        pairs = [
            (position[pair.first_id], position[pair.second_id], float(pair.ratio))
            for pair in self.comparison_ids
            if pair.first_id in position and pair.second_id in position
        ]
        return lines, ahp.matrix(len(lines), pairs)

    def _compared_sides(self):
        return sorted(set(self.comparison_ids.mapped("side")))

    @api.depends("comparison_ids.ratio", "comparison_ids.first_id", "line_ids.side")
    def _compute_consistency_text(self):
        labels = dict(
            self.env["crm.value.indicator"]
            ._fields["side"]
            ._description_selection(self.env)
        )
        for policy in self:
            ratios = {
                side: ahp.consistency_ratio(policy._comparison_matrix(side)[1])
                for side in policy._compared_sides()
                if side
            }
            policy.consistency_text = " · ".join(
                self.env._(
                    "%(side)s: ratio %(ratio)s",
                    side=labels[side],
                    ratio=f"{ratio:.3f}",
                )
                for side, ratio in ratios.items()
            )

    def action_compare_all(self):
        """Add the pairs that have not been compared yet, as equal."""
        self.check_access("write")
        self._check_draft()
        for side in {line.side for line in self.line_ids}:
            indicators = self.line_ids.filtered(
                lambda p, s=side: p.side == s
            ).indicator_id
            have = {frozenset((c.first_id, c.second_id)) for c in self.comparison_ids}
            self.comparison_ids = [
                (0, 0, {"first_id": first.id, "second_id": second.id})
                for at, first in enumerate(indicators)
                for second in indicators[at + 1 :]
                if frozenset((first, second)) not in have
            ]

    def action_apply_comparisons(self):
        """Set the weights that the comparisons imply; refuse contradictory ones."""
        self.check_access("write")
        self._check_draft()
        if not self.comparison_ids:
            raise UserError(self.env._("Compare the indicators in pairs first."))
        for side in self._compared_sides():
            lines, matrix = self._comparison_matrix(side)
            ratio = ahp.consistency_ratio(matrix)
            if ratio >= ahp.MAX_CONSISTENCY_RATIO:
                raise UserError(
                    self.env._(
                        "The comparisons contradict each other (consistency ratio "
                        "%(ratio)s, the limit is %(limit)s). Look for a pair that does "
                        "not follow from the others: if A matters more than B and B "
                        "more than C, then A matters more than C.",
                        ratio=f"{ratio:.2f}",
                        limit=ahp.MAX_CONSISTENCY_RATIO,
                    )
                )
            for line, weight in zip(lines, ahp.weights(matrix), strict=True):
                line.weight = weight
