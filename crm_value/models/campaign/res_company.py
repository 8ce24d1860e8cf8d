from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .const import YEAR_SHARE


class ResCompany(models.Model):
    """Whether a company does without any promotion for some customers each year."""

    _inherit = "res.company"

    value_holdout = fields.Boolean(
        string="Yearly Control Group",
        groups="base.group_system",
        help="Some customers, drawn by chance for each calendar year, get no campaign "
        "and no mail of a playbook, so that it can be measured what all of it brings.",
    )
    value_holdout_share = fields.Float(
        string="Customers Held Out", default=YEAR_SHARE, groups="base.group_system"
    )

    @api.constrains("value_holdout_share")
    def _check_value_holdout_share(self):
        for company in self.sudo():
            if not 0.01 <= company.value_holdout_share <= 0.1:
                raise ValidationError(
                    self.env._("Hold out 1 to 10% of the customers from all promotion.")
                )

    def write(self, vals):
        """Draw soon after it is switched on; end the year's window when it is off."""
        before = self.sudo().filtered("value_holdout")
        result = super().write(vals)
        if "value_holdout" in vals:
            after = self.sudo().filtered("value_holdout")
            holdouts = self.env["crm.value.holdout"].sudo()
            holdouts._end_year(before - after)
            if after - before:
                holdouts._trigger()
        return result
