from odoo import api, fields, models
from odoo.exceptions import ValidationError

WEIGHTS = [
    ("equal", "Equal"),
    ("ahp", "Pairwise Comparison (AHP)"),
    ("pls", "Estimated from Responses (PLS)"),
]


class CrmValueIndex(models.Model):
    """A satisfaction index: its constructs and the causal paths between them.

    An index is data: the published ones are presets, and own ones work the same.
    """

    _name = "crm.value.index"
    _inherit = ["crm.value.shared"]
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
        help="Causes come before effects.",
    )
    path_ids = fields.One2many(
        "crm.value.index.path", "index_id", string="Paths", copy=True
    )
    target_id = fields.Many2one(
        "crm.value.construct",
        string="Target Construct",
        required=True,
        index=True,
        ondelete="restrict",
        help="The construct whose score is the index.",
    )
    weights = fields.Selection(
        WEIGHTS,
        required=True,
        default="pls",
        help="How items are weighted within their construct.",
    )
    scheme = fields.Selection(
        [
            ("centroid", "Centroid"),
            ("factorial", "Factorial"),
            ("path", "Path"),
        ],
        required=True,
        default="centroid",
        help="Inner weighting scheme: how linked constructs inform each other in "
        "the estimation.",
    )
    min_answers = fields.Integer(
        string="Minimum Responses",
        required=True,
        default=50,
        help="With fewer responses, nothing is estimated and items are weighted "
        "equally. Rule of thumb: ten times the largest number of paths leading"
        " to one construct.",
    )
    survey_ids = fields.One2many("survey.survey", "value_index_id")

    _min_answers = models.Constraint(
        "CHECK (min_answers > 0)",
        "The minimum number of responses must be at least one.",
    )

    @api.constrains("construct_ids", "path_ids", "target_id")
    def _check_structure(self):
        """Causes before effects: an order that all paths follow leaves no cycle."""
        for index in self:
            position = index._positions()
            if position and index.target_id not in position:
                raise ValidationError(
                    self.env._(
                        "“%(target)s” is the target of index %(index)s, so it must "
                        "be among its constructs.",
                        target=index.target_id.name,
                        index=index.name,
                    )
                )
            for path in index.path_ids:
                path._check_order(position)

    def write(self, vals):
        """With another target, other questions are the index."""
        if "target_id" in vals:
            self.env["crm.value.response.sum"]._forget(surveys=self.survey_ids)
        return super().write(vals)

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


class CrmValueIndexConstruct(models.Model):
    """A construct's place in the causal order of an index."""

    _name = "crm.value.index.construct"
    _inherit = ["crm.value.shared"]
    _description = "Construct of an Index"
    _order = "sequence, id"
    _rec_name = "construct_id"

    index_id = fields.Many2one(
        "crm.value.index", required=True, index=True, ondelete="cascade"
    )
    construct_id = fields.Many2one(
        "crm.value.construct", required=True, index=True, ondelete="restrict"
    )
    sequence = fields.Integer(default=10)

    _construct_uniq = models.Constraint(
        "UNIQUE (index_id, construct_id)",
        "An index can contain each construct only once.",
    )


class CrmValueIndexPath(models.Model):
    """A causal path between two constructs of an index."""

    _name = "crm.value.index.path"
    _inherit = ["crm.value.shared"]
    _description = "Path of an Index"
    _order = "index_id, id"

    index_id = fields.Many2one(
        "crm.value.index", required=True, index=True, ondelete="cascade"
    )
    cause_id = fields.Many2one(
        "crm.value.construct", required=True, index=True, ondelete="restrict"
    )
    effect_id = fields.Many2one(
        "crm.value.construct", required=True, index=True, ondelete="restrict"
    )

    _path_uniq = models.Constraint(
        "UNIQUE (index_id, cause_id, effect_id)",
        "An index can contain each path only once.",
    )

    @api.depends("cause_id.name", "effect_id.name")
    def _compute_display_name(self):
        for path in self:
            path.display_name = f"{path.cause_id.name} → {path.effect_id.name}"

    @api.constrains("cause_id", "effect_id")
    def _check_place(self):
        for path in self:
            path._check_order(path.index_id._positions())

    def _check_order(self, position):
        """Raise unless both ends have a position, the cause the earlier one."""
        self.ensure_one()
        missing = (self.cause_id | self.effect_id).filtered(
            lambda construct: construct not in position
        )
        if missing:
            raise ValidationError(
                self.env._(
                    "Path %(path)s requires %(construct)s, which is not among the "
                    "constructs of %(index)s. Add it there first.",
                    path=self.display_name,
                    construct=missing[0].name,
                    index=self.index_id.name,
                )
            )
        if position[self.cause_id] >= position[self.effect_id]:
            raise ValidationError(
                self.env._(
                    "In %(path)s, the cause is listed below its effect. Drag the "
                    "cause up, or reverse the path.",
                    path=self.display_name,
                )
            )
