from odoo import fields, models


class CrmValueRun(models.Model):
    """The month end whose customers a run values again."""

    _inherit = "crm.value.run"

    restated_at = fields.Date(
        string="Valued Again as of",
        readonly=True,
        help="The month end before: its customers are valued again by this run's model "
        "and policy, so that the statement of customer equity can tell what these "
        "alone have changed.",
    )
    release = fields.Char(
        string="Version of the Add-on",
        readonly=True,
        help="The version that computed the figures: another one may value the same "
        "customers differently.",
    )

    def _computes_like(self, other):
        """Return whether both runs were made by the same version of the add-on."""
        return super()._computes_like(other) and self.release == other.release
