from odoo import models


class CrmValueRun(models.Model):
    """A scoring that finds new customers starts their playbook."""

    _inherit = "crm.value.run"

    def _decide(self, day, changes, bad, cuts, moves):
        """Welcome those of whom nothing was known before their first purchase."""
        result = super()._decide(day, changes, bad, cuts, moves)
        if not self.is_past:
            self.env["crm.value.playbook.start"]._begin_newcomers(self.company_id, day)
        return result
