import logging

from odoo import models

_logger = logging.getLogger(__name__)


class CrmValueRun(models.Model):
    """What is missing in the records is measured once the figures are there."""

    _inherit = "crm.value.run"

    def _follow_up(self):
        """Measure; what goes wrong is logged, as the figures are good without it."""
        result = super()._follow_up()
        if self.state == "done" and not self.is_past:
            try:
                self.env["crm.value.quality"]._check(self.company_id, self)
            except Exception:
                self.env.cr.rollback()
                self.env.invalidate_all()
                _logger.exception("Data quality of run %s was not measured", self.id)
        return result
