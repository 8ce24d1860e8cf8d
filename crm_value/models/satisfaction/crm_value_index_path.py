from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmValueIndexPath(models.Model):
    """One construct acts on another."""

    _name = "crm.value.index.path"
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
        "UNIQUE (index_id, cause_id, effect_id)", "An index has each path once."
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
                    "The path %(path)s needs %(construct)s, which is not among the "
                    "constructs of %(index)s. Add it there first.",
                    path=self.display_name,
                    construct=missing[0].name,
                    index=self.index_id.name,
                )
            )
        if position[self.cause_id] >= position[self.effect_id]:
            raise ValidationError(
                self.env._(
                    "In %(path)s, the cause stands below its effect. A cause comes "
                    "before what it acts on: drag it up, or turn the path around.",
                    path=self.display_name,
                )
            )
