from odoo import api, models
from odoo.exceptions import UserError

from ...const import OURS


class CrmValueStrategyPart(models.AbstractModel):
    """Part mixin: what belongs to a strategy is as fixed as its version.

    A superseded version is what the company went by then. Nobody changes it, whatever
    way the change comes: a form, a list, an import or a client.
    """

    _name = "crm.value.strategy.part"
    _inherit = ["crm.value.guarded", "crm.value.shared"]
    _shared_unless = "strategy_id.company_id"
    _description = "Part of a Strategy"
    _told = ()  # fields that only the add-on itself fills

    def _strategies(self):
        """Return the strategies that these belong to."""
        return self.strategy_id

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse new parts of a version that is history."""
        parts = super().create([self._own_vals(vals) for vals in vals_list])
        parts._check_not_frozen()
        return parts

    def write(self, vals):
        """Refuse to change a version that is history, and to move parts into one."""
        self._check_not_frozen()
        result = super().write(self._own_vals(vals))
        if not self._is_ours():  # which ends a version by this
            self._check_not_frozen()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._check_not_frozen()

    @api.model
    def _ours(self):
        """Return the model as the add-on itself writes it; no client can ask for it."""
        return self.with_context(value_scorecard=OURS)

    @api.model
    def _is_ours(self):
        return self.env.context.get("value_scorecard") is OURS

    @api.model
    def _own_vals(self, vals):
        """Return the values without those that nobody sets by hand."""
        if self._is_ours():
            return vals
        return {name: value for name, value in vals.items() if name not in self._told}

    def _check_not_frozen(self):
        # Whether a version is history is no secret of another company's.
        frozen = (
            self.sudo()._strategies().filtered(lambda one: one.state == "superseded")
        )
        if frozen:
            raise UserError(
                self.env._(
                    "%(strategy)s is superseded: it stays as it was. Change the version"
                    " that followed.",
                    strategy=frozen[0].display_name,
                )
            )
