from odoo import api, fields, models
from odoo.exceptions import UserError

from .const import STAGES


class CrmValueStage(models.Model):
    """A stage in the life of a customer with the company.

    What a stage is called and asks for may be edited; when a customer is in it follows
    from the purchases and the limits of the policy.
    """

    _name = "crm.value.stage"
    _inherit = ["crm.value.shared"]
    _description = "Lifecycle Stage"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Selection(
        STAGES,
        string="Identified as",
        required=True,
        readonly=True,
        help="The rules of the policy that lead to this stage.",
    )
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    fold = fields.Boolean(string="Folded in Kanban")
    matters = fields.Boolean(
        string="Note on the Contact",
        help="When a customer reaches this stage, a note on the contact informs its "
        "followers.",
    )
    description = fields.Text(translate=True)
    expected_volume = fields.Char(translate=True)
    expected_price = fields.Char(translate=True)
    expected_cost = fields.Char(translate=True)
    expected_profit = fields.Char(translate=True)

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "Each rule can identify only one stage."
    )

    @api.model
    def _ids_by_position(self):
        """Return the id of each of the analytics' stages, in their order."""
        # A handful of stages, all of them wanted.
        stages = self.search([])  # pylint: disable=no-search-all
        found = {stage.code: stage.id for stage in stages}
        return [found.get(code, 0) for code, _label in STAGES]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_identified(self):
        raise UserError(
            self.env._(
                "The rules assign customers to the stage %(stage)s. You can rename or "
                "fold it, but not delete it.",
                stage=self[:1].name,
            )
        )
