from odoo import api, fields, models
from odoo.exceptions import ValidationError

WEIGHTS = [
    ("equal", "Equal"),
    ("ahp", "Compared in Pairs (AHP)"),
    ("pls", "Estimated From Answers (PLS)"),
]


class CrmValueIndex(models.Model):
    """The structure of a satisfaction index: its constructs and what acts on what.

    An index is data: the published ones are presets, and own ones work the same.
    """

    _name = "crm.value.index"
    _description = "Satisfaction Index"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Text(translate=True)
    construct_ids = fields.One2many(
        "crm.value.index.construct",
        "index_id",
        string="Constructs",
        copy=True,
        help="Causes before effects.",
    )
    path_ids = fields.One2many(
        "crm.value.index.path", "index_id", string="Paths", copy=True
    )
    target_id = fields.Many2one(
        "crm.value.construct",
        string="Index Of",
        required=True,
        index=True,
        ondelete="restrict",
        help="The construct whose value is the index.",
    )
    weights = fields.Selection(
        WEIGHTS,
        required=True,
        default="pls",
        help="How much each item counts within its construct.",
    )
    scheme = fields.Selection(
        [
            ("centroid", "Centroid"),
            ("factorial", "Factorial"),
            ("path", "Path"),
        ],
        required=True,
        default="centroid",
        help="How constructs that are linked inform each other in the estimation.",
    )
    min_answers = fields.Integer(
        string="Fewest Answers",
        required=True,
        default=50,
        help="With fewer, nothing is estimated and items have equal weights. A common "
        "rule asks for ten times the paths that lead to one construct.",
    )
    survey_ids = fields.One2many("survey.survey", "value_index_id")

    _min_answers = models.Constraint(
        "CHECK (min_answers > 0)", "An index needs at least one answer."
    )

    @api.constrains("construct_ids", "path_ids", "target_id")
    def _check_structure(self):
        """Causes before effects: an order that all paths follow leaves no cycle."""
        for index in self:
            position = index._positions()
            if position and index.target_id not in position:
                raise ValidationError(
                    self.env._(
                        "“%(target)s” is what the index %(index)s tells, so it must "
                        "be among its constructs.",
                        target=index.target_id.name,
                        index=index.name,
                    )
                )
            for path in index.path_ids:
                path._check_order(position)

    def copy_data(self, default=None):
        """Tell the copy by its name."""
        return [
            dict(vals, name=self.env._("%(name)s (copy)", name=index.name))
            for index, vals in zip(self, super().copy_data(default), strict=True)
        ]

    def _structure(self):
        """Return (constructs in causal order, pairs of cause and effect)."""
        self.ensure_one()
        pairs = [(path.cause_id, path.effect_id) for path in self.path_ids]
        return self._ordered(), pairs

    def _ordered(self):
        return self.construct_ids.sorted().construct_id

    def _positions(self):
        """Return {construct: its place in the causal order}."""
        self.ensure_one()
        return {construct: at for at, construct in enumerate(self._ordered())}
